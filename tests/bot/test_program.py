"""The program as a whole: how it starts, refuses to start, and stops."""

import asyncio
import re
import signal
import sys
from collections.abc import AsyncGenerator, Callable, Generator
from pathlib import Path

import pytest

import bot
from sandbox.http import faults
from sandbox.world import World
from tests.support.databases.temporary import KEY
from tests.support.processes.programs import Program

CONFIG, TROUBLE = 78, 1
DRAIN_SECONDS = 10
Runs = Callable[..., Program]


@pytest.fixture
async def world() -> AsyncGenerator[World]:
    """A pretend Telegram in real time, because the program has its own clock."""
    async with World(seed=1, deadline=20) as made:
        yield made


@pytest.fixture
def variables(world: World, tmp_path: Path) -> dict[str, str]:
    """The environment of a program that can run."""
    return {
        "BOT_TOKEN": world.bot_token,
        "TELEGRAM_API_URL": world.telegram_url,
        "OWNER_IDS": "1",
        "ACCESS": "open",
        "DATA_DIR": str(tmp_path / "data"),
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/data/numberdesk.db",
        "DATA_KEY": KEY.hex(),
        "EKYC_API_URL": world.ekyc.url,
        "EKYC_API_KEY": world.ekyc.api_key,
    }


@pytest.fixture
def runs(world: World, tmp_path: Path, variables: dict[str, str]) -> Generator[Runs]:
    """Start the program with some variables changed; end it after the test."""
    programs: list[Program] = []

    def start(**changed: str) -> Program:
        programs.append(Program(world, tmp_path, "run", **{**variables, **changed}))
        return programs[-1]

    yield start
    for program in programs:
        program.close()


async def by_hand(folder: Path, *words: str, **variables: str) -> tuple[int, str]:
    """Run `python -m bot` as from a shell; return the exit code and the output."""
    home = Path(bot.__file__).parents[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=folder,
        env={"PYTHONPATH": str(home), "COLUMNS": "100", **variables},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


async def test_help_is_there_without_any_setting(tmp_path: Path) -> None:
    """Protects the first contact: help names every command and needs no setting."""
    code, said = await by_hand(tmp_path, "--help")
    assert code == 0
    for command in ("run", "demo", "doctor"):
        assert f" {command} " in said


async def test_missing_settings_are_named_at_once(tmp_path: Path) -> None:
    """Protects the first start: each missing setting is named with its fix, without traceback."""
    code, said = await by_hand(tmp_path, "run", LOG_LEVEL="loud", EKYC_API_KEY="hunter2")
    assert code == CONFIG
    assert "BOT_TOKEN: is missing" in said
    assert "LOG_LEVEL" in said
    assert "Traceback" not in said
    assert "hunter2" not in said


async def test_sigterm_in_the_middle_of_work(world: World, runs: Runs) -> None:
    """Protects every deployment: a stop is in time, and no answer is lost or doubled."""
    program = runs()
    people = [world.person(f"P{number}") for number in range(12)]
    await people[0].sends("/start")
    await people[0].sees("I check lists")
    for person in people:
        for text in ("/help", "/start", "/help"):
            await person.sends(text)
    limits = Path(f"/proc/{program.pid}/limits").read_text("ascii")  # noqa: ASYNC240 # no disk
    assert re.search(r"^Max core file size +0 +0 ", limits, re.MULTILINE)
    program.terminate()
    assert await program.ends(DRAIN_SECONDS) == 0
    assert "Traceback" not in program.said
    runs()

    def all_are_answered() -> bool | None:
        counts = [sum(message.by_bot for message in each.messages) for each in people]
        return True if counts == [4, *[3] * 11] else None

    await world.until(all_are_answered, "everybody has as many answers as questions")
    await people[1].sends("hello")
    await people[1].sees("", after=people[1].messages[-1])
    assert all_are_answered() is None  # one more question, one more answer
    for person in people[2:]:
        assert sum(message.by_bot for message in person.messages) == 3


async def test_sigterm_before_anything_is_built(
    tmp_path: Path, variables: dict[str, str], world: World
) -> None:
    """Protects a container that is stopped in its first seconds: it ends at once, and in order."""
    home = Path(bot.__file__).parents[1]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=tmp_path,
        env={"PYTHONPATH": str(home), **variables},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    status, caught = (
        Path(f"/proc/{process.pid}/status"),
        re.compile(r"^SigCgt:\s*(\w+)$", re.MULTILINE),
    )

    def listens() -> bool | None:
        found = caught.search(status.read_text("ascii"))
        return True if found and int(found[1], 16) & 1 << (signal.SIGTERM - 1) else None

    await world.until(listens, "it handles SIGTERM")
    process.send_signal(signal.SIGTERM)
    said, _ = await process.communicate()
    assert (process.returncode, said) == (0, b"")
    assert not (tmp_path / "data").exists()


async def test_sigterm_while_it_is_being_built(runs: Runs, tmp_path: Path, world: World) -> None:
    """Protects a start that is called off: what was opened is closed, and the exit code is 0."""
    program = runs()
    await world.until(lambda: (tmp_path / "data").exists() or None, "it begins")
    program.terminate()
    assert await program.ends(DRAIN_SECONDS) == 0
    assert "Traceback" not in program.said


async def test_sigterm_while_an_answer_does_not_get_through(world: World, runs: Runs) -> None:
    """Protects a stop during an outage: it ends in time, and the answer comes later, once."""
    program = runs()
    anna = world.person("Anna")
    await program.says("started")
    outage = world.telegram.faults.add("sendMessage", faults.bad_gateway(), times=None)
    await anna.sends("/start")
    await program.says("telegram unreachable")
    program.terminate()
    assert await program.ends(DRAIN_SECONDS) == 0
    outage.off()
    runs()
    await anna.sees("I check lists")
    await anna.sends("/help")
    await anna.sees("", after=anna.messages[-1])
    assert sum("I check lists" in message.shown for message in anna.messages) == 1


async def test_a_second_process_ends_with_a_clear_line(world: World, runs: Runs) -> None:
    """Protects money: two processes on one database would both post; the first one goes on."""
    first = runs()
    await first.says("started")
    second = runs()
    assert await second.ends() == TROUBLE
    assert f"another Numberdesk (process {first.pid}) already works in" in second.said
    assert "Traceback" not in second.said
    anna = world.person("Anna")
    await anna.sends("/start")
    await anna.sees("I check lists")


async def test_a_wrong_token_ends_it(runs: Runs) -> None:
    """Protects the operator from a bot that runs and receives nothing."""
    program = runs(BOT_TOKEN="123456789:" + "x" * 35)
    assert await program.ends() == CONFIG
    assert "Telegram doesn't accept BOT_TOKEN" in program.said
    assert "Traceback" not in program.said


REFUSALS = {
    "a broken catalogue": (
        {"CHECKERS_FILE": "own.toml"},
        ("own.toml", b"[x]\ntitle = 'X'\n"),
        "[x] service",
    ),
    "no database": ({}, ("data/numberdesk.db", b"rubbish" * 999), "no sound SQLite database"),
    "a spoilt key file": ({"DATA_KEY": ""}, ("data/data.key", b"rubbish"), "key file"),
}


@pytest.mark.parametrize("name", REFUSALS)
async def test_what_cannot_work_ends_with_a_clear_line(
    tmp_path: Path, runs: Runs, name: str
) -> None:
    """Protects the operator's time: one line, a telling exit code, and no process left behind."""
    changed, (path, content), words = REFUSALS[name]
    file = tmp_path / path
    await asyncio.to_thread(file.parent.mkdir, exist_ok=True)
    await asyncio.to_thread(file.write_bytes, content)
    program = runs(**changed)
    assert await program.ends() == CONFIG
    assert words in program.said
    assert "Traceback" not in program.said


async def test_a_key_that_fits_no_header_is_named(runs: Runs) -> None:
    """Protects an operator who pasted a shortened key: the error names that setting."""
    program = runs(EKYC_API_KEY="key\N{HORIZONTAL ELLIPSIS}")
    assert await program.ends() == CONFIG
    assert "EKYC_API_KEY" in program.said
