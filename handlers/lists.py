"""Handing in: documents and texts are stored as parts of a list; `reading` does the rest."""

import re

from aiogram import F, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.types import Document, Message

from handlers.kit import Kit
from handlers.texts import Phrases
from storage import lists
from storage.ids import new_id
from storage.lists import StoredPart

# How long a list waits for its next part, in seconds. Telegram's clients cut a long paste at
# about 4,096 characters and send the pieces one after the other; an album arrives at once.
SETTLE_SECONDS = 0.8
SETTLE_AFTER_ALBUM = 1.5
SETTLE_AFTER_FULL_TEXT = 3.0
NEARLY_FULL = 3_500  # UTF-16 units; cut at a line's end, a piece is a little shorter than 4,096
FEWEST_DIGITS = 5

_DIGITS = re.compile(r"\d")


def build_router() -> Router:
    """Takes documents, and texts with numbers in them."""
    router = Router(name="lists")
    router.message.register(on_document, F.document)
    router.message.register(on_text, F.text & ~F.text.startswith("/"))
    return router


async def on_document(message: Message, kit: Kit, say: Phrases) -> None:
    """Store a file as a part of a list."""
    document = message.document
    assert document is not None
    if (document.file_size or 0) > kit.limits.download:
        megabytes = kit.limits.download // 1_000_000
        await message.reply(say.html("trouble-too_big", megabytes=megabytes))
        return
    wait = SETTLE_AFTER_ALBUM if message.media_group_id else SETTLE_SECONDS
    await _take(message, kit, _document_part(message, document), wait)


def _document_part(message: Message, document: Document) -> StoredPart:
    return StoredPart(
        message_id=message.message_id,
        file_id=document.file_id,
        size=document.file_size or 0,
        name=document.file_name or "file",
        text="",
    )


async def on_text(message: Message, kit: Kit, say: Phrases) -> None:
    """Store a text as a part of a list, if there may be numbers in it."""
    text = message.text or ""
    if len(_DIGITS.findall(text)) < FEWEST_DIGITS:
        await message.answer(say.html("fallback-text"))
        return
    size = len(text.encode("utf-16-le")) // 2
    part = StoredPart(message_id=message.message_id, file_id=None, size=size, name="", text=text)
    wait = SETTLE_AFTER_FULL_TEXT if size >= NEARLY_FULL else SETTLE_SECONDS
    await _take(message, kit, part, wait)


async def _take(message: Message, kit: Kit, part: StoredPart, wait: float) -> None:
    """Add the part to the person's gathering list, or begin one."""
    assert message.from_user is not None
    chat_id, person_id = message.chat.id, message.from_user.id
    now = kit.clock.now()
    async with kit.database.write() as connection:
        if await lists.part_exists(connection, chat_id, part.message_id):
            return
        list_id = await lists.gathering_in(connection, chat_id, person_id)
        is_new = list_id is None
        if list_id is None:
            list_id = new_id()
            await lists.begin(
                connection,
                list_id=list_id,
                chat_id=chat_id,
                person_id=person_id,
                reply_to=part.message_id,
                now=now,
            )
        await lists.add_part(
            connection,
            kit.database.vault,
            list_id=list_id,
            chat_id=chat_id,
            part=part,
            settle_at=now + wait,
        )
    kit.bell.ring()
    if is_new:
        await _show_activity(message, kit)


async def _show_activity(message: Message, kit: Kit) -> None:
    """The first sign of life: "typing…" until the card is there."""
    try:
        await kit.bot.send_chat_action(message.chat.id, "typing")
    except TelegramAPIError:
        return  # the card comes all the same
