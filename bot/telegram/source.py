"""The interface of update sources, their refusals, and what an update tells before it is read."""

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

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
LARGEST_CHAT_ID = 2**52
"""Ids of chats have at most 52 bits (Bot API, Chat.id); what is larger doesn't fit a column."""
REFUSALS = (TelegramUnauthorizedError, TelegramNotFound)
"""Of a token: one that was replaced, and one that never was."""
_OF_OTHERS = ("business_connection_id", "guest_query_id")

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
        message = part.get("message")
        within = message.get("chat") if isinstance(message, dict) else None
        place = part.get("chat") or within or part.get("from")
        chat_id = place.get("id") if isinstance(place, dict) else None
        if isinstance(chat_id, int) and abs(chat_id) < LARGEST_CHAT_ID:
            return int(chat_id)
    return 0


def is_ours(update: dict[str, Any]) -> bool:
    """Tell whether an update is of a kind that the bot asks for, and of a chat that it is in.

    Messages of a business account, and of chats that summon the bot as a guest, concern people
    who never spoke to it, and may carry the chat id of somebody who did.
    """
    for kind in ALLOWED:
        part = update.get(kind)
        if isinstance(part, dict):
            message = part.get("message") if kind == "callback_query" else part
            return not (isinstance(message, dict) and any(message.get(each) for each in _OF_OTHERS))
    return False
