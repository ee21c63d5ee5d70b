"""What several measurements share: the yardsticks, and how a goal is judged."""

import asyncio
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path


def sort_unique(path: Path) -> float:
    """Seconds that `LC_ALL=C sort -u` takes for a file."""
    start = time.perf_counter()
    subprocess.run(  # noqa: S603 - a fixed command
        ["/usr/bin/env", "sort", "-u", "-o", "/dev/null", str(path)],
        check=True,
        env={**os.environ, "LC_ALL": "C"},
    )
    return time.perf_counter() - start


async def lateness(work: Callable[[], object]) -> list[float]:
    """Milliseconds by which a 1 ms sleep overran, again and again while work ran in a thread."""
    late = []
    running = asyncio.create_task(asyncio.to_thread(work))
    while not running.done():
        start = time.perf_counter()
        await asyncio.sleep(0.001)
        late.append((time.perf_counter() - start - 0.001) * 1000)
    await running
    return late


def verdict(good: bool, goal: str) -> str:  # noqa: FBT001 - reads as a sentence
    """Whether a goal is met, in words."""
    return f"goal {goal}: {'met' if good else 'NOT met'}"
