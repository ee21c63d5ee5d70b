"""Programs in processes of their own, which load only what they need."""

import asyncio
import multiprocessing
import signal
from collections.abc import Callable, Coroutine, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

Got = TypeVar("Got")
Main = Callable[..., Coroutine[Any, Any, None]]

_spawning = multiprocessing.get_context("spawn")


def _serve(main: Main, values: Sequence[Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asyncio.run(main(*values))


@contextmanager
def process(main: Main, *values: Any) -> Generator[BaseProcess]:
    """Run a coroutine function in a process, which is terminated at the end of the block."""
    child = _spawning.Process(target=_serve, args=(main, values))
    child.start()
    try:
        yield child
    finally:
        child.terminate()
        child.join()


def asked(main: Callable[..., Coroutine[Any, Any, Got]], *values: Any) -> Got:
    """Call a coroutine function in a fresh process and return its result."""
    with ProcessPoolExecutor(1, mp_context=_spawning) as pool:
        return pool.submit(_run, main, values).result()


def _run(main: Callable[..., Coroutine[Any, Any, Got]], values: Sequence[Any]) -> Got:
    return asyncio.run(main(*values))


def megabytes(pid: int | str | None, what: str = "VmRSS") -> float:
    """Return the memory of a process, as Linux counts it; "VmHWM" is its peak."""
    words = Path(f"/proc/{pid}/status").read_text("ascii", "replace").split()
    return int(words[words.index(f"{what}:") + 1]) * 1024 / 1e6


def forget_peak() -> None:
    """Reset the memory peak of this process."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def family_megabytes(pid: int | None) -> float:
    """Return the memory of a process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return megabytes(pid) + sum(family_megabytes(int(child)) for child in children)


def cpu_seconds(pid: int | None) -> float:
    """Return the CPU seconds that a process has used."""
    after_name = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / 100
