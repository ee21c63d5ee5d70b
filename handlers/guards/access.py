"""Access control of private chats: who may use the bot."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import Chat, TelegramObject, Update, User

from handlers.guards.reception import Reception
from handlers.shared.context import BotContext
from handlers.shared.filters import is_service

Next = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class AccessMiddleware(BaseMiddleware):
    """Passes on the updates of people who may use the bot; the reception answers the others.

    Handlers get `say`, the texts in the language of the chat, as an argument.
    """

    def __init__(self, ctx: BotContext, reception: Reception) -> None:
        self._ctx = ctx
        self._reception = reception

    async def __call__(self, handler: Next, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Check one update; aiogram calls this around every update."""
        assert isinstance(event, Update)
        user: User | None = data.get("event_from_user")
        chat: Chat | None = data.get("event_chat")
        if user is None or chat is None or user.is_bot:
            return None
        data["say"] = self._ctx.texts[user.language_code]
        # Anyone can add, block or remove the bot: such updates come from strangers, too.
        if event.my_chat_member is not None:
            return await handler(event, data)
        known = await self._ctx.people.may_use(user.id)
        is_silent = event.message is not None and is_service(event.message)
        if not known and (is_silent or not await self._reception.receives(event, user)):
            return None
        language = await self._ctx.seen(chat.id, user.language_code)
        if is_silent:
            return None
        data["say"] = self._ctx.texts[language.code]
        return await handler(event, data)
