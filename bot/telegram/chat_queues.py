"""Handles updates in order within each chat, and chats concurrently.

Handled updates are marked in batches. An update that a dead process left unhandled is counted
before it is handled again, so that one that kills the process is found and set aside.
"""

import asyncio
from collections import deque
from contextlib import nullcontext, suppress
from functools import partial
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update
from sqlalchemy.exc import SQLAlchemyError

from bot.telegram.shapes import read
from checking.metrics import Metrics
from runtime.backoff import Backoff
from runtime.clock import Clock
from runtime.finishing import finished
from runtime.worker import WorkerPool
from storage.database import AwayError, Database, LostLeaseError, Work
from storage.records import inbox

BACKOFF = Backoff(first=1.0, longest=30.0)
QUEUES_AT_ONCE = 256

log = structlog.get_logger("updates")


class ChatQueues:
    """A queue for each chat with updates that are not handled yet."""

    def __init__(
        self,
        *,
        database: Database,
        bot: Bot,
        dispatcher: Dispatcher,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        self._database = database
        self._bot = bot
        self._dispatcher = dispatcher
        self._clock = clock
        self._metrics = metrics
        self._queues: dict[int, deque[tuple[int, dict[str, Any]]]] = {}
        self._handled: set[int] = set()  # and not marked as handled yet
        self._ready: deque[int] = deque()  # chats whose queue no job works on
        self._left_over: dict[int, int] = {}  # by a crash: how often each was begun since
        self._suspect_lock = asyncio.Lock()
        # One object for all calls: `together` runs equal work once for everything that waits.
        self._mark_handled: Work = lambda connection: inbox.finish(
            connection, list(self._handled), self._clock.now()
        )
        self.pool = WorkerPool("updates", QUEUES_AT_ONCE, when_done=self.fill)

    @property
    def idle(self) -> bool:
        """True if every update is handled."""
        return not self._queues

    def ids(self) -> set[int]:
        """Return the ids of updates that are not marked as handled yet."""
        return {update_id for queue in self._queues.values() for update_id, _ in queue}

    def has(self, chat_id: int) -> bool:
        """Tell whether this chat has an update that is not handled yet."""
        return chat_id in self._queues

    def add(
        self, update_id: int, chat_id: int, update: dict[str, Any], left_over: int | None = None
    ) -> None:
        """Queue an update; `fill` starts handling it.

        `left_over` is how often it was begun since a crash interrupted it, None if none did, and -1
        if the process ended in order before it was handled.
        """
        if left_over is not None:
            self._left_over[update_id] = left_over
        if chat_id not in self._queues:
            self._queues[chat_id] = deque()
            self._ready.append(chat_id)
        self._queues[chat_id].append((update_id, update))

    def fill(self) -> None:
        """Start as many queues as the pool has room for."""
        while self._ready and self.pool.free:
            chat_id = self._ready.popleft()
            self.pool.start(chat_id, self._serve(chat_id))

    async def _serve(self, chat_id: int) -> None:
        """Handle a chat's updates one by one until its queue is empty."""
        queue = self._queues[chat_id]
        with self._database.claims.holding("chat", chat_id):
            try:
                while queue:
                    update_id, update = queue[0]
                    attempts = self._left_over.pop(update_id, None)
                    # It was being handled at a crash, perhaps beside the update that caused it.
                    # Handled alone, the next crash shows which one it is.
                    async with self._suspect_lock if (attempts or 0) > 0 else nullcontext():
                        if attempts is None:
                            await self._handle(update_id, update)
                        else:
                            await self._handle_again(update_id, update)
                    self._handled.add(update_id)
                    await self._store(self._mark_handled, together=True)
                    self._handled.discard(update_id)
                    self._metrics.updates_handled.inc()
                    queue.popleft()
            finally:
                if queue:  # interrupted: the next free job continues
                    self._ready.append(chat_id)
                else:
                    del self._queues[chat_id]

    async def _handle_again(self, update_id: int, update: dict[str, Any]) -> None:
        """Handle what a crash interrupted, and count it; what is broken off in order counts not."""
        await self._store(partial(inbox.begun_again, update_id=update_id))
        try:
            await self._handle(update_id, update)
        except (asyncio.CancelledError, LostLeaseError):
            await finished(self._broken_off(update_id))
            raise

    async def _broken_off(self, update_id: int) -> None:
        with suppress(AwayError):  # then it counts after all
            # Also without a lease: the other replica's attempts are counted beside ours.
            async with self._database.write(fenced=False) as connection:
                await inbox.broken_off(connection, update_id)

    async def _handle(self, update_id: int, update: dict[str, Any]) -> None:
        failures = 0
        while True:
            try:
                # Not feed_raw_update, which logs each error as a bug of ours.
                model = read(Update, update, self._bot)
                await self._dispatcher.feed_update(self._bot, model)
            except AwayError:
                # As after a crash: handlers are idempotent.
                log.warning("update cut off", update=update_id)
                await self._clock.sleep(BACKOFF.seconds(failures))
                failures += 1
                continue
            except LostLeaseError:
                raise  # another replica handles it
            except Exception:
                # Handlers report their own errors to the person. This one is of the framework,
                # or no model can read the update; a retry would not help.
                log.exception("update not handled", update=update_id)
            return

    async def _store(self, work: Work, *, together: bool = False) -> None:
        """Write to the inbox; retry while the disk is full, so that nothing is handled twice."""
        failures = 0
        while True:
            try:
                if together:
                    await self._database.together(work)
                else:
                    async with self._database.write() as connection:
                        await work(connection)
            except SQLAlchemyError as error:
                if isinstance(error, AwayError):
                    log.warning("inbox write cut off", failures=failures + 1)
                else:
                    log.exception("inbox write failed", failures=failures + 1)
                await self._clock.sleep(BACKOFF.seconds(failures))
                failures += 1
            else:
                return
