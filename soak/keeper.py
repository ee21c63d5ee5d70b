"""Keeps the bot alive while it is killed again and again."""

import asyncio
import multiprocessing
import signal
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from bot.settings import Settings
from sandbox.clock import FastClock
from sandbox.processes import ended
from soak.life import live

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess


class Keeper:
    """Runs the bot in the block, and starts it again whenever it dies.

    Args:
        settings: the bot's.
        clock: the one that its lives share.
        log: where all lives write what they have to say.
        error: what is planted into each life, if anything.
    """

    def __init__(self, settings: Settings, clock: FastClock, log: Path, error: str | None) -> None:
        self.killed_at: list[float] = []
        self._clock = clock
        self._arguments = (settings, clock, log, error)
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["soak.life"])
        self._process: BaseProcess | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._over = False

    async def __aenter__(self) -> Self:
        self._start()
        self._keeping = asyncio.create_task(self._keep())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over = True
        if self._process is not None:
            self._process.kill()
        if self._keeping is not None:
            await self._keeping

    def kill(self) -> None:
        """SIGKILL, at whatever it is."""
        if self._process is not None and self._process.is_alive():
            self._process.kill()
            self.killed_at.append(self._clock.now())

    def _start(self) -> None:
        self._process = self._context.Process(target=live, args=self._arguments)
        self._process.start()

    async def _keep(self) -> None:
        while True:
            assert self._process is not None
            code = await ended(self._process)
            if self._over:
                return
            if code != -signal.SIGKILL:
                raise RuntimeError(f"the bot ended by itself (exit {code})")
            self._start()
