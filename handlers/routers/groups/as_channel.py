"""Members of a group who write in the name of a channel: they are answered, and not served.

Telegram tells no person behind such a message: nobody could have agreed to the terms, nobody's day
would be used, and an owner couldn't remove anybody.
"""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import Message

from handlers.shared.commands import ADMIN_MENU, LANGUAGE, START
from handlers.shared.filters import GROUP, Is, Mentions
from handlers.shared.places import is_as_channel
from handlers.shared.texts import Phrases


def build() -> Router:
    """Build the router of channels; tried first, because no other has a person to serve."""
    router = Router(name="as_channel")
    router.message.filter(GROUP, Is(F.func(is_as_channel)))
    router.message.register(on_request, Command(*ADMIN_MENU, START, LANGUAGE))
    router.message.register(on_request, Mentions())
    router.message.register(ignore)
    return router


async def on_request(message: Message, say: Phrases) -> None:
    """Say under which name the bot can serve."""
    await message.reply(say.html("group-as-channel"))


async def ignore(message: Message) -> None:
    """Drop what isn't meant for the bot."""
