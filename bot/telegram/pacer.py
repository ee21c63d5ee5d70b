"""Talking to Telegram at its pace: one queue for each chat, in order, and patience.

Sends and edits count together: a second apart in a chat (with a small burst), 20 a minute
in a group, 30 a second overall. `retry_after` is obeyed for the chat it was said for. Of
the edits that wait for one message only the newest is made; results go before them.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    EditMessageMedia,
    GetWebhookInfo,
    SendDocument,
    SendMessage,
    SendPhoto,
    SetWebhook,
    TelegramMethod,
)
from aiogram.methods.base import Response
from aiogram.types import File, Message
from aiohttp import ClientConnectorError

from bot.telegram.send_queue import EDITS, Call, SendQueue
from checking.metrics import Metrics
from handlers.shared.telegram_errors import is_harmless, is_topic_gone
from runtime.backoff import Backoff
from runtime.clock import Clock
from runtime.rate_limits import RateLimiter, SlidingWindow, TokenBucket
from runtime.worker import WorkerPool
from storage.database import LostLeaseError
from storage.engines.claims import Claims

OVERALL_EVERY, OVERALL_BURST = 1 / 28, 10
OVERALL_MOST, OVERALL_SECONDS = 30, 1.0  # in any second, right after a burst, too
BACKOFF = Backoff(first=1.0, longest=30.0)
MOST_TRIES = 40  # about twenty minutes; what the database still wants is begun again after that
LOOK_AGAIN = 0.5  # whether our lease was renewed
CHATS_AT_ONCE = 10_000
CHATS_REMEMBERED = 1_000  # before those that were quiet for long are forgotten

FILES = (SendDocument, SendPhoto)
PACED = (SendMessage, EditMessageMedia, *EDITS, *FILES)

_PASSING = (TelegramNetworkError, TelegramServerError, ClientDecodeError, asyncio.TimeoutError)

log = structlog.get_logger("telegram")

# aiogram names these models anew for every answer, and pydantic builds them anew (10 ms) when
# nobody holds them any more.
_HELD = [
    Response[list[dict[str, Any]]],
    Response[Message],
    Response[bool],
    Response[Message | bool],
    Response[File],
]


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates as it came: an update that a model can't read must not hold up the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = 100
    timeout: int = 25
    allowed_updates: list[str] | None = None


# Their loops have their own patience.
INTAKE = (GetRawUpdates, SetWebhook, DeleteWebhook, GetWebhookInfo)


class Pacer(BaseRequestMiddleware):
    """Wraps every call of the bot."""

    def __init__(self, clock: Clock, metrics: Metrics, claims: Claims) -> None:
        self._clock = clock
        self._metrics = metrics
        self._claims = claims
        self._sent_before: dict[int, int] = {}  # to groups, by whoever worked for them before us
        self._overall = RateLimiter(
            clock,
            TokenBucket(clock, OVERALL_EVERY, OVERALL_BURST),
            SlidingWindow(clock, OVERALL_MOST, OVERALL_SECONDS),
        )
        self._chats: dict[object, SendQueue] = {}
        self.pool = WorkerPool("telegram", CHATS_AT_ONCE, when_done=lambda: None)

    async def __call__(self, make_request: Any, bot: Bot, method: Any) -> Any:
        """Called by aiogram around every request."""

        async def call(wanted: Any) -> Any:
            return await make_request(bot, wanted)

        if isinstance(method, INTAKE):
            return await call(method)
        if not isinstance(method, PACED):
            return await self._patiently(method, call)
        queue = self._queue(method.chat_id)
        done = queue.add(method, call)
        self.pool.start(method.chat_id, self._serve(queue))
        # Shielded: two callers may wait for the same edit, and one of them may give up.
        return await asyncio.shield(done)

    def _queue(self, chat_id: object) -> SendQueue:
        if chat_id not in self._chats:
            if len(self._chats) >= CHATS_REMEMBERED:
                self._chats = {key: each for key, each in self._chats.items() if not each.idle}
            is_group = not isinstance(chat_id, int) or chat_id < 0
            sent = self._sent_before.pop(chat_id, 0) if isinstance(chat_id, int) else 0
            self._chats[chat_id] = SendQueue(self._clock, is_group=is_group, sent=sent)
        return self._chats[chat_id]

    def taken_over(self, groups: Mapping[int, int]) -> None:
        """So many messages each of these groups had from others in the last minute."""
        for group, sent in groups.items():
            self._chats.pop(group, None)
            self._sent_before[group] = sent

    def sent_lately(self) -> dict[int, int]:
        """How many messages each group had from us in the last minute, where any."""
        groups = {key: each for key, each in self._chats.items() if isinstance(key, int)}
        sent = {key: each.minute.taken for key, each in groups.items() if key < 0}
        return {key: count for key, count in sent.items() if count}

    def is_busy(self, chat_id: int) -> bool:
        """Whether something waits for this chat, or what went out still counts."""
        queue = self._chats.get(chat_id)
        return queue is not None and not queue.idle

    async def _serve(self, queue: SendQueue) -> None:
        """Make this chat's calls, one after the other, until none is left."""
        while queue.waiting:
            seconds = queue.wait()
            if seconds > 0:
                await self._clock.sleep(seconds)
                continue
            self._overall.share(self._claims.share)
            await self._overall.turn()
            queued = queue.pop()
            queue.take()
            try:
                result = await self._patiently(queued.method, queued.call)
            except Exception as error:  # noqa: BLE001 # it belongs to whoever asked for the call
                queued.done.set_exception(error)
            else:
                queued.done.set_result(result)

    async def _patiently(self, method: Any, call: Call) -> Any:
        """Make a call until Telegram takes or refuses it."""
        name = type(method).__name__
        for tries in range(MOST_TRIES):
            await self._in_charge()
            try:
                return await call(method)
            except TelegramRetryAfter as error:
                self._metrics.flood_limits.labels(name).inc()
                log.warning("flood limit", method=name, seconds=error.retry_after)
                await self._clock.sleep(error.retry_after)
            except TelegramBadRequest as error:
                if is_harmless(error):
                    return True
                if not (getattr(method, "message_thread_id", None) and is_topic_gone(error)):
                    raise
                # A reply would go to the topic of what it answers, which may be this one.
                log.info("topic gone, sent to the general one", method=name)
                general = {"message_thread_id": None, "reply_parameters": None}
                method = method.model_copy(update=general)
            except _PASSING as error:
                if isinstance(method, AnswerCallbackQuery):
                    # The sign at the button ends by itself; what it asked for is to be done.
                    log.info("tap not answered", error=type(error).__name__)
                    return False
                if not _may_repeat(method, error):
                    raise
                log.warning("telegram out of reach", method=name, error=type(error).__name__)
                await self._clock.sleep(BACKOFF.seconds(tries))
        return await call(method)

    async def _in_charge(self) -> None:
        """Say nothing while others may have taken our work over. Raises LostLeaseError."""
        while not self._claims.alive:
            if self._claims.lost:
                raise LostLeaseError("taken for dead by the other replicas")
            await self._clock.sleep(LOOK_AGAIN)


def _may_repeat(method: Any, error: BaseException) -> bool:
    """Edits repeat without harm; of texts a second copy is better than none.

    A file must not appear twice: it is repeated only when no connection was made at all.
    """
    if isinstance(error, TelegramEntityTooLarge):
        return False
    if isinstance(method, FILES):
        return isinstance(error.__cause__, ClientConnectorError)
    return True


def build_bot(
    token: str, url: str, *, is_local: bool, clock: Clock, metrics: Metrics, claims: Claims
) -> tuple[Bot, Pacer]:
    """The bot, which speaks through a pacer."""
    server = TelegramAPIServer.from_base(url, is_local=is_local)
    session = AiohttpSession(api=server, limit=100)
    pacer = Pacer(clock, metrics, claims)
    session.middleware(pacer)
    return Bot(token, session=session, default=DefaultBotProperties(parse_mode="HTML")), pacer
