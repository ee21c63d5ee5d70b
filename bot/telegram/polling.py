"""The intake: stores updates before it confirms them, then queues them by chat.

aiogram's own polling confirms an update before its handler ends, so a crash loses it. Here a
batch is stored in one commit, then the next offset confirms it to Telegram, and each new update
goes into its chat's queue (`bot.telegram.chat_queues`). After a start, or after another replica
has died, the updates left unhandled are queued again.
"""

import asyncio
import json
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramConflictError, TelegramRetryAfter
from aiogram.methods import DeleteWebhook, GetWebhookInfo
from sqlalchemy.exc import SQLAlchemyError

from bot.telegram.chat_queues import BACKOFF, ChatQueues
from bot.telegram.pacer import GetRawUpdates
from bot.telegram.source import ALLOWED, REFUSALS, chat_of, is_moved, is_ours, verify_token
from checking.metrics import Metrics
from handlers.shared.telegram_errors import is_webhook_set, words_of
from runtime.clock import Clock
from runtime.errors import CutOffError
from runtime.wake_up import WakeUp
from runtime.worker import Worker
from storage.database import Database
from storage.records import inbox, services
from storage.records.inbox import StoredUpdate

LONG_POLL_SECONDS = 25
STANDBY_SECONDS = 1.0  # between two looks of a replica whether it should fetch or take over

log = structlog.get_logger("updates")


class Intake:
    """Fetches and stores updates, and adds them to the chat queues."""

    silence = "no answer from Telegram"

    def __init__(
        self,
        *,
        database: Database,
        bot: Bot,
        chat_queues: ChatQueues,
        clock: Clock,
        metrics: Metrics,
        wake_up: WakeUp,
    ) -> None:
        self._database = database
        self._bot = bot
        self.chat_queues = chat_queues
        self._clock = clock
        self._metrics = metrics
        self._wake_up = wake_up
        self._failures = 0
        self._offset: int | None = None
        self._stopping = False
        self._request: asyncio.Future[list[dict[str, Any]]] | None = None
        self._hooked = True  # a webhook may be set: by the last process, or by somebody else
        self._taking_up = asyncio.Lock()
        self._unsure = False  # whether updates may be ours unknown to us, after a lost commit reply
        self.fetched_at = clock.now()
        self.stored_at = 0.0
        self.worker = Worker("inbox", self.step, clock)
        wake_up.subscribe(self.worker.wake)

    async def recover(self) -> None:
        """Queue the updates that the last process left unhandled."""
        left = await self.take_up()
        async with self._database.write() as connection:
            await inbox.forget_old(connection, self._clock.now())
            aside = await inbox.count_set_aside(connection)
        if left or aside:
            log.info("updates recovered", count=left, set_aside=aside)

    async def left_in_order(self) -> None:
        """Note at an end in order that no crash left what is not handled; replicas give it back."""
        if self._database.claims.replica is None:
            with suppress(SQLAlchemyError):  # then it is taken for a crash
                async with self._database.write() as connection:
                    await inbox.left_in_order(connection)

    def stop(self) -> None:
        """Fetch no more updates. A batch that is being stored is completed."""
        self._stopping = True
        if self._request is not None:
            self._request.cancel()

    async def run(self) -> None:
        """Fetch until stopped. Raises NotAuthorizedError."""
        while not self._stopping:
            try:
                await self._fetch()
            except asyncio.CancelledError:
                if not self._stopping:
                    raise
            except REFUSALS as error:
                await verify_token(self._bot, error)
                await self._back_off(0)
            except TelegramRetryAfter as error:
                await self._clock.sleep(error.retry_after)
            except (AiogramError, TimeoutError, OSError) as error:
                if not is_moved(error):
                    why, failures = words_of(error), self._failures + 1
                    log.warning("update fetch failed", why=why, failures=failures)
                await self._back_off(0)
            except CutOffError as error:
                log.warning("update storage cut off", why=str(error), failures=self._failures + 1)
                await self._back_off(0)
            except Exception:
                # Most likely a full disk. Nothing was confirmed, so nothing is lost.
                log.exception("update storage failed", failures=self._failures + 1)
                await self._back_off(0)

    async def _fetch(self) -> None:
        """Fetch one batch, if this process is the one that fetches; otherwise stand by."""
        try:
            if await self._database.claims.take("role", ["updates"]):
                if self._hooked:  # Telegram refuses getUpdates while one is set
                    info = await self._bot(GetWebhookInfo())
                    if info.url:
                        await self._bot(DeleteWebhook(drop_pending_updates=False))
                        log.warning("webhook removed", host=urlsplit(info.url).hostname)
                    self._hooked = False
                self._offset = await self.fetch_once(self._offset)
                self._failures = 0
            else:
                self._offset = None
                await self._clock.sleep(STANDBY_SECONDS)
        except TelegramConflictError as error:
            if is_webhook_set(error):
                self._hooked = True
                await self._back_off(0)
            elif self._database.claims.replica is not None:
                # Two replicas overlap for a moment when one takes over from the other.
                log.warning("updates fetched by another replica", why=words_of(error))
                await self._back_off(0)
            else:
                hint = "stop one of the two programs"
                log.error("updates fetched elsewhere", why=words_of(error), hint=hint)  # noqa: TRY400 # nothing broke here
                await self._back_off(BACKOFF.longest / 3)
        else:
            self.fetched_at = self._clock.now()

    async def _back_off(self, least: float) -> None:
        wait = BACKOFF.seconds(self._failures)
        self._failures += 1
        await self._clock.sleep(max(wait, least))

    async def fetch_once(self, offset: int | None) -> int | None:
        """Fetch and store one batch; return the offset that confirms it.

        An offset is sent only once, since Telegram may restart its ids at a lower number.
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
        """Store a batch in one commit, and queue the updates that are new and ours."""
        batch = [update for update in batch if is_ours(update)]
        vault = self._database.vault
        rows = [
            StoredUpdate(
                update_id=int(update["update_id"]),
                lane=chat_of(update),
                sealed=vault.seal_text(
                    json.dumps(update), "inbox.update", int(update["update_id"])
                ),
            )
            for update in batch
        ]
        async with self._database.write() as connection:
            new = await inbox.store(connection, rows, self._clock.now())
        self.stored_at = self._clock.now()
        self._metrics.updates_stored.inc(len(new))
        if self._database.claims.replica is not None:
            if new:
                self._wake_up.notify()  # the replica that holds the chat takes it up
            return
        for row, update in zip(rows, batch, strict=True):
            if row.update_id in new:
                self.chat_queues.add(row.update_id, row.lane, update)
        self.chat_queues.fill()

    async def step(self) -> float | None:
        """Take up updates that others stored or left; return the time of the next look."""
        if self._database.claims.replica is None:
            return None
        await self.take_up()
        if self._database.claims.share == 1.0:  # no other replica is live
            return None
        return self._clock.now() + STANDBY_SECONDS

    async def take_up(self) -> int:
        """Queue stored updates that no process works on; return their number."""
        now, claims = self._clock.now(), self._database.claims
        async with self._taking_up:
            if self._unsure:
                async with self._database.write() as connection:
                    await inbox.give_up(connection, claims.replica, self.chat_queues.ids())
            async with self._database.read() as connection:
                waiting = await inbox.lanes_waiting(connection, claims.replica)
            # Each chat has a preferred replica; the others take it only after STANDBY_SECONDS.
            wanted = [
                chat_id
                for chat_id, since in waiting.items()
                if claims.prefers(chat_id) or since <= now - STANDBY_SECONDS
            ]
            ours = await claims.take("chat", wanted)
            if not ours:
                return 0
            self._unsure = True
            async with self._database.write() as connection:
                chats = [int(chat_id) for chat_id in ours]
                aside = await inbox.set_aside(connection, claims.replica, chats, now)
                told = sorted({lane for _, lane in aside if lane})
                await services.note_owners(
                    connection,
                    self._database.vault,
                    told,
                    key="update-set-aside",
                    values={},
                    now=now,
                )
                found = await inbox.take_up(connection, claims.replica, chats)
            self._unsure = False
        for update_id, _ in aside:
            log.error("update set aside", update=update_id)
        for update in found:
            opened = self._database.vault.open(update.sealed, "inbox.update", update.update_id)
            self.chat_queues.add(
                update.update_id, update.lane, json.loads(opened), update.left_over
            )
        self.chat_queues.fill()
        return len(found)
