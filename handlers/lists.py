"""Handing in: documents and texts are stored as parts of a list; `reading` does the rest."""

import re

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import Document, Message

from handlers.filters import Is
from handlers.handing import SETTLE_AFTER_ALBUM, SETTLE_SECONDS, take, take_text
from handlers.kit import Kit
from handlers.sources import FEWEST_CAPTION_DIGITS
from handlers.texts import Phrases
from storage.parts import StoredPart

FEWEST_DIGITS = 5

_DIGITS = re.compile(r"\d")


def register(router: Router) -> None:
    """Takes documents, and texts with numbers in them."""
    router.message.register(on_document, Is(F.document))
    router.message.register(on_caption, Is(F.caption))
    router.message.register(on_text, Is(F.text & ~F.text.startswith("/")))


async def on_document(message: Message, kit: Kit, say: Phrases) -> None:
    """Store a file as a part of a list."""
    document = message.document
    assert document is not None
    if (document.file_size or 0) > kit.limits.download:
        megabytes = kit.limits.download // 1_000_000
        await message.reply(say.html("trouble-too_big", megabytes=megabytes))
        return
    wait = SETTLE_AFTER_ALBUM if message.media_group_id else SETTLE_SECONDS
    await take(message, kit, _document_part(message, document), wait)


def _document_part(message: Message, document: Document) -> StoredPart:
    return StoredPart(
        message_id=message.message_id,
        file_id=document.file_id,
        size=document.file_size or 0,
        name=document.file_name or "file",
        text=message.caption or "",
    )


async def on_caption(message: Message, kit: Kit) -> None:
    """A picture with numbers written below it; the picture itself can't be read."""
    caption = message.caption or ""
    if len(_DIGITS.findall(caption)) < FEWEST_CAPTION_DIGITS:
        raise SkipHandler
    await take_text(message, kit, caption)


async def on_text(message: Message, kit: Kit, say: Phrases) -> None:
    """Store a text as a part of a list, if there may be numbers in it."""
    text = message.text or ""
    if len(_DIGITS.findall(text)) < FEWEST_DIGITS:
        await message.answer(say.html("fallback-text"))
        return
    await take_text(message, kit, text)
