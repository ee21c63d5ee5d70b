"""Rate limits and retries for calls to Telegram, with one queue for each chat.

Sends and edits share a limit: one per second in a chat (with a small burst), 20 per minute in a
group, 30 per second overall. `retry_after` delays only the chat that it was given for; if it is
long, a job that holds a slot of a loop gets it as an error, gives up the slot and comes again. Of
several edits that wait for one message only the newest is sent; results precede edits.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.middlewares.base import BaseRequestMiddleware
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    EditMessageMedia,
    GetMe,
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

from bot.telegram.file_names import FileNames
from bot.telegram.send_queue import EDITS, Call, SendQueue
from bot.telegram.session import Session
from checking.metrics import Metrics
from handlers.shared.telegram_errors import is_harmless, is_logged_out, is_topic_gone
from runtime.backoff import Backoff
from runtime.clock import Clock
from runtime.due_loop import LONGEST_IN_A_SLOT, has_slot
from runtime.proxies.address import ProxyAddress
from runtime.rate_limits import RateLimiter, SlidingWindow, TokenBucket
from runtime.worker import WorkerPool
from storage.database import LostLeaseError
from storage.engines.claims import Claims

OVERALL_EVERY, OVERALL_BURST = 1 / 28, 10
OVERALL_MOST, OVERALL_SECONDS = 30, 1.0  # in any second, also right after a burst
BACKOFF = Backoff(first=1.0, longest=30.0)
MOST_TRIES = 40  # about twenty minutes; then the caller's own retries begin again
LOOK_AGAIN = 0.5  # seconds between two looks whether our lease was renewed
CHATS_AT_ONCE = 10_000
CHATS_REMEMBERED = 1_000  # before idle chats are evicted

FILES = (SendDocument, SendPhoto)
PACED = (SendMessage, EditMessageMedia, *EDITS, *FILES)

_PASSING = (TelegramNetworkError, TelegramServerError, ClientDecodeError, asyncio.TimeoutError)

log = structlog.get_logger("telegram")

# aiogram asks for these models at every answer; without a reference pydantic would rebuild them
# each time (10 ms).
_HELD = [
    Response[list[dict[str, Any]]],
    Response[Message],
    Response[bool],
    Response[Message | bool],
    Response[File],
]


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates with raw results: an update that no model can read must not block the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = 100
    timeout: int = 25
    allowed_updates: list[str] | None = None


# Their loops retry by themselves.
INTAKE = (GetRawUpdates, SetWebhook, DeleteWebhook, GetWebhookInfo)


class Pacer(BaseRequestMiddleware):
    """Wraps every call of the bot: queues it, applies the limits, retries."""

    def __init__(self, clock: Clock, metrics: Metrics, claims: Claims) -> None:
        self._clock = clock
        self._metrics = metrics
        self._claims = claims
        self._sent_before: dict[object, int] = {}  # to groups, by the replica that had them before
        self._overall = RateLimiter(
            clock,
            TokenBucket(clock, OVERALL_EVERY, OVERALL_BURST),
            SlidingWindow(clock, OVERALL_MOST, OVERALL_SECONDS),
        )
        self._chats: dict[object, SendQueue] = {}
        self.pool = WorkerPool("telegram", CHATS_AT_ONCE, when_done=lambda: None)

    async def __call__(self, make_request: Any, bot: Bot, method: Any) -> Any:
        """Make a call within the limits; called by aiogram."""
        if isinstance(method, INTAKE):
            return await make_request(bot, method)

        async def call(wanted: Any) -> Any:
            # Send nothing while other replicas may have taken over our work.
            while not self._claims.alive:
                if self._claims.lost:
                    raise LostLeaseError("lease lost, other replicas took over")
                await self._clock.sleep(LOOK_AGAIN)
            try:
                return await make_request(bot, wanted)
            except TelegramBadRequest as error:
                if not is_logged_out(error) or isinstance(wanted, GetMe):
                    raise
                # It is the bot that is refused, and not this message.
                raise TelegramUnauthorizedError(wanted, error.message) from None

        if not isinstance(method, PACED):
            return await self._patiently(method, call)
        chat_id = method.chat_id
        if chat_id not in self._chats:
            if len(self._chats) >= CHATS_REMEMBERED:
                self._chats = {key: each for key, each in self._chats.items() if not each.idle}
            is_group = not isinstance(chat_id, int) or chat_id < 0
            sent = self._sent_before.pop(chat_id, 0)
            self._chats[chat_id] = SendQueue(self._clock, is_group=is_group, sent=sent)
        queue = self._chats[chat_id]
        done = queue.add(method, call)
        self.pool.start(chat_id, self._serve(queue))
        # Shielded: two callers may wait for the same edit, and one of them may be cancelled.
        return await asyncio.shield(done)

    def taken_over(self, groups: Mapping[int, int]) -> None:
        """Note how many messages other replicas sent to these groups in the last minute."""
        for group, sent in groups.items():
            self._chats.pop(group, None)
            self._sent_before[group] = sent

    def sent_lately(self) -> dict[int, int]:
        """Return how many messages each group got from us in the last minute, if any."""
        groups = {key: each for key, each in self._chats.items() if isinstance(key, int)}
        sent = {key: each.minute.taken for key, each in groups.items() if key < 0}
        return {key: count for key, count in sent.items() if count}

    def is_busy(self, chat_id: int) -> bool:
        """Tell whether a call to this chat waits, or an earlier one still counts."""
        queue = self._chats.get(chat_id)
        return queue is not None and not queue.idle

    async def _serve(self, queue: SendQueue) -> None:
        """Make a chat's calls one by one until its queue is empty."""
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
            except TelegramRetryAfter as error:
                queue.hold(queued, error.retry_after)
            except Exception as error:  # noqa: BLE001 # it belongs to the caller
                queued.done.set_exception(error)
            else:
                queued.done.set_result(result)

    async def _patiently(self, method: Any, call: Call) -> Any:
        """Repeat a call until Telegram accepts or refuses it."""
        name = type(method).__name__
        for tries in range(MOST_TRIES):
            try:
                return await call(method)
            except TelegramRetryAfter as error:
                self._metrics.flood_limits.labels(name).inc()
                log.warning("flood limit hit", method=name, seconds=error.retry_after)
                gives_up = has_slot.get() and error.retry_after > LONGEST_IN_A_SLOT
                if gives_up or isinstance(method, PACED):
                    raise  # of these the queue waits, with all that is in it
                await self._clock.sleep(error.retry_after)
            except TelegramBadRequest as error:
                if is_harmless(error):
                    return True
                if not (getattr(method, "message_thread_id", None) and is_topic_gone(error)):
                    raise
                # A reply goes to the topic of its message, which may be this one.
                log.info("message moved to general topic", method=name)
                general = {"message_thread_id": None, "reply_parameters": None}
                method = method.model_copy(update=general)
            except (TelegramUnauthorizedError, *_PASSING) as error:
                if isinstance(method, AnswerCallbackQuery):
                    # Its progress sign ends by itself; the handler must go on.
                    log.info("callback query not answered", error=type(error).__name__)
                    return False
                if not _may_repeat(method, error):
                    raise
                log.warning("telegram unreachable", method=name, error=type(error).__name__)
                await self._clock.sleep(BACKOFF.seconds(tries))
        return await call(method)


def _may_repeat(method: Any, error: Exception) -> bool:
    """Tell whether a call can be made again that Telegram gave no answer to, or refused the bot."""
    if isinstance(error, TelegramUnauthorizedError):
        return not isinstance(method, GetMe)  # it is asked whether the token is wrong for good
    # A second copy of a text is better than none, and edits are idempotent. But a file must not
    # appear twice: it is repeated only if no connection was made at all.
    unsent = isinstance(error.__cause__, ClientConnectorError)
    too_large = isinstance(error, TelegramEntityTooLarge)
    return not too_large and (unsent or not isinstance(method, FILES))


def build_bot(
    token: str,
    url: str,
    *,
    is_local: bool,
    clock: Clock,
    metrics: Metrics,
    claims: Claims,
    proxy: ProxyAddress | None = None,
) -> tuple[Bot, Pacer]:
    """Build the bot, and the pacer that all its calls go through."""
    server = TelegramAPIServer.from_base(url, is_local=is_local)
    session = Session(clock, server, proxy)
    pacer = Pacer(clock, metrics, claims)
    session.middleware(FileNames())
    session.middleware(pacer)
    # A message that we answer may have been deleted meanwhile.
    default = DefaultBotProperties(parse_mode="HTML", allow_sending_without_reply=True)
    return Bot(token, session=session, default=default), pacer
