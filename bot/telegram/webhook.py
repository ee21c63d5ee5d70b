"""The webhook: Telegram sends the updates, and each is stored before it is answered with 200.

Whatever isn't answered so, Telegram sends again, for a day: a failing disk or a restart loses
nothing. What comes twice is stored once, by its id, as when fetched. Handling begins after the
answer. Whoever doesn't know the path and the secret learns nothing, not even which was wrong.
"""

import asyncio
import hmac
import json
from typing import Any
from urllib.parse import urlsplit

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetWebhookInfo, SetWebhook
from aiohttp import web

from bot.telegram.polling import ALLOWED, Intake, NotAuthorizedError
from runtime.clock import Clock
from runtime.web import serving
from runtime.worker import first_of

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 # the name of a header
MOST_BYTES = 1_000_000  # an update is a message of 4,096 signs and what is around it
READ_SECONDS = 10.0  # for a body to come in; real ones
CLOSE_SECONDS = 0.5  # for an answer that is on its way at the end
# One connection writes to the database; more at a time would only stand in line before it.
CONNECTIONS = 20
LOOK_SECONDS = 30.0
LARGEST_ID = 2**63 - 1

log = structlog.get_logger("updates")


class Webhook:
    """Takes in what Telegram sends, and looks again and again whether it gets through."""

    def __init__(
        self,
        *,
        intake: Intake,
        bot: Bot,
        clock: Clock,
        url: str,
        secret: str,
        host: str,
        port: int,
    ) -> None:
        self._intake = intake
        self._bot = bot
        self._clock = clock
        self._url = url
        self._path = (urlsplit(url).path or "/").encode()
        self._secret = secret.encode()
        self._host, self._port = host, port
        self._stopped = asyncio.Event()
        self._is_set = False
        self._looked_at = 0.0
        self.fetched_at = clock.now()
        self.silence = "no answer from Telegram"

    def stop(self) -> None:
        """Listen no more. The webhook stays set: Telegram keeps what comes for the next start."""
        self._stopped.set()

    async def run(self) -> None:
        """Listen until stopped. Raises NotAuthorizedError, and OSError when the port is taken."""
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_route("*", "/{anything:.*}", self._answer)
        async with serving(app, self._host, self._port, shutdown_seconds=CLOSE_SECONDS):
            while not self._stopped.is_set():
                pause = await self._look_after()
                await first_of(self._clock.sleep(pause), self._stopped.wait())

    async def _answer(self, request: web.Request) -> web.Response:
        if not self._is_telegram(request):
            return web.Response(status=401)
        try:
            async with asyncio.timeout(READ_SECONDS):
                update = _read(await request.read())
        except TimeoutError:
            return web.Response(status=408)
        if update is None:
            log.warning("webhook got what is no update")
            return web.Response(status=400)
        try:
            # Shielded: what is stored must be handed out, whoever has hung up meanwhile.
            await asyncio.shield(self._intake.store([update]))
        except Exception:
            # Most likely the disk is full. Telegram keeps the update and sends it again.
            log.exception("updates can't be stored")
            return web.Response(status=500)
        return web.Response()

    def _is_telegram(self, request: web.Request) -> bool:
        """Whether path and secret are right; equally long for whatever is wrong."""
        path = _is_same(request.raw_path, self._path)
        secret = _is_same(request.headers.get(SECRET_HEADER, ""), self._secret)
        return path & secret & (request.method == "POST")

    async def _look_after(self) -> float:
        """Set it, or look how it does; gives the seconds until the next look."""
        try:
            await (self._look() if self._is_set else self._set())
        except TelegramUnauthorizedError:
            raise NotAuthorizedError from None
        except TelegramRetryAfter as error:
            return max(error.retry_after, LOOK_SECONDS)
        except TelegramBadRequest as error:
            self.silence = "Telegram refuses WEBHOOK_URL"
            log.error("Telegram refuses the webhook", why=error.message)  # noqa: TRY400 # no traceback for a setting
        except (AiogramError, TimeoutError, OSError) as error:
            self.silence = "no answer from Telegram"
            log.warning("webhook not looked after", error=type(error).__name__)
        return LOOK_SECONDS

    async def _set(self) -> None:
        await self._bot(
            SetWebhook(
                url=self._url,
                secret_token=self._secret.decode(),
                allowed_updates=ALLOWED,
                drop_pending_updates=False,
                max_connections=CONNECTIONS,
            )
        )
        self._is_set = True
        self.fetched_at = self._looked_at = self._clock.now()

    async def _look(self) -> None:
        """Updates flow when none waits at Telegram, or some came since the last look.

        That Telegram saw an error says less: it may be over, or stand for one chat only.
        """
        info = await self._bot(GetWebhookInfo())
        if info.url != self._url:
            log.error("somebody else changed the webhook; set again")
            await self._set()
            return
        came = self._intake.stored_at >= self._looked_at
        self._looked_at = self._clock.now()
        if came or not info.pending_update_count:
            self.fetched_at = self._looked_at
            return
        self.silence = "Telegram can't deliver to WEBHOOK_URL"
        log.warning(
            "updates don't get through",
            waiting=info.pending_update_count,
            why=info.last_error_message,
        )


def _is_same(said: str, right: bytes) -> bool:
    return hmac.compare_digest(said.encode("utf-8", "surrogateescape"), right)


def _read(body: bytes) -> dict[str, Any] | None:
    """The update in a body, None when there is none."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(update, dict):
        return None
    number = update.get("update_id")
    is_id = isinstance(number, int) and 0 < number <= LARGEST_ID
    return update if is_id else None
