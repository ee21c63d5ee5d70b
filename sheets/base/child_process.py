"""Work in a process of its own: for libraries that hold Python's lock for long, or may crash.

One child is kept; when it dies, only the work that killed it is lost, and the next gets a new one.
"""

import contextlib
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from typing import ParamSpec, TypeVar

MOST_SECONDS = 120.0
TRIES = 2  # it may have died over somebody else's work, or while it had none
MOST_MEMORY = 8 << 30
"""Bytes of address space; a process reserves much more than it uses."""

Given = ParamSpec("Given")
Got = TypeVar("Got")


class CrashedError(Exception):
    """The child died over it, or didn't come to an end."""


_lock = threading.Lock()
_pool: ProcessPoolExecutor | None = None


def run(work: Callable[Given, Got], *values: Given.args, **named: Given.kwargs) -> Got:
    """Call a function of a module in the child; what it is given and gives must be picklable.

    Blocks: call it in a thread. Raises CrashedError, and what `work` raises.
    """
    for _ in range(TRIES):
        pool = _children()
        try:
            return pool.submit(work, *values, **named).result(MOST_SECONDS)
        except BrokenProcessPool:
            _forget(pool)
        except TimeoutError:
            for child in list(getattr(pool, "_processes", {}).values()):
                child.kill()
            _forget(pool)
            raise CrashedError(f"no end after {MOST_SECONDS:g} s") from None
    raise CrashedError("the process died")


def _children() -> ProcessPoolExecutor:
    global _pool  # noqa: PLW0603 # one child for the process, whoever asks first
    with _lock:
        if _pool is None:
            context = multiprocessing.get_context("spawn")
            _pool = ProcessPoolExecutor(1, mp_context=context, initializer=_settle_in)
        return _pool


def _forget(pool: ProcessPoolExecutor) -> None:
    global _pool  # noqa: PLW0603 # as above
    with _lock:
        if _pool is pool:
            _pool = None
    pool.shutdown(wait=False)


def _settle_in() -> None:
    """In the child: bounded, deaf to Ctrl-C, and gone when its parent is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError, ValueError):  # where that isn't allowed, it goes without
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
    os._exit(1)
