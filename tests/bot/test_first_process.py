"""The program as the first process of its machine, as in a container without an init."""

import asyncio
import os
import re
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
CAUGHT = re.compile(r"^SigCgt:\s*(\w+)$", re.MULTILINE)
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


async def begun(world: World, home: Path) -> tuple[asyncio.subprocess.Process, Path]:
    """Start the program as the first process; return its parent, and its log."""
    log = home / "log.txt"
    variables = {
        "PYTHONPATH": str(Path(bot.__file__).parents[1]),
        "PATH": os.environ["PATH"],
        "BOT_TOKEN": world.bot_token,
        "TELEGRAM_API_URL": world.telegram_url,
        "OWNER_IDS": "1",
        "DATA_DIR": str(home / "data"),
        "DATABASE_URL": f"sqlite+aiosqlite:///{home}/data/numberdesk.db",
        "DATA_KEY": KEY.hex(),
    }
    with log.open("wb") as file:
        outer = await asyncio.create_subprocess_exec(
            *(*ALONE, sys.executable, "-m", "bot", "run"),
            cwd=home,
            env=variables,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    return outer, log


@pytest.mark.timeout(2 * PATIENCE)
@pytest.mark.parametrize("moment", ["it hears", "it is being built"])
async def test_the_first_process_is_stopped_in_its_first_seconds(
    world: World, tmp_path: Path, moment: str
) -> None:
    """Protects containers: the kernel drops a SIGTERM to a first process that doesn't handle it."""
    outer, log = await begun(world, tmp_path)
    first = await world.until(lambda: next(iter(children(outer.pid)), None), "it is there")

    def has_come() -> bool | None:
        if moment == "it is being built":
            return (tmp_path / "data").exists() or None
        found = CAUGHT.search(Path(f"/proc/{first}/status").read_text("ascii"))
        return True if found and int(found[1], 16) & 1 << (signal.SIGTERM - 1) else None

    await world.until(has_come, moment)
    os.kill(first, signal.SIGTERM)
    assert await outer.wait() == 0
    assert "Traceback" not in log.read_text()


@pytest.mark.timeout(2 * PATIENCE)
async def test_the_first_process_stops_in_order_and_buries_what_is_left_to_it(
    world: World, tmp_path: Path
) -> None:
    """Protects containers without an init: SIGTERM is heard, and no dead process stays."""
    outer, log = await begun(world, tmp_path)
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
