"""Run work in a child process: for libraries that hold the GIL for long, or may crash.

One child is kept. When it dies, only the work that killed it is lost; the next call starts a new
child.
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
TRIES = 2  # the child may have died over other work, or while idle
MOST_MEMORY = 8 << 30
"""Bytes of address space; a process reserves much more than it uses."""

Given = ParamSpec("Given")
Got = TypeVar("Got")


class CrashedError(Exception):
    """The child died over the work, or ran longer than `MOST_SECONDS`."""


_lock = threading.Lock()
_pool: ProcessPoolExecutor | None = None


def run(work: Callable[Given, Got], *values: Given.args, **named: Given.kwargs) -> Got:
    """Call a module-level function in the child; arguments and result must be picklable.

    Blocks; call it in a thread. Raises CrashedError, and what `work` raises.
    """
    global _pool  # noqa: PLW0603 # one child per process, started by the first caller
    for _ in range(TRIES):
        with _lock:
            if _pool is None:
                context = multiprocessing.get_context("spawn")
                _pool = ProcessPoolExecutor(1, mp_context=context, initializer=_set_up_child)
            pool = _pool
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


def _forget(pool: ProcessPoolExecutor) -> None:
    global _pool  # noqa: PLW0603 # as above
    with _lock:
        if _pool is pool:
            _pool = None
    pool.shutdown(wait=False)


def _set_up_child() -> None:
    """Limit the child's memory, ignore Ctrl-C, and exit when the parent does."""

    def exit_with_parent() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            connection.wait([parent.sentinel])
        os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError, ValueError):  # not permitted here: run without limits
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=exit_with_parent, daemon=True).start()
