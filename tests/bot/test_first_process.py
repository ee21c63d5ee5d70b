"""The program as the first process of its machine, as in a container without an init."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

import bot
from sandbox.world import World
from tests.support.databases.temporary import KEY

ALONE = ("unshare", "--pid", "--fork", "--mount-proc", "--kill-child")
PATIENCE = 60  # real seconds; the imports alone take some


def _may_be_first() -> bool:
    try:
        tried = subprocess.run([*ALONE, "true"], check=False, capture_output=True)  # noqa: S603
    except OSError:
        return False
    return tried.returncode == 0


pytestmark = pytest.mark.skipif(not _may_be_first(), reason="no process namespace to be had")


def children(pid: int) -> list[int]:
    """Return the children of a process, buried or not."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text("ascii", "replace").rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(fields[1]) == pid:
            found.append(int(status.parent.name))
    return found


@pytest.fixture
async def world() -> AsyncGenerator[World]:
    """A pretend Telegram in real time, because the program has its own clock."""
    async with World(seed=1, deadline=PATIENCE) as made:
        yield made


@pytest.mark.timeout(2 * PATIENCE)
async def test_the_first_process_stops_in_order_and_buries_what_is_left_to_it(
    world: World, tmp_path: Path
) -> None:
    """Protects containers without an init: SIGTERM is heard, and no dead process stays."""
    log = tmp_path / "log.txt"
    variables = {
        "PYTHONPATH": str(Path(bot.__file__).parents[1]),
        "PATH": os.environ["PATH"],
        "BOT_TOKEN": world.bot_token,
        "TELEGRAM_API_URL": world.telegram_url,
        "OWNER_IDS": "1",
        "DATA_DIR": str(tmp_path / "data"),
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/data/numberdesk.db",
        "DATA_KEY": KEY.hex(),
    }
    with log.open("wb") as file:
        outer = await asyncio.create_subprocess_exec(
            *(*ALONE, sys.executable, "-m", "bot", "run"),
            cwd=tmp_path,
            env=variables,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    await world.until(lambda: "started" in log.read_text() or None, "it starts")
    (first,) = children(outer.pid)
    (zygote,) = children(first)

    def stand_ready() -> list[int] | None:
        return children(zygote) or None

    forks = await world.until(stand_ready, "processes for reading stand ready")
    os.kill(zygote, signal.SIGKILL)

    def are_buried() -> bool | None:
        return None if {zygote, *forks} & set(children(first)) else True

    await world.until(are_buried, "all that died are buried")
    os.kill(first, signal.SIGTERM)
    assert await outer.wait() == 0
    assert "Traceback" not in log.read_text()
