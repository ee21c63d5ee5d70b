"""The door: who may use the bot, and what is noted of everyone who does."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, Chat, Message, TelegramObject, Update, User

from handlers.kit import Kit

Next = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Door(BaseMiddleware):
    """Lets owners in, or everyone when the bot is open; others are told where they are.

    What it lets in finds `say`, the texts in the right language, among its arguments.
    """

    def __init__(self, kit: Kit, *, is_open: bool) -> None:
        self._kit = kit
        self._open = is_open

    async def __call__(self, handler: Next, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Called by aiogram around every update."""
        assert isinstance(event, Update)
        user: User | None = data.get("event_from_user")
        chat: Chat | None = data.get("event_chat")
        if user is None or chat is None or user.is_bot:
            return None
        data["say"] = self._kit.texts[user.language_code]
        if not self._open and user.id not in self._kit.owners:
            return await self._turn_away(event, user)
        if event.my_chat_member is None:
            await self._kit.seen(chat.id, user.language_code)
        return await handler(event, data)

    async def _turn_away(self, event: Update, user: User) -> None:
        """Answer in a private chat only: a bot that talks back in groups can be made to spam."""
        text = self._kit.texts[user.language_code].html("door-closed", id=str(user.id))
        try:
            if isinstance(event.message, Message) and event.message.chat.type == "private":
                await event.message.answer(text)
            elif isinstance(event.callback_query, CallbackQuery):
                say = self._kit.texts[user.language_code]
                await event.callback_query.answer(say.plain("notice-not-yours"))
        except TelegramAPIError:
            return
