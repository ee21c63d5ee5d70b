"""The webhook: Telegram sends each update, which is stored before the answer 200.

Telegram repeats an update without that answer for a day, so a full disk or a restart loses
nothing. An update that arrives twice is stored once, by its id, as when polling. Handling begins
after the answer. A request with a wrong path or secret does not learn which of them is wrong.
"""

import asyncio
import hmac
import json
from urllib.parse import urlsplit

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramRetryAfter
from aiogram.methods import GetWebhookInfo, SetWebhook
from aiohttp import web

from bot.telegram.polling import Intake
from bot.telegram.source import ALLOWED, REFUSALS, is_moved, verify_token
from handlers.shared.telegram_errors import words_of
from runtime.clock import Clock
from runtime.finishing import finished
from runtime.web import serving
from runtime.worker import first_of

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 # the name of a header
MOST_BYTES = 1_000_000  # an update holds a message of at most 4,096 characters and its metadata
READ_SECONDS = 10.0  # for a request body; real seconds
CLOSE_SECONDS = 0.5  # for open requests at the end
# One connection writes to the database; more requests would only queue for it.
CONNECTIONS = 20
LOOK_SECONDS = 30.0
LARGEST_ID = 2**63 - 1

log = structlog.get_logger("updates")


class Webhook:
    """Receives updates from Telegram, and checks regularly that they get through."""

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
        self._was_unsigned = False  # since the last look something came to our path without secret
        self._looked_at = 0.0
        self.fetched_at = clock.now()
        self.silence = "no answer from Telegram"

    def stop(self) -> None:
        """Stop listening. The webhook stays set: Telegram keeps updates until the next start."""
        self._stopped.set()

    async def run(self) -> None:
        """Listen until stopped. Raises NotAuthorizedError, CannotListenError."""
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_route("*", "/{anything:.*}", self._answer)
        host, port = self._host, self._port
        async with serving(app, host, port, setting="WEBHOOK", shutdown_seconds=CLOSE_SECONDS):
            while not self._stopped.is_set():
                pause = LOOK_SECONDS
                try:
                    await (self._look() if self._is_set else self._set())
                except REFUSALS as error:
                    await verify_token(self._bot, error)
                except TelegramRetryAfter as error:
                    pause = max(error.retry_after, LOOK_SECONDS)
                except (AiogramError, TimeoutError, OSError) as error:
                    self.silence = "no answer from Telegram"
                    if is_moved(error):
                        pass
                    elif isinstance(error, TelegramBadRequest):
                        self.silence = "Telegram refuses WEBHOOK_URL"
                        log.error("webhook refused", why=error.message)  # noqa: TRY400 # no traceback for a setting
                    else:
                        log.warning("webhook check failed", why=words_of(error))
                await first_of(self._clock.sleep(pause), self._stopped.wait())

    async def _answer(self, request: web.Request) -> web.Response:
        # No short circuit: the time must not tell which of them is wrong.
        path = _is_same(request.raw_path, self._path)
        secret = _is_same(request.headers.get(SECRET_HEADER, ""), self._secret)
        post = request.method == "POST"
        self._was_unsigned |= path & post & (not secret)
        if not path & secret & post:
            return web.Response(status=401)
        try:
            async with asyncio.timeout(READ_SECONDS):
                body = await request.read()
        except TimeoutError:
            return web.Response(status=408)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            update = None
        update_id = update.get("update_id") if isinstance(update, dict) else None
        if not (isinstance(update_id, int) and 0 < update_id <= LARGEST_ID):
            log.warning("webhook update rejected")
            return web.Response(status=400)
        try:
            # To its end: what is stored must be queued even if Telegram closes the connection.
            await finished(self._intake.store([update]))
        except Exception:
            # Most likely a full disk. Telegram keeps the update and sends it again.
            log.exception("update storage failed")
            return web.Response(status=500)
        return web.Response()

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
        self._is_set, self._was_unsigned = True, False
        self.fetched_at = self._looked_at = self._clock.now()

    async def _look(self) -> None:
        """Check that no update waits at Telegram, or that some came since the last look.

        Telegram's last error says less: it may be over, or concern one chat only.
        """
        info = await self._bot(GetWebhookInfo())
        # Telegram doesn't tell the secret. What came without ours, and still waits there, does,
        # unless it came from a stranger, and Telegram met something else.
        met_our_401 = self._was_unsigned and "401" in (info.last_error_message or "")
        # Without a list of kinds it sends all that we need.
        others = {
            "another address": info.url != self._url,
            "too few kinds of updates": not {*ALLOWED} <= {*(info.allowed_updates or ALLOWED)},
            "another secret": met_our_401 and bool(info.pending_update_count),
        }
        if any(others.values()):
            why = next(what for what, found in others.items() if found)
            log.error("foreign webhook overwritten", why=why)
            await self._set()
            return
        self._was_unsigned = False
        came = self._intake.stored_at >= self._looked_at
        self._looked_at = self._clock.now()
        if came or not info.pending_update_count:
            self.fetched_at = self._looked_at
            return
        self.silence = "Telegram can't deliver to WEBHOOK_URL"
        log.warning(
            "webhook delivery stalled",
            waiting=info.pending_update_count,
            why=info.last_error_message,
        )


def _is_same(given: str, expected: bytes) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), expected)
