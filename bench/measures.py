"""Helpers of several benchmarks: yardsticks, and rows of the page."""

import asyncio
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

HEAD = ("measure", "peer", "ours", "ratio", "goal", "")
_MARK = "| "


def row(
    measure: str,
    *,
    ours: str,
    peer: str = "",
    ratio: str = "",
    goal: str = "",
    met: bool | None = None,
) -> str:
    """Return a row of the page's table; `met` is None without a goal."""
    judged = "" if met is None else "met" if met else "NOT met"
    return f"{_MARK}{measure} | {peer} | {ours} | {ratio} | {goal} | {judged} |"


def is_row(line: str) -> bool:
    """True if a line is a row and not a remark."""
    return line.startswith(_MARK)


def sort_unique(path: Path) -> float:
    """Return the seconds that `LC_ALL=C sort -u` takes for a file."""
    start = time.perf_counter()
    subprocess.run(  # noqa: S603 - a fixed command
        ["/usr/bin/env", "sort", "-u", "-o", "/dev/null", str(path)],
        check=True,
        env={**os.environ, "LC_ALL": "C"},
    )
    return time.perf_counter() - start


async def lateness(work: Callable[[], object]) -> list[float]:
    """Run `work` in a thread; return the sorted delays of 1 ms sleeps meanwhile, in ms."""
    late = []
    running = asyncio.create_task(asyncio.to_thread(work))
    while not running.done():
        start = time.perf_counter()
        await asyncio.sleep(0.001)
        late.append((time.perf_counter() - start - 0.001) * 1000)
    await running
    return sorted(late)


def late_row(measure: str, late: list[float]) -> str:
    """Return a row for the delays of the event loop from `lateness`."""
    p99 = late[int(len(late) * 0.99)]
    return row(
        measure,
        ours=f"{p99:.2f} ms late at p99, {late[-1]:.2f} ms at most ({len(late)} ticks)",
        goal="p99 at most 10 ms",
        met=p99 <= 10,
    )
