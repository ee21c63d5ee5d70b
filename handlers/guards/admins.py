"""The administrators of a group, fetched from Telegram once a second at most."""

import structlog
from aiogram.exceptions import TelegramAPIError

from handlers.shared.context import BotContext

FRESH_SECONDS = 1.0  # many taps or files at once ask once

log = structlog.get_logger("groups")


async def is_admin(ctx: BotContext, chat_id: int, person_id: int) -> bool:
    """Tell whether this person is an administrator of the group."""
    now = ctx.clock.now()
    asked_at, known = ctx.admins.get(chat_id, (-FRESH_SECONDS, frozenset()))
    if abs(now - asked_at) >= FRESH_SECONDS:
        try:
            found = await ctx.bot.get_chat_administrators(chat_id)
        except TelegramAPIError as error:
            log.info("administrators not fetched", error=type(error).__name__)
            return False
        known = frozenset(each.user.id for each in found)
        ctx.admins[chat_id] = (now, known)
    return person_id in known
