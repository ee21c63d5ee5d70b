"""Erases expired data: idle lists, delivered files, old answers and lookups, handled updates.

What waits for somebody who can't be reached, or for a decision, has a last day, too.
"""

import asyncio
from functools import partial
from pathlib import Path

import structlog

from checking.ledger import Ledger
from runtime.clock import Clock
from runtime.worker import Worker
from storage.database import Database
from storage.lists import baskets, sketches
from storage.lookups import cache, inquiries
from storage.memory import answer_blocks, exclusions
from storage.people import asked_blocks, budgets, day_counts, usage
from storage.records import done_once, inbox, services
from storage.tasks import drafts, tasks
from storage.tasks.task_states import TaskState
from storage.upkeep import erasure

SWEEP_SECONDS = 3600.0
LIST_SECONDS = 7 * 24 * 3600.0  # for a list without a check
LOOKUP_SECONDS = 24 * 3600.0  # after the question; its card in the chat stays
RESULT_SECONDS = 24 * 3600.0  # after delivery; the service keeps it longer
LAST_SECONDS = 30 * 24 * 3600.0  # for whatever still waits

S = TaskState
UNDECIDED = (S.CONFIRMED, S.UNCONFIRMED)  # not posted yet, or nobody said whether again

log = structlog.get_logger("sweeper")


class Sweeper:
    """Sweeps tables and result files once an hour."""

    def __init__(self, *, database: Database, ledger: Ledger, clock: Clock, folder: Path) -> None:
        self._database = database
        self._ledger = ledger
        self._clock = clock
        self._folder = folder
        self._swept_at: float | None = None
        self.worker = Worker("sweep", self.step, clock)

    async def step(self) -> float | None:
        """Erase expired data; return the time of the next sweep."""
        now = self._clock.now()
        if self._swept_at is not None and 0 <= now - self._swept_at < SWEEP_SECONDS:
            return self._swept_at + SWEEP_SECONDS
        idle = 0
        is_ours = await self._database.claims.take("role", ["house"])
        if is_ours:
            await self._end_what_stands_still(now)
            async with self._database.write() as connection:
                await inbox.forget_old(connection, now)
                await inquiries.erase_old(connection, now - LOOKUP_SECONDS)
                await inquiries.give_up_old(connection, now - LAST_SECONDS)
                await cache.forget_old(connection, now)
                today = usage.day_of(now)
                await day_counts.erase_old(connection, today, now)
                await budgets.erase_old(connection, today)
                await done_once.erase_old(connection, today)
                await asked_blocks.forget_old(connection, now)
                await answer_blocks.forget_old(connection, now)
                await sketches.forget_old(connection, now)
                await exclusions.forget_silent(connection, now - LAST_SECONDS)
                await services.forget_unheard_notes(connection, now - LAST_SECONDS)
                idle = await erasure.idle_lists(connection, now - LIST_SECONDS)
                await erasure.checked_lists(connection, now - RESULT_SECONDS)
                await baskets.leave_erased(connection, now - LIST_SECONDS)
                await baskets.erase_members(connection)
                await drafts.erase_splits(connection)  # of all the lists that were just erased
                old = await erasure.delivered_before(connection, now - RESULT_SECONDS)
                for task_id, _ in old:
                    await tasks.put(connection, self._database.vault, task_id, result_name=None)
        async with self._database.read() as connection:
            needed = await erasure.with_files(connection)
            downloading = await erasure.ids_in(connection, S.EXPORTED)
        # Files that no task names: delivered ones, and leftovers of a crash. A download in progress
        # has no file name in the database yet, only the task's id.
        files = await asyncio.to_thread(list, self._folder.glob("*"))
        erased = [f for f in files if f.name not in needed and f.stem not in downloading]
        for file in erased:
            await asyncio.to_thread(file.unlink, missing_ok=True)
        if idle or erased:
            log.info("sweep finished", lists=idle, files=len(erased))
        if is_ours:
            # The write-ahead log still holds the erased pages.
            await self._database.fold()
        self._swept_at = now
        return now + SWEEP_SECONDS

    async def _end_what_stands_still(self, now: float) -> None:
        """End checks that have waited for too long; their numbers and files are erased then."""
        async with self._database.read() as connection:
            vault = self._database.vault
            found = await erasure.standing_still(connection, vault, now - LAST_SECONDS)
        for task in found:
            if task.state in UNDECIDED:
                back = partial(usage.give_back, task_id=task.id)
                await self._ledger.move(
                    task, UNDECIDED, S.CANCELLED, reason="undecided", finished_at=now, also=back
                )
            else:
                reason = "unreached" if task.state is S.FETCHED else "no_progress"
                await self._ledger.move(
                    task, [task.state], S.EXPIRED, reason=reason, result_name=None
                )
