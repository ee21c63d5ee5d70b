"""Confined processes for tests, ready at once: their imports take a second, and are done once."""

import asyncio
import atexit
import hashlib
import importlib
import json
import os
import signal
import socket
from collections.abc import Callable, Hashable, Sequence
from functools import cache
from typing import Any

from bot.settings import Settings
from runtime.confined import zygote
from runtime.confined.bounds import Bounds
from runtime.confined.exchange import Answer, BrokenWorkError
from runtime.confined.files import Files, file_of, read
from runtime.confined.pool import ConfinedPool
from sheets.glass.glass import MODULES, Glass


@cache
def shared_pool() -> ConfinedPool:
    """The pool of all stories of this process."""
    pool = ConfinedPool(MODULES, slots=2, bounds=Bounds())
    atexit.register(pool.close)
    return pool


def digest(in_order: bytes) -> str:
    """Tell a list again; the program does so with its key."""
    return hashlib.sha256(in_order).hexdigest()


@cache
def shared_glass() -> Glass:
    """The glass of all tests of this process."""
    return Glass(shared_pool(), digest)


class NearPool(ConfinedPool):
    """Does the work in this process, where a test can change how it is done."""

    def __init__(self) -> None:
        super().__init__((), slots=1, bounds=Bounds())

    def prepare(self) -> None:
        """Nothing has to be."""

    async def run(
        self,
        work: str,
        files: Sequence[int] = (),
        *,
        of: Hashable,
        most: int = 0,
        keep: Files | None = None,
        **values: Any,
    ) -> Answer:
        """Call the function in a thread; what it is told and what it tells is JSON."""
        del of, most
        module, _, name = work.rpartition(".")
        called = getattr(importlib.import_module(module), name)
        given = [read(file) for file in files]
        try:
            told, made = await asyncio.to_thread(called, *given, **json.loads(json.dumps(values)))
        except BaseException as error:  # noqa: BLE001 # polars' panics are no Exception
            raise BrokenWorkError(type(error).__name__) from None
        out = [file_of(each) for each in made]
        (keep or Files()).adopt(out)
        return Answer(json.loads(json.dumps(told)), [read(each) for each in out], out)


class Taken(ConfinedPool):
    """Gives the answer of a process that a file has taken over."""

    def __init__(self, values: Any, files: list[bytes]) -> None:
        super().__init__((), slots=1, bounds=Bounds())
        self._answer = Answer(values, files)

    async def run(
        self, work: str, files: Sequence[int] = (), *, of: Hashable, most: int = 0, **values: Any
    ) -> Answer:
        """Whatever is asked."""
        del work, files, of, most, values
        return self._answer


def forking_pool(settings: Settings) -> ConfinedPool:
    """A pool for a bot that was forked from the tests' fork server, where all is imported."""
    return ConfinedPool(
        MODULES, slots=settings.reading_slots, bounds=Bounds(), launch=launch_by_forking
    )


def launch_by_forking(control: socket.socket, modules: Sequence[str]) -> Callable[[], None]:
    """A zygote that is a fork of this process, which must have no thread yet."""
    pid = os.fork()
    if pid == 0:
        try:
            os.closerange(3, control.fileno())
            os.closerange(control.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
            zygote.main(control, list(modules))
        finally:
            os._exit(0)

    def end() -> None:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)

    return end
