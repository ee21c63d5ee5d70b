"""A friendly answer to everything that no other router took. Tried last."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from handlers.shared.filters import Is
from handlers.shared.texts import Phrases

_ANSWERS = {
    "photo": "fallback-photo",
    "voice": "fallback-voice",
    "video_note": "fallback-voice",
    "audio": "fallback-voice",
}


def build() -> Router:
    """Build the router of everything else."""
    router = Router(name="fallback")
    router.message.register(on_command, Is(F.text.startswith("/")))
    router.message.register(on_anything)
    router.callback_query.register(on_old_button)
    return router


async def on_command(message: Message, say: Phrases) -> None:
    """Answer an unknown command."""
    await message.answer(say.html("fallback-command"))


async def on_anything(message: Message, say: Phrases) -> None:
    """Answer a sticker, a picture, a location, …."""
    key = _ANSWERS.get(message.content_type, "fallback-other")
    await message.answer(say.html(key))


async def on_old_button(query: CallbackQuery, say: Phrases) -> None:
    """Answer a button of an old version, or forged callback data."""
    await query.answer(say.plain("notice-earlier"))
