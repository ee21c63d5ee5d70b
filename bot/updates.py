"""The intake: updates are stored before they are confirmed, and handled in order by chat.

aiogram's own polling confirms an update before its handler ends, so that a crash loses it.
Here a batch is stored in one commit, then the next offset confirms it to Telegram; each
chat has a lane in which its updates are handled one at a time, lanes run side by side, and
what is handled is marked so. At a start, what is not marked is handled again.
"""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import DeleteWebhook
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.source import lane_of
from bot.telegram import GetRawUpdates
from checking.clock import Clock
from checking.metrics import Metrics
from checking.worker import Crew
from storage import inbox
from storage.database import Database
from storage.inbox import StoredUpdate

LONG_POLL_SECONDS = 25
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
LANES_AT_ONCE = 256
ALLOWED = ["message", "callback_query", "my_chat_member"]

log = structlog.get_logger("updates")


class NotAuthorizedError(Exception):
    """Telegram doesn't know BOT_TOKEN: nothing can be done but to put the right one there."""


class Intake:
    """Fetches, stores and hands out updates."""

    silence = "no answer from Telegram"

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
        self._lanes: dict[int, deque[tuple[int, dict[str, Any]]]] = {}
        self._ended: set[int] = set()  # handled, and not marked as such yet
        self._ready: deque[int] = deque()  # lanes that nobody serves yet
        self._left_over: dict[int, int] = {}  # by a crash: how often each was begun since
        self._alone = asyncio.Lock()
        self._failures = 0
        self._stopping = False
        self._request: asyncio.Future[list[dict[str, Any]]] | None = None
        self._hooked = True  # as far as we know: the last process may have set a webhook
        self.fetched_at = clock.now()
        self.stored_at = 0.0
        self.crew = Crew("updates", LANES_AT_ONCE, when_done=self._fill)

    async def recover(self) -> None:
        """Hand out again what the last process left."""
        now = self._clock.now()
        async with self._database.write() as connection:
            left = await inbox.take_up_again(connection, now)
            await inbox.forget_old(connection, now)
            aside = await inbox.count_set_aside(connection)
        if left or aside:
            log.info("updates taken up again", count=len(left), set_aside=aside)
        for stored in left:
            opened = self._database.vault.open(stored.sealed, "inbox.update")
            self._left_over[stored.update_id] = stored.attempts
            self._enqueue(stored.update_id, stored.lane, json.loads(opened))
        self._fill()

    def stop(self) -> None:
        """Fetch no more. A batch that is being stored is stored to its end."""
        self._stopping = True
        if self._request is not None:
            self._request.cancel()

    async def run(self) -> None:
        """Fetch until stopped. Raises NotAuthorizedError."""
        offset: int | None = None
        while not self._stopping:
            try:
                await self._unhook()
                offset = await self.fetch_once(offset)
                self._failures = 0
                self.fetched_at = self._clock.now()
            except asyncio.CancelledError:
                if not self._stopping:
                    raise
            except TelegramUnauthorizedError:
                raise NotAuthorizedError from None
            except TelegramConflictError:
                log.error("another process fetches this bot's updates; stop one of the two")  # noqa: TRY400 # no traceback for what an operator did
                await self._back_off(LONGEST_WAIT / 3)
            except TelegramRetryAfter as error:
                await self._clock.sleep(error.retry_after)
            except (AiogramError, TimeoutError, OSError) as error:
                log.warning("no updates", error=type(error).__name__, failures=self._failures + 1)
                await self._back_off(0)
            except Exception:
                # Most likely the disk is full. Nothing was confirmed, so nothing is lost.
                log.exception("updates can't be stored", failures=self._failures + 1)
                await self._back_off(0)

    async def _back_off(self, least: float) -> None:
        wait = min(FIRST_WAIT * 2.0 ** min(self._failures, 8), LONGEST_WAIT)
        self._failures += 1
        await self._clock.sleep(max(wait, least))

    async def _unhook(self) -> None:
        """Once, before the first fetching: while a webhook is set, Telegram lets nobody fetch."""
        if self._hooked:
            await self._bot(DeleteWebhook(drop_pending_updates=False))
            self._hooked = False

    async def fetch_once(self, offset: int | None) -> int | None:
        """Fetch and store one batch; give the offset that confirms it.

        The offset is named once and then left out: Telegram may begin its ids anew, lower.
        """
        method = GetRawUpdates(offset=offset, timeout=LONG_POLL_SECONDS, allowed_updates=ALLOWED)
        request = self._bot(method, request_timeout=LONG_POLL_SECONDS + 15)
        self._request = asyncio.ensure_future(request)
        batch = await self._request
        self._request = None
        if not batch:
            return None
        await self.store(batch)
        return max(int(update["update_id"]) for update in batch) + 1

    async def store(self, batch: list[dict[str, Any]]) -> None:
        """Keep a batch, in one commit, and hand out what is new of it."""
        vault = self._database.vault
        rows = [
            StoredUpdate(
                update_id=int(update["update_id"]),
                lane=lane_of(update),
                sealed=vault.seal_text(json.dumps(update), "inbox.update"),
            )
            for update in batch
        ]
        async with self._database.write() as connection:
            new = await inbox.store(connection, rows, self._clock.now())
        self.stored_at = self._clock.now()
        self._metrics.updates_stored.inc(len(new))
        for row, update in zip(rows, batch, strict=True):
            if row.update_id in new:
                self._enqueue(row.update_id, row.lane, update)
        self._fill()

    @property
    def idle(self) -> bool:
        """Whether every stored update is handled."""
        return not self._lanes

    def _enqueue(self, update_id: int, lane: int, update: dict[str, Any]) -> None:
        if lane not in self._lanes:
            self._lanes[lane] = deque()
            self._ready.append(lane)
        self._lanes[lane].append((update_id, update))

    def _fill(self) -> None:
        """Let as many lanes run as may."""
        while self._ready and self.crew.free:
            lane = self._ready.popleft()
            self.crew.start(lane, self._serve(lane))

    async def _serve(self, lane: int) -> None:
        """Handle a chat's updates, one after the other, until none is left."""
        waiting = self._lanes[lane]
        try:
            while waiting:
                await self._serve_first(waiting)
                waiting.popleft()
        finally:
            if waiting:  # cut off in the middle: whoever is free next goes on with it
                self._ready.append(lane)
            else:
                del self._lanes[lane]

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
        try:
            await self._dispatcher.feed_raw_update(self._bot, update)
        except Exception:
            # Handlers' own errors were told to the person; this is one of the frame, or
            # an update that no model can read. Neither gets better by trying again.
            log.exception("update not handled", update=update_id)

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
            except SQLAlchemyError:
                log.exception("inbox not written", failures=failures + 1)
                await self._clock.sleep(min(FIRST_WAIT * 2.0**failures, LONGEST_WAIT))
                failures = min(failures + 1, 8)
            else:
                return
