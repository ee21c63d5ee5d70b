"""The door of groups: whose messages are heard, and in which language they are answered.

Who may hand in is the group's own rule, and whose a button is, is known only with its card: see
`group_rules` and `mine`. Here it is only made sure that there is somebody to speak to.
"""

import contextlib
from typing import Any

from aiogram import BaseMiddleware
from aiogram.exceptions import TelegramAPIError
from aiogram.types import Chat, Message, TelegramObject, Update, User

from handlers.guards.access import Next
from handlers.guards.group_rights import is_removed
from handlers.shared.context import BotContext
from handlers.shared.places import is_anonymous


class GroupMiddleware(BaseMiddleware):
    """Stands before the door of private chats, and leaves those to it."""

    def __init__(self, ctx: BotContext, door: BaseMiddleware) -> None:
        self._ctx = ctx
        self._door = door

    async def __call__(self, handler: Next, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Called by aiogram around every update."""
        assert isinstance(event, Update)
        chat: Chat | None = data.get("event_chat")
        if chat is None or chat.type == "private":
            return await self._door(handler, event, data)
        user: User | None = data.get("event_from_user")
        if event.my_chat_member is None:
            if event.message is not None and not _has_a_person(event.message):
                return None
            if event.message is None and (user is None or user.is_bot):
                return None
            await self._note(chat.id)
        data["say"] = await self._ctx.say(chat.id)
        query = event.callback_query
        if query is not None and await is_removed(self._ctx, query.from_user.id):
            with contextlib.suppress(TelegramAPIError):
                await query.answer(data["say"].plain("notice-not-yours"))
            return None
        return await handler(event, data)

    async def _note(self, chat_id: int) -> None:
        """The group wrote, so it can be written to, unless an answer finds out otherwise."""
        ctx = self._ctx
        if chat_id not in ctx.languages:
            await ctx.seen(chat_id, may_be_back=True)


def _has_a_person(message: Message) -> bool:
    """Not a channel's, not another bot's; of administrators also what they write as the group."""
    if message.migrate_to_chat_id or message.migrate_from_chat_id or is_anonymous(message):
        return True
    user = message.from_user
    return message.sender_chat is None and user is not None and not user.is_bot
