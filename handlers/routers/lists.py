"""Lists: documents and texts are stored as parts of a list; the reader does the rest."""

import re

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import Message

from handlers.intake.edited import changes_numbers
from handlers.intake.hand_in import take_document, take_text
from handlers.shared.context import BotContext
from handlers.shared.filters import PRIVATE, Is
from handlers.shared.sources import FEWEST_CAPTION_DIGITS
from handlers.shared.texts import Phrases

FEWEST_DIGITS = 5

_DIGITS = re.compile(r"\d")


def build() -> Router:
    """Build the router of documents, and of texts with numbers in them."""
    router = Router(name="lists")
    router.message.filter(PRIVATE)
    router.message.register(on_document, Is(F.document))
    router.message.register(on_caption, Is(F.caption))
    router.message.register(on_text, Is(F.text & ~F.text.startswith("/")))
    router.edited_message.register(on_edited)  # in groups, too
    return router


async def on_document(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Store a file as a part of a list."""
    await take_document(message, message, ctx, say, message.caption or "")


async def on_caption(message: Message, ctx: BotContext) -> None:
    """Store the caption of a picture if it holds numbers; the picture itself can't be read."""
    caption = message.caption or ""
    if len(_DIGITS.findall(caption)) < FEWEST_CAPTION_DIGITS:
        raise SkipHandler
    await take_text(message, ctx, caption)


async def on_text(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Store a text as a part of a list, if it may hold numbers."""
    text = message.text or ""
    if len(_DIGITS.findall(text)) < FEWEST_DIGITS:
        await message.answer(say.html("fallback-text"))
        return
    await take_text(message, ctx, text)


async def on_edited(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Say that a changed list has to be sent anew; what was read of it may be checked already."""
    if await changes_numbers(message, ctx):
        await message.reply(say.html("fallback-edited"))
