"""Handling updates in order: one lane for each chat, lanes side by side.

What is handled is marked so, many at a time. What a dead process had begun is counted first, so
that an update that brings processes down is found out and set aside.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from checking.metrics import Metrics
from runtime.backoff import Backoff
from runtime.clock import Clock
from runtime.worker import WorkerPool
from storage.database import AwayError, Database, LostLeaseError
from storage.records import inbox

BACKOFF = Backoff(first=1.0, longest=30.0)
QUEUES_AT_ONCE = 256

log = structlog.get_logger("updates")


class ChatQueues:
    """The updates that are handled now, or wait for those before them."""

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
        self._ended: set[int] = set()  # handled, and not marked as such yet
        self._ready: deque[int] = deque()  # lanes that nobody serves yet
        self._left_over: dict[int, int] = {}  # by a crash: how often each was begun since
        self._alone = asyncio.Lock()
        self.pool = WorkerPool("updates", QUEUES_AT_ONCE, when_done=self.fill)

    @property
    def idle(self) -> bool:
        """Whether every update is handled."""
        return not self._queues

    def ids(self) -> set[int]:
        """The updates that are not handled yet, and those not marked so yet."""
        return {update_id for lane in self._queues.values() for update_id, _ in lane}

    def has(self, chat_id: int) -> bool:
        """Whether some update of this chat is not handled yet."""
        return chat_id in self._queues

    def add(
        self, update_id: int, lane: int, update: dict[str, Any], left_over: int | None = None
    ) -> None:
        """Put an update at the end of its lane; `fill` begins it.

        left_over: how often it was begun since a crash cut it off, if one did.
        """
        if left_over is not None:
            self._left_over[update_id] = left_over
        if lane not in self._queues:
            self._queues[lane] = deque()
            self._ready.append(lane)
        self._queues[lane].append((update_id, update))

    def fill(self) -> None:
        """Let as many lanes run as may."""
        while self._ready and self.pool.free:
            lane = self._ready.popleft()
            self.pool.start(lane, self._serve(lane))

    async def _serve(self, lane: int) -> None:
        """Handle a chat's updates, one after the other, until none is left."""
        waiting = self._queues[lane]
        with self._database.claims.holding("chat", lane):
            try:
                while waiting:
                    await self._serve_first(waiting)
                    waiting.popleft()
            finally:
                if waiting:  # cut off in the middle: whoever is free next goes on with it
                    self._ready.append(lane)
                else:
                    del self._queues[lane]

    async def _serve_first(self, waiting: deque[tuple[int, dict[str, Any]]]) -> None:
        update_id, update = waiting[0]
        attempts = self._left_over.pop(update_id, None)
        if attempts is None:
            await self._handle(update_id, update)
        elif attempts == 0:
            await self._stored(partial(self._begun_again, update_id))
            await self._handle(update_id, update)
        else:
            # It was at work at a crash, perhaps at the side of the one that caused it:
            # alone, a crash tells which of them it is.
            async with self._alone:
                await self._stored(partial(self._begun_again, update_id))
                await self._handle(update_id, update)
        self._ended.add(update_id)
        await self._stored(lambda: self._database.together(self._write_ended))
        self._ended.discard(update_id)
        self._metrics.updates_handled.inc()

    async def _handle(self, update_id: int, update: dict[str, Any]) -> None:
        failures = 0
        while True:
            try:
                # Not feed_raw_update, which logs what is raised as a fault of ours.
                model = Update.model_validate(update, context={"bot": self._bot})
                await self._dispatcher.feed_update(self._bot, model)
            except AwayError:
                # As after a crash: whatever was done of it finds itself done.
                log.warning("update begun again, the database was away", update=update_id)
                await self._clock.sleep(BACKOFF.seconds(failures))
                failures += 1
                continue
            except LostLeaseError:
                raise  # another replica handles it
            except Exception:
                # Handlers' own errors were told to the person; this is one of the frame, or
                # an update that no model can read. Neither gets better by trying again.
                log.exception("update not handled", update=update_id)
            return

    async def _write_ended(self, connection: AsyncConnection) -> None:
        """Mark what has ended by now: one statement for all lanes that wait for it."""
        await inbox.finish(connection, list(self._ended), self._clock.now())

    async def _begun_again(self, update_id: int) -> None:
        async with self._database.write() as connection:
            await inbox.begun_again(connection, update_id)

    async def _stored(self, write: Callable[[], Awaitable[None]]) -> None:
        """Write to the inbox; a full disk is waited out, so that nothing is handled twice."""
        failures = 0
        while True:
            try:
                await write()
            except SQLAlchemyError as error:
                if isinstance(error, AwayError):
                    log.warning("inbox not written, the database is away", failures=failures + 1)
                else:
                    log.exception("inbox not written", failures=failures + 1)
                await self._clock.sleep(BACKOFF.seconds(failures))
                failures += 1
            else:
                return
