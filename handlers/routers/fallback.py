"""What nobody else took: a kind answer to everything. Asked last."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from handlers.shared.filters import Is
from handlers.shared.texts import Phrases

# Service messages (a pinned message, a new photo of the chat) are no question to anybody.
_SAID = {
    "photo": "fallback-photo",
    "voice": "fallback-voice",
    "video_note": "fallback-voice",
    "audio": "fallback-voice",
}
_SILENT = ("pinned_message", "message_auto_delete_timer_changed", "chat_background_set")


def build() -> Router:
    """Answers what is left."""
    router = Router(name="fallback")
    router.message.register(on_command, Is(F.text.startswith("/")))
    router.message.register(on_anything)
    router.callback_query.register(on_old_button)
    return router


async def on_command(message: Message, say: Phrases) -> None:
    """A command that isn't ours."""
    await message.answer(say.html("fallback-command"))


async def on_anything(message: Message, say: Phrases) -> None:
    """A sticker, a picture, a place, …."""
    if message.content_type in _SILENT:
        return
    key = _SAID.get(message.content_type, "fallback-other")
    await message.answer(say.html(key))


async def on_old_button(query: CallbackQuery, say: Phrases) -> None:
    """A button of a version of long ago, or forged data."""
    await query.answer(say.plain("notice-gone"))
