"""What Telegram's refusals mean for a chat: it is silent from now on, or it has moved."""

import structlog
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
)

from handlers.shared.context import BotContext
from storage.upkeep import migrate_chat

# Of the refusals that come as a bad request: gone, or no right to write (any more).
_SILENT = (
    "chat not found",
    "not enough rights to send",
    "have no rights to send",
    "CHAT_WRITE_FORBIDDEN",
    "CHAT_SEND_",
    "CHAT_RESTRICTED",
    "TOPIC_CLOSED",  # the general one, that is: others give way to it
)

log = structlog.get_logger("chats")


async def settled(ctx: BotContext, error: Exception, chat_id: int | None) -> bool:
    """Whether an error is only about how its chat stands; that is noted then.

    `chat_id` is where the work belonged to, in case the call doesn't say where it went.
    """
    if not isinstance(error, TelegramAPIError):
        return False
    named = getattr(error.method, "chat_id", None)
    chat_id = named if isinstance(named, int) else chat_id
    if chat_id is None:
        return False
    if isinstance(error, TelegramMigrateToChat):
        await move_chat(ctx, chat_id, error.migrate_to_chat_id)
        return True
    if isinstance(error, TelegramForbiddenError) or (
        isinstance(error, TelegramBadRequest) and any(each in error.message for each in _SILENT)
    ):
        log.info("chat refuses messages", says=error.message)
        await ctx.blocked(chat_id)
        return True
    return False


async def move_chat(ctx: BotContext, old: int, new: int) -> None:
    """The group is a supergroup now: everything of it goes on there."""
    async with ctx.database.write() as connection:
        await migrate_chat.move(connection, old, new)
    for chat_id in (old, new):
        ctx.languages.pop(chat_id, None)
        ctx.admins.pop(chat_id, None)
    log.info("group moved")
    ctx.wake_up.notify()
