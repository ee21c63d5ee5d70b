"""Confined processes: what they are given, what they can't do, and what ends them."""

import asyncio
import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from runtime.confined import folders
from runtime.confined.bounds import NICENESS, Bounds
from runtime.confined.exchange import BrokenWorkError, TooMuchError
from runtime.confined.files import Files, write
from runtime.confined.pool import ConfinedPool, NoProcessError
from tests.support.confined_work import AT_WORK

WORK = "tests.support.confined_work"
MEGABYTE = 1 << 20
BOUNDS = Bounds(memory=256 * MEGABYTE, cpu_seconds=1, file_bytes=4 * MEGABYTE)


@pytest.fixture(scope="module")
def pool() -> Iterator[ConfinedPool]:
    """A pool with small bounds."""
    made = ConfinedPool([WORK], slots=2, bounds=BOUNDS)
    yield made
    made.close()


async def test_files_and_values_go_there_and_back(pool: ConfinedPool) -> None:
    """Also empty ones, and ones that are larger than a socket takes."""
    sent = [b"", b"a list", os.urandom(3 * MEGABYTE)]
    with Files() as files:
        answer = await pool.run(f"{WORK}.echo", [files.of(each) for each in sent], of=1, word="ż")

    assert answer.values == {"word": "ż"}
    assert answer.files == sent


@pytest.mark.parametrize(
    ("into", "met_by"),
    [
        ("a connection", "PermissionError"),
        ("a socket", "PermissionError"),
        ("a process", "PermissionError"),
        ("a program", "PermissionError"),
        ("a signal", "PermissionError"),
        ("passwords", "PermissionError"),
        ("an .env beside the code", "PermissionError"),
        ("the bounds of the bot", "PermissionError"),
        ("memory that stays", "PermissionError"),
        ("a folder of its own making", "PermissionError"),
        ("a file elsewhere", "PermissionError"),
    ],
)
async def test_there_is_no_way_out(pool: ConfinedPool, into: str, met_by: str) -> None:
    """Neither network nor programs nor processes nor other files, where the kernel offers it."""
    assert (await pool.run(f"{WORK}.escape", of=1, into=into)).values == met_by


async def test_there_is_no_way_out_with_many_files_either(pool: ConfinedPool) -> None:
    """Protects from a list of so many parts that no descriptor is left to confine oneself with."""
    with Files() as files:
        sixty = [files.of(b"x") for _ in range(60)]
        answer = await pool.run(f"{WORK}.escape_with", sixty, of=1, into="passwords")
    assert answer.values == "PermissionError"


async def test_who_has_answered_does_not_live_on(pool: ConfinedPool) -> None:
    """Protects memory from processes that stay beyond every clock."""
    before = _confined()
    assert (await pool.run(f"{WORK}.answer_and_stay", of=1)).values is None
    await _until(lambda: not _confined() - before)


async def test_nothing_is_read_where_the_walls_are_refused() -> None:
    """Protects from reading in the open; the operator is told why, and no file is blamed."""
    open_one = ConfinedPool([WORK, "tests.support.unconfined"], slots=1, bounds=BOUNDS)
    try:
        with capture_logs() as logs, pytest.raises(NoProcessError):
            await open_one.run(f"{WORK}.echo", of=1)
    finally:
        open_one.close()
    assert {entry["why"] for entry in logs} == {"no walls here"}


async def test_it_has_no_keys_and_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects keys from what reads strangers' files, and people's chats from its hunger."""
    monkeypatch.setenv("BOT_TOKEN", "1:secret")
    fresh = ConfinedPool([WORK], slots=1, bounds=Bounds())
    try:
        found = (await fresh.run(f"{WORK}.look_around", of=1)).values
    finally:
        fresh.close()

    allowed = {
        "LANG",
        "LC_CTYPE",
        "MALLOC_ARENA_MAX",
        "PATH",
        "POLARS_MAX_THREADS",
        "_RJEM_MALLOC_CONF",
    }
    assert set(found["environment"]) <= allowed | {"PYTHONPATH", "TMPDIR"}
    assert found["nice"] >= NICENESS


@pytest.mark.parametrize(
    ("work", "values", "why"),
    [
        ("grow", {"megabytes": 300}, "out of memory"),
        ("spin", {}, "exit code -"),
        ("fill_folder", {"count": 8, "megabytes": 1}, "its folder has more than"),
        ("answer_at_length", {"megabytes": 3}, "an answer of"),
        ("talk_at_length", {}, "exit code"),
        ("panic", {}, "PanicError in confined_work.py"),
        ("die", {"with_code": 7}, "exit code 7"),
    ],
)
async def test_what_overruns_a_bound_ends_alone(
    pool: ConfinedPool, work: str, values: dict[str, int], why: str
) -> None:
    """Protects the bot from a file that takes too much: the next one is read as ever."""
    with pytest.raises(TooMuchError, match=why):
        await pool.run(f"{WORK}.{work}", of=1, most=2 * MEGABYTE, **values)

    assert (await pool.run(f"{WORK}.echo", of=1, word=1)).values == {"word": 1}


async def test_what_only_waits_ends_too() -> None:
    """Protects a slot from work that uses no processor."""
    hasty = ConfinedPool([WORK], slots=1, bounds=replace(BOUNDS, wall_seconds=0.01))
    try:
        with pytest.raises(TooMuchError, match=r"no end after 0\.01 s"):
            await hasty.run(f"{WORK}.linger", of=1)
    finally:
        hasty.close()


async def test_just_within_the_bounds(pool: ConfinedPool) -> None:
    """Protects honest files of some size."""
    assert (await pool.run(f"{WORK}.grow", of=1, megabytes=100)).values == 100 * MEGABYTE
    answer = await pool.run(f"{WORK}.answer_at_length", of=1, most=4 * MEGABYTE, megabytes=4)
    assert len(answer.files[0]) == 4 * MEGABYTE


async def test_a_fault_of_ours_says_where_and_nothing_else(
    pool: ConfinedPool, capfd: pytest.CaptureFixture[str]
) -> None:
    """What was read may be in the text of an error, and in what a library prints."""
    with pytest.raises(BrokenWorkError) as caught:
        await pool.run(f"{WORK}.say", of=1, text="+447700900123")

    assert "ValueError in confined_work.py:" in str(caught.value)
    assert "7700" not in str(caught.value) + "".join(capfd.readouterr())


async def test_work_survives_the_death_of_what_it_is_forked_from(pool: ConfinedPool) -> None:
    """Where memory runs out, the kernel may take the zygote."""
    pool.prepare()
    assert pool._zygote is not None
    pool._zygote._end()

    with capture_logs() as logs:
        assert (await pool.run(f"{WORK}.echo", of=1, word=2)).values == {"word": 2}
    assert [entry["event"] for entry in logs] in ([], ["process for reading lost"])


async def test_cancelled_work_is_killed(pool: ConfinedPool) -> None:
    """A bot that stops waits for nobody's file, and the slot is free again."""
    began = time.monotonic()
    running = [asyncio.create_task(pool.run(f"{WORK}.linger", of=person)) for person in (1, 2)]
    await asyncio.sleep(0)
    for each in running:
        each.cancel()
    await asyncio.gather(*running, return_exceptions=True)

    assert (await pool.run(f"{WORK}.echo", of=1, word=3)).values == {"word": 3}
    assert time.monotonic() - began < BOUNDS.wall_seconds


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_folders_of_bots_that_were_killed_are_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects memory, where these lie; those of bots that live stay."""
    monkeypatch.setattr(folders, "_place", lambda: str(tmp_path))
    dead = subprocess.run(["/bin/sh", "-c", "echo $$"], check=True, capture_output=True, text=True)
    left = tmp_path / f"numberdesk-{dead.stdout.strip()}-abc"
    foreign = tmp_path / "numberdesk-bench"
    for folder in (left, foreign):
        folder.mkdir()
    (left / "file").write_bytes(b"x")
    left.chmod(0)
    ours = folders.new()

    folders.sweep()
    assert set(tmp_path.iterdir()) == {foreign, ours}


async def test_nothing_is_left_behind(pool: ConfinedPool) -> None:
    """Neither descriptors nor processes pile up with the pieces of work."""

    async def work() -> None:
        with Files() as files:
            await pool.run(f"{WORK}.echo", [files.of(b"x")], of=1)

    await work()
    before = _open_files()
    for _ in range(20):
        await work()
    assert _open_files() <= before + 2


async def _until(seen: Callable[[], bool]) -> None:
    while not await asyncio.to_thread(seen):
        pass


async def _at_work() -> int:
    """Wait until a process lingers; return its number.

    One that is killed before, on its way into its bounds, is replaced: its work hadn't begun.
    """
    while True:
        for file in await asyncio.to_thread(_lingering):
            if number := file.read_text("ascii"):
                return int(number)


def _lingering() -> list[Path]:
    return list(Path(folders._place()).glob(f"numberdesk-{os.getpid()}-*/{AT_WORK}"))


def _confined() -> set[int]:
    """Return the children of our children that give way to others."""
    every = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text("ascii", "replace").rpartition(")")[2].split()
            every[int(path.parent.name)] = int(fields[1]), int(fields[16])
    ours = {pid for pid, (parent, _) in every.items() if parent == os.getpid()}
    return {pid for pid, (parent, nice) in every.items() if parent in ours and nice >= NICENESS}


async def test_a_process_killed_in_the_middle_is_one_file_less(pool: ConfinedPool) -> None:
    """Protects the bot where the kernel takes a process to make room."""
    running = asyncio.create_task(pool.run(f"{WORK}.linger", of=1))
    os.kill(await _at_work(), signal.SIGKILL)

    with pytest.raises(TooMuchError, match="exit code -9"):
        await running
    assert (await pool.run(f"{WORK}.echo", of=1, word=4)).values == {"word": 4}


async def test_a_zygote_killed_in_the_middle_is_no_fault_of_the_file(pool: ConfinedPool) -> None:
    """Protects an honest list: its reading is begun anew, in a process that nobody kills."""
    with Files() as files:
        file = files.new()
        running = asyncio.create_task(pool.run(f"{WORK}.linger_over_nothing", [file], of=1))
        await _at_work()
        write(file, b"a list")
        assert pool._zygote is not None
        pool._zygote._end()

        assert (await running).values == 6
