"""Keeps the bots running while they are killed and stopped again and again."""

import asyncio
import multiprocessing
import os
import random
import signal
from collections.abc import Sequence
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.settings import Settings
from sandbox.http.clock import FastClock
from sandbox.http.processes import ended
from soak.life import AWAY, STRUCK_OFF, live


class Supervisor:
    """Runs a bot for each of the settings inside the block, and restarts each when it dies.

    Args:
        settings: The settings of each bot. Several bots share a database; each has its own folder.
        clock: The clock that all bots share.
        log: The log file of all bots.
        error: The name of an error to plant into each bot, if any.
        chance: Chooses the bot to kill or stop.
    """

    def __init__(
        self,
        settings: Sequence[Settings],
        clock: FastClock,
        log: Path,
        error: str | None,
        chance: random.Random,
    ) -> None:
        self.kills = 0
        self.cut_off: list[tuple[float, float]] = []
        """Outages of a bot or of the database: start and end in Unix seconds."""
        self.struck_off = 0
        """Number of replicas that exited because their lease was lost."""
        self.failures: list[str] = []
        """Bots that ended by themselves, for no reason that is known here."""
        self._clock = clock
        self._chance = chance
        self._arguments = [(each, clock, log, error) for each in settings]
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["soak.life"])
        self._processes: dict[int, BaseProcess] = {}
        self._up: dict[int, Event] = {}  # set when a bot has started
        self._stopped: set[int] = set()
        self._told: set[BaseProcess] = set()  # to end
        self._running: list[asyncio.Task[None]] = []
        self._over = False

    async def __aenter__(self) -> Self:
        for place in range(len(self._arguments)):
            self._start(place)
            self._running.append(asyncio.create_task(self._restart_when_dead(place)))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over = True
        for process in self._processes.values():
            process.kill()
        await asyncio.gather(*self._running)

    async def all_up(self) -> None:
        """Wait until each bot has started."""
        while not all(each.is_set() for each in self._up.values()):  # noqa: ASYNC110 # of processes
            await asyncio.sleep(0.05)

    def kill(self) -> None:
        """Send SIGKILL to one bot."""
        process = self._processes[self._chance.randrange(len(self._arguments))]
        if process.is_alive():
            process.kill()
            self.kills += 1
            self.cut_off.append((self._clock.now(), self._clock.now()))

    def restart(self) -> None:
        """Have one bot end in order (SIGTERM), and start it again."""
        process = self._processes[self._chance.randrange(len(self._arguments))]
        if process.is_alive():
            process.terminate()
            self._told.add(process)

    async def stall(self, seconds: float) -> None:
        """Send SIGSTOP to one bot, and SIGCONT after `seconds` (real time)."""
        place = self._chance.randrange(len(self._arguments))
        process = self._processes[place]
        if not process.is_alive() or process.pid is None or place in self._stopped:
            return
        self._stopped.add(place)
        os.kill(process.pid, signal.SIGSTOP)
        began = self._clock.now()
        try:
            await asyncio.sleep(seconds)
        finally:
            # What it was doing may get lost, as with a bot that is killed.
            self.cut_off.append((began, self._clock.now()))
            self._stopped.discard(place)
            if process.is_alive():
                os.kill(process.pid, signal.SIGCONT)

    def _start(self, place: int) -> None:
        self._up[place] = self._context.Event()
        arguments = (*self._arguments[place], self._up[place])
        self._processes[place] = self._context.Process(target=live, args=arguments)
        self._processes[place].start()

    async def _restart_when_dead(self, place: int) -> None:
        while True:
            process = self._processes[place]
            code = await ended(process)
            if self._over:
                return
            shared = len(self._arguments) > 1
            if code == STRUCK_OFF:
                self.struck_off += 1
            elif code == AWAY and shared:
                self.cut_off.append((self._clock.now(), self._clock.now()))
            elif code != -signal.SIGKILL and process not in self._told:
                self.failures.append(f"a bot ended by itself (exit {code})")
            self._start(place)
