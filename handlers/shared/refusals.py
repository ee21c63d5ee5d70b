"""Refusals by Telegram that concern a whole chat: it blocked the bot, or it has moved."""

import structlog
from aiogram.exceptions import TelegramAPIError, TelegramMigrateToChat

from handlers.shared.context import BotContext
from handlers.shared.telegram_errors import is_chat_silent
from storage.upkeep import migrate_chat

log = structlog.get_logger("chats")


async def settled(ctx: BotContext, error: Exception, chat_id: int | None) -> bool:
    """Store that a chat blocked the bot or moved; True if the error means no more than that.

    `chat_id` is the chat of the work, in case the failed call doesn't name one.
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
    if is_chat_silent(error):
        log.info("chat refuses messages", says=error.message)
        await ctx.blocked(chat_id)
        return True
    return False


async def move_chat(ctx: BotContext, old: int, new: int) -> None:
    """Move everything of a group to the supergroup that it became."""
    async with ctx.changing(old, new) as connection:
        await migrate_chat.move(connection, ctx.database.vault, old, new)
    for chat_id in (old, new):
        ctx.admins.pop(chat_id, None)
    log.info("group moved")
    ctx.wake_up.notify()
