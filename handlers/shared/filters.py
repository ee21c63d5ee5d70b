"""Filters that are asked in the loop. aiogram sends a bare `F.…` to a thread, each time.

Ten handlers that are passed over would cost an update ten trips to a thread: more than all the
rest of its way.
"""

from typing import Any

from aiogram import Bot, F
from aiogram.enums import MessageEntityType
from aiogram.filters import Filter
from aiogram.types import Message, MessageEntity, User
from magic_filter import MagicFilter


class Is(Filter):
    """Whether what a magic filter asks is so."""

    def __init__(self, magic: MagicFilter) -> None:
        self._magic = magic

    async def __call__(self, event: Any) -> bool:
        """Called by aiogram."""
        return bool(self._magic.resolve(event))


PRIVATE = Is(F.chat.type == "private")
GROUP = Is(F.chat.type != "private")


class Mentions(Filter):
    """Whether a message names the bot; gives the rest of it as `said`."""

    async def __call__(self, message: Message, bot: Bot) -> bool | dict[str, str]:
        """Called by aiogram."""
        text = message.text or message.caption or ""
        me = await bot.me()
        for entity in message.entities or message.caption_entities or ():
            if _is_of(entity, text, me):
                return {"said": _without(text, entity)}
        return False


def _is_of(entity: MessageEntity, text: str, me: User) -> bool:
    if entity.type == MessageEntityType.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    named = entity.extract_from(text).lower()
    return entity.type == MessageEntityType.MENTION and named == f"@{me.username}".lower()


def _without(text: str, entity: MessageEntity) -> str:
    """The text before and after an entity, whose place Telegram counts in UTF-16 units."""
    units = text.encode("utf-16-le")
    begin, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
    return (units[:begin] + units[end:]).decode("utf-16-le").strip()
