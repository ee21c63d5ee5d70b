"""Erasing what is no longer needed: idle lists, delivered files, old lookups, handled updates."""

import asyncio
from pathlib import Path

import structlog

from runtime.clock import Clock
from runtime.worker import Worker
from storage.database import Database
from storage.lookups import cache, inquiries
from storage.records import inbox
from storage.tasks import tasks
from storage.tasks.task_states import TaskState
from storage.upkeep import erasure

SWEEP_SECONDS = 3600.0
LIST_SECONDS = 7 * 24 * 3600.0  # nobody chose a check for it
LOOKUP_SECONDS = 24 * 3600.0  # after it was asked; its card in the chat stays
RESULT_SECONDS = 24 * 3600.0  # after its delivery; the service keeps it longer

log = structlog.get_logger("sweeper")


class Sweeper:
    """Goes through the rooms once an hour."""

    def __init__(self, *, database: Database, clock: Clock, folder: Path) -> None:
        self._database = database
        self._clock = clock
        self._folder = folder
        self._swept_at: float | None = None
        self.worker = Worker("sweep", self.step, clock)

    async def step(self) -> float | None:
        """Erase what is due; give the time of the next sweep."""
        now = self._clock.now()
        if self._swept_at is not None and 0 <= now - self._swept_at < SWEEP_SECONDS:
            return self._swept_at + SWEEP_SECONDS
        is_ours = await self._database.claims.take("role", ["house"])
        idle = await self._sweep_tables(now) if is_ours else 0
        async with self._database.read() as connection:
            needed = await erasure.with_files(connection)
            coming = await erasure.ids_in(connection, TaskState.EXPORTED)
        erased = await asyncio.to_thread(self._erase_files, needed, coming)
        if idle or erased:
            log.info("swept", lists=idle, files=erased)
        if is_ours:
            # The write-ahead log still holds the pages as they were.
            await self._database.fold()
        self._swept_at = now
        return now + SWEEP_SECONDS

    async def _sweep_tables(self, now: float) -> int:
        """Erase what is old; give how many lists were still open."""
        async with self._database.write() as connection:
            await inbox.forget_old(connection, now)
            await inquiries.erase_old(connection, now - LOOKUP_SECONDS)
            await cache.forget_old(connection, now)
            idle = await erasure.idle_lists(connection, now - LIST_SECONDS)
            await erasure.checked_lists(connection, now - RESULT_SECONDS)
            old = await erasure.delivered_before(connection, now - RESULT_SECONDS)
            for task_id, _ in old:
                await tasks.put(connection, self._database.vault, task_id, result_name=None)
        return idle

    def _erase_files(self, needed: set[str], coming: set[str]) -> int:
        """Delete results that no task names: delivered ones, and leftovers of a crash.

        What is being downloaded has no name in the database yet, only its task's.
        """
        if not self._folder.is_dir():
            return 0
        extra = [
            path
            for path in self._folder.iterdir()
            if path.name not in needed and path.stem not in coming
        ]
        for path in extra:
            path.unlink(missing_ok=True)
        return len(extra)
