"""The supervisor of a bot that is killed: restarts it, and reads the journals of its lives."""

import asyncio
import multiprocessing
import signal
import time
from collections.abc import Coroutine
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from bot.settings import Settings
from sandbox.http.processes import ended
from tests.support.processes.fork_server import start_fork_server
from tests.support.processes.killing import Kill, live
from tests.support.shared_setup import place_database

Outcome = TypeVar("Outcome")


class Supervisor:
    """Runs the bot, and restarts it whenever it was killed as planned.

    Args:
        settings: the bot's; its data folder outlives each life.
        notes: the folder for the lives' journals and logs.
        kills: how the first life ends, the second, and so on; the one after them lives on.
    """

    def __init__(self, settings: Settings, notes: Path, *kills: Kill) -> None:
        self.lives = 0
        self._began = time.time()
        self._settings = settings
        self._notes = notes
        notes.mkdir(parents=True, exist_ok=True)
        self._kills = kills
        self._context = multiprocessing.get_context("forkserver")
        start_fork_server()
        place_database(settings.data_dir / "numberdesk.db")
        self._process: BaseProcess | None = None

    async def __aenter__(self) -> Self:
        self._start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.kill()
            await self._death()
        if error is not None:
            error.add_note(self._report())

    def journal(self, life: int) -> list[str]:
        """Return the sides of boundaries that a life reached, in order; the first life is 1."""
        path = self._path("journal", life)
        return path.read_text().splitlines() if path.exists() else []

    def commits(self, life: int) -> list[str]:
        """Return the boundaries that a life passed, in order."""
        sides = [Kill.read(line) for line in self.journal(life)]
        return [kill.boundary for kill in sides if kill.side == "after"]

    def errors(self) -> list[str]:
        """Return the error lines of all logs."""
        logs = [self._path("log", life) for life in range(1, self.lives + 1)]
        lines = [line for log in logs if log.exists() for line in log.read_text().splitlines()]
        return [line for line in lines if "[error" in line or "[critical" in line]

    def missed(self) -> list[str]:
        """Return the planned kills that have not happened: a life never reached that boundary."""
        return [
            str(kill)
            for life, kill in enumerate(self._kills, 1)
            if self.lives <= life or self.journal(life)[-1:] != [str(kill)]
        ]

    async def keep_alive(self, story: Coroutine[Any, Any, Outcome]) -> Outcome:
        """Keep the bot running during the story; return the story's result.

        Raises:
            AssertionError: the bot exited in another way than by the planned kills.
        """
        playing = asyncio.ensure_future(story)
        restarting = asyncio.ensure_future(self._restart_after_deaths())
        try:
            await asyncio.wait([playing, restarting], return_when=asyncio.FIRST_COMPLETED)
            if restarting.done():
                restarting.result()
            return await playing
        finally:
            for each in (playing, restarting):
                each.cancel()
            await asyncio.gather(playing, restarting, return_exceptions=True)

    def _start(self) -> None:
        self.lives += 1
        kill = self._kills[self.lives - 1] if self.lives <= len(self._kills) else None
        paths = self._path("journal", self.lives), self._path("log", self.lives)
        self._process = self._context.Process(
            target=live, args=(self._settings, self._began, *paths, kill)
        )
        self._process.start()

    async def _restart_after_deaths(self) -> None:
        while True:
            code = await self._death()
            planned = self.lives <= len(self._kills)
            assert planned, f"the bot ended by itself in its life {self.lives} (exit {code})"
            assert code == -signal.SIGKILL, f"life {self.lives} ended otherwise (exit {code})"
            self._start()

    async def _death(self) -> int | None:
        """Wait until this life ends; return its exit code."""
        assert self._process is not None
        code = await ended(self._process)
        self._process.close()
        self._process = None
        return code

    def _path(self, kind: str, life: int) -> Path:
        return self._notes / f"{kind}.{life}"

    def _report(self) -> str:
        """Return the journals and logs of all lives, to explain a failure."""
        lines = []
        for life in range(1, self.lives + 1):
            path = self._path("log", life)
            log = path.read_text().splitlines()[-40:] if path.exists() else []
            lines += [
                f"--- life {life}: journal",
                *self.journal(life),
                f"--- life {life}: log",
                *log,
            ]
        return "\n".join(lines)
