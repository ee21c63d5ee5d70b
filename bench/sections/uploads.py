"""From a file sent to its card, beside the commit before files were read behind glass.

Both programs run as an operator runs them, one after the other, against the same pretend Telegram
on this machine. The other program is checked out of the project's history; BENCH_BEFORE names
another commit. What is measured begins when a person has sent the file, and ends with the card that
counts its numbers: the pause for further parts (0.8 s) is in it.
"""

import asyncio
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]  # as in sheets/output/xlsx.py

from bench.measures import row
from bench.processes import megabytes
from sandbox.world import World

BEFORE = os.environ.get("BENCH_BEFORE", "c140f82")
PATIENCE = 180.0
REST = 5.0  # seconds until a program has nothing left to do at its start
MOST_RATIO = 1.2
"""Of the seconds before: what a busy machine adds by itself."""
GOAL_MB, GROWTH_MB = 220, 50

_PROJECT = Path(__file__).parents[2]


@dataclass(slots=True)
class Measured:
    """Of one program: megabytes at rest, and for each file seconds and how many MB it grew."""

    rest: float = 0.0
    seconds: dict[str, list[float]] = field(default_factory=dict)
    growth: dict[str, float] = field(default_factory=dict)


def _numbers(count: int) -> list[str]:
    return [f"+4478{place * 7 % 100_000_000:08}" for place in range(count)]


def _text(count: int) -> bytes:
    return "\n".join(_numbers(count)).encode()


def _workbook(rows: int) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Id", "Name", "Phone", "Town"])
    for place, number in enumerate(_numbers(rows - 1), 1):
        sheet.write_row(place, 0, [place, f"Name {place}", number, "Town"])
    book.close()
    return out.getvalue()


FILES: dict[str, tuple[str, Callable[[], bytes], int]] = {
    "10 numbers": ("ten.txt", lambda: _text(10), 5),
    "2,000 numbers": ("thousands.txt", lambda: _text(2_000), 5),
    "1,000,000 lines": ("million.txt", lambda: _text(1_000_000), 3),
    "an .xlsx of 200,000 rows": ("rows.xlsx", lambda: _workbook(200_000), 3),
}


@contextmanager
def _checked_out(commit: str) -> Generator[Path]:
    with tempfile.TemporaryDirectory(prefix="numberdesk-before-") as folder:
        tree = Path(folder) / "tree"
        git = ["git", "-C", str(_PROJECT), "worktree"]
        subprocess.run([*git, "add", "--detach", "--quiet", str(tree), commit], check=True)  # noqa: S603 # fixed words
        try:
            yield tree
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)  # noqa: S603 # the same


@contextmanager
def _running(tree: Path, world: World, home: Path) -> Generator[int]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(tree),
        "BOT_TOKEN": world.bot_token,
        "TELEGRAM_API_URL": world.telegram_url,
        "EKYC_API_URL": world.ekyc.url,
        "EKYC_API_KEY": world.ekyc.api_key,
        "ACCESS": "open",
        "MAX_RUN": "0",
        "LOG_LEVEL": "error",
        "DATA_DIR": str(home),
        "DATABASE_URL": f"sqlite+aiosqlite:///{home}/numberdesk.db",
    }
    words = [sys.executable, "-P", "-m", "bot", "run"]
    process = subprocess.Popen(words, env=environment, cwd=home)  # noqa: S603 # the same
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _forget_peak(pid: int) -> float:
    Path(f"/proc/{pid}/clear_refs").write_text("5", "ascii")
    return megabytes(pid)


async def _measured(tree: Path) -> Measured:
    found = Measured()
    with tempfile.TemporaryDirectory(prefix="numberdesk-bench-") as home:
        async with World(deadline=PATIENCE) as world:
            with _running(tree, world, Path(home)) as pid:
                anna = world.person("Anna")
                await anna.sends("/help")
                await anna.sees("How it works")
                await asyncio.sleep(REST)
                found.rest = megabytes(pid)
                for name, (title, made, times) in FILES.items():
                    data = made()
                    before = _forget_peak(pid)
                    for _ in range(times):
                        sent = await anna.uploads(title, data)
                        start = time.perf_counter()
                        await anna.sees("ready", after=sent)
                        found.seconds.setdefault(name, []).append(time.perf_counter() - start)
                    found.growth[name] = megabytes(pid, "VmHWM") - before
    return found


def run() -> Iterator[str]:
    """Measure and yield the lines to print."""
    with _checked_out(BEFORE) as tree:
        before = asyncio.run(_measured(tree))
    now = asyncio.run(_measured(_PROJECT))
    for name in FILES:
        theirs = statistics.median(before.seconds[name])
        mine = statistics.median(now.seconds[name])
        yield row(
            f"{name}: from sent to its card",
            peer=f"before: {theirs:.2f} s",
            ours=f"{mine:.2f} s (median of {len(now.seconds[name])})",
            ratio=f"{mine / theirs:.2f} times as long",
            goal=f"at most {MOST_RATIO}",
            met=mine <= MOST_RATIO * theirs,
        )
        yield row(
            f"{name}: how much the bot's own process grew",
            peer=f"before: {before.growth[name]:.0f} MB",
            ours=f"{now.growth[name]:.0f} MB",
            goal=f"at most {GROWTH_MB} MB",
            met=now.growth[name] <= GROWTH_MB,
        )
    yield row(
        "the bot's own process at rest, with an empty database",
        peer=f"before: {before.rest:.0f} MB",
        ours=f"{now.rest:.0f} MB",
        goal=f"at most {GOAL_MB} MB",
        met=now.rest <= GOAL_MB,
    )
