"""The interface of update sources, what they share about refusals, and the chat of an update."""

from typing import Any, Protocol

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)

from handlers.shared.telegram_errors import is_logged_out, words_of

REFUSALS = (TelegramUnauthorizedError, TelegramNotFound)
"""Of a token: one that was replaced, and one that never was."""

log = structlog.get_logger("updates")


class NotAuthorizedError(Exception):
    """Telegram refuses BOT_TOKEN, in these words; only a correct token or address helps."""


class Source(Protocol):
    """A source of updates: polling (`bot.telegram.polling`) or `bot.telegram.webhook`."""

    fetched_at: float
    """When updates were last known to arrive, in unix seconds."""
    silence: str
    """The problem to report if that is long ago."""

    async def run(self) -> None:
        """Receive updates until stopped. Raises NotAuthorizedError."""

    def stop(self) -> None:
        """Receive no more updates."""


async def verify_token(bot: Bot, refusal: TelegramAPIError) -> None:
    """Ask with getMe whether the token is refused: one refusal may be a mistake of Telegram's.

    Raises NotAuthorizedError if it is none.
    """
    try:
        await bot.get_me()
    except REFUSALS as error:
        raise NotAuthorizedError(words_of(error)) from None
    except (AiogramError, TimeoutError, OSError) as error:
        log.warning("token not verified", why=words_of(error))
    else:
        log.warning("token refused once", why=words_of(refusal))


def is_moved(error: Exception) -> bool:
    """Tell, also in the log, whether the bot was logged out to work at another server."""
    is_out = is_logged_out(error)
    if is_out:
        log.error("bot logged out", why=words_of(error))
    return is_out


def chat_of(update: dict[str, Any]) -> int:
    """Return the id of the chat whose order an update belongs to, else of its sender, else 0."""
    for part in update.values():
        if not isinstance(part, dict):
            continue
        place = part.get("chat") or (part.get("message") or {}).get("chat") or part.get("from")
        if isinstance(place, dict) and isinstance(place.get("id"), int):
            return int(place["id"])
    return 0
