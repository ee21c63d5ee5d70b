"""The door: who may use the bot, and what is noted of everyone who does."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import Chat, TelegramObject, Update, User

from handlers.guards.reception import Reception
from handlers.shared.context import BotContext

Next = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class AccessMiddleware(BaseMiddleware):
    """Lets in who may use the bot; the others are the reception's.

    What it lets in finds `say`, the texts in the right language, among its arguments.
    """

    def __init__(self, ctx: BotContext, reception: Reception) -> None:
        self._ctx = ctx
        self._reception = reception

    async def __call__(self, handler: Next, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Called by aiogram around every update."""
        assert isinstance(event, Update)
        user: User | None = data.get("event_from_user")
        chat: Chat | None = data.get("event_chat")
        if user is None or chat is None or user.is_bot:
            return None
        data["say"] = self._ctx.texts[user.language_code]
        # Whether the bot is in a chat, or was blocked there, is told by whoever does it.
        if event.my_chat_member is not None:
            return await handler(event, data)
        known = await self._ctx.people.may_use(user.id)
        if not known and not await self._reception.receives(event, user):
            return None
        await self._ctx.seen(chat.id, user.language_code)
        data["say"] = await self._ctx.say(chat.id)
        return await handler(event, data)
