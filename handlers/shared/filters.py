"""Filters that run in the event loop. aiogram runs a bare `F.…` in a thread, each time.

With ten handlers before the right one, an update would make ten trips to a thread: more than
the rest of its handling.
"""

from typing import Any

from aiogram import Bot, F
from aiogram.enums import ContentType, MessageEntityType
from aiogram.filters import Filter
from aiogram.types import Message
from magic_filter import MagicFilter

from handlers.shared.commands import CHECK


class Is(Filter):
    """Passes events that a magic filter matches."""

    def __init__(self, magic: MagicFilter) -> None:
        self._magic = magic

    async def __call__(self, event: Any) -> bool:
        """Resolve the magic filter; aiogram calls this."""
        return bool(self._magic.resolve(event))


_WRITTEN = frozenset(
    {
        *(ContentType.TEXT, ContentType.RICH_MESSAGE, ContentType.DOCUMENT, ContentType.CONTACT),
        *(ContentType.PHOTO, ContentType.LIVE_PHOTO, ContentType.VIDEO, ContentType.ANIMATION),
        *(ContentType.VOICE, ContentType.VIDEO_NOTE, ContentType.AUDIO, ContentType.STICKER),
        *(ContentType.LOCATION, ContentType.VENUE, ContentType.POLL, ContentType.CHECKLIST),
        *(ContentType.DICE, ContentType.GAME, ContentType.STORY, ContentType.PAID_MEDIA),
        *(ContentType.INVOICE, ContentType.GIVEAWAY, ContentType.GIVEAWAY_WINNERS),
    }
)


def is_service(message: Message) -> bool:
    """Tell whether a message says that something happened (a pin, a gift, a call).

    Nobody wrote it, so it needs no answer. Kinds of tomorrow are most likely of these, unless they
    have a caption.
    """
    return message.content_type not in _WRITTEN and not (message.text or message.caption)


_NAMING: dict[str, str] = {
    MessageEntityType.MENTION: "",
    MessageEntityType.BOT_COMMAND: f"/{CHECK}",
}
"""What stands in front of the bot's name, by the kind of entity."""

PRIVATE = Is(F.chat.type == "private")
GROUP = Is(F.chat.type != "private")


class Mentions(Filter):
    """Passes messages that name the bot; handlers get the rest of the text as `said`.

    Also by `/check@our_bot` behind other words, which is no command to aiogram.
    """

    async def __call__(self, message: Message, bot: Bot) -> bool | dict[str, str]:
        """Look for the bot's name or its id; aiogram calls this."""
        text = message.text or message.caption or ""
        me = await bot.me()
        for entity in message.entities or message.caption_entities or ():
            if entity.type == MessageEntityType.TEXT_MENTION:
                is_me = entity.user is not None and entity.user.id == me.id
            else:
                name = entity.extract_from(text).lower()
                is_me = name == f"{_NAMING.get(entity.type)}@{me.username}".lower()
            if is_me:
                units = text.encode("utf-16-le")  # Telegram counts offsets in UTF-16 units
                begin, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
                return {"said": (units[:begin] + units[end:]).decode("utf-16-le").strip()}
        return False
