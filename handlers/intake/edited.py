"""Messages that were edited: what was handed in stays as it was, so its person is told."""

import re

from aiogram.types import Message

from handlers.intake.short_message import read
from handlers.shared.context import BotContext
from handlers.shared.places import is_group
from handlers.shared.sources import FEWEST_CAPTION_DIGITS
from storage.lists import list_parts
from storage.lists.list_parts import StoredPart
from storage.lookups import inquiries

_DIGITS = re.compile(r"[\d+]+")


async def changes_numbers(message: Message, ctx: BotContext) -> bool:
    """Tell whether an edit changes numbers that were handed in, or brings some for the first time.

    Telegram also reports edits of which nobody knows: a preview that was found, a location.
    """
    text = message.text or message.caption or ""
    name = f"@{(await ctx.bot.me()).username}"
    is_addressed = name.lower() in text.lower()
    text = re.sub(re.escape(name), "", text, flags=re.IGNORECASE)
    chat_id, message_id, vault = message.chat.id, message.message_id, ctx.database.vault
    async with ctx.database.read() as connection:
        found = await list_parts.list_of(connection, vault, chat_id, message_id)
        parts = await list_parts.of_list(connection, vault, found.id) if found else []
        inquiry = await inquiries.of_message(connection, vault, chat_id, message_id)
    for part in parts:
        if part.message_id == message_id:
            return _differs(message, text, part)
    if inquiry is not None:
        few = await read(text.removeprefix("/check"), ctx, message)
        asked = {each.number for each in inquiry.lookups}
        return bool(few.numbers) and {*few.numbers, *few.others} != asked
    if is_group(chat_id) and not is_addressed:
        return False
    digits = sum(letter.isdecimal() for letter in text)
    return message.document is not None or digits >= FEWEST_CAPTION_DIGITS


def _differs(message: Message, text: str, part: StoredPart) -> bool:
    document = message.document
    if document is not None:  # its file id may be another one for the same file
        file = (document.file_name or "file", document.file_size or 0)
        if file != (part.name, part.size):
            return True
    return _DIGITS.findall(text) != _DIGITS.findall(part.text)
