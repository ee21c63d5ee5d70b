"""Access control of groups: whose updates are handled, and in which language.

Who may send numbers is the group's own rule, and who may use a button depends on its card: see
`group_rights` and `ownership`. Here an update only needs a person behind it.
"""

import contextlib
from typing import Any

from aiogram import BaseMiddleware
from aiogram.exceptions import TelegramAPIError
from aiogram.types import Chat, Message, TelegramObject, Update, User

from handlers.guards.access import Next
from handlers.guards.group_rights import is_removed
from handlers.shared.context import BotContext
from handlers.shared.places import is_anonymous, is_as_channel


class GroupMiddleware(BaseMiddleware):
    """Handles the updates of groups; `door` handles those of private chats."""

    def __init__(self, ctx: BotContext, door: BaseMiddleware) -> None:
        self._ctx = ctx
        self._door = door

    async def __call__(self, handler: Next, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Check one update; aiogram calls this around every update."""
        assert isinstance(event, Update)
        chat: Chat | None = data.get("event_chat")
        if chat is None or chat.type == "private":
            return await self._door(handler, event, data)
        user: User | None = data.get("event_from_user")
        if event.my_chat_member is None:
            message = event.message or event.edited_message
            if message is not None and not _has_a_person(message):
                return None
            if message is None and (user is None or user.is_bot):
                return None
            # The group wrote, so the bot can write to it, unless an answer is refused.
            await self._ctx.seen(chat.id, title=chat.title)
        data["say"] = await self._ctx.say(chat.id)
        query = event.callback_query
        if query is not None and await is_removed(self._ctx, query.from_user.id):
            with contextlib.suppress(TelegramAPIError):
                await query.answer(data["say"].plain("notice-not-yours"))
            return None
        return await handler(event, data)


def _has_a_person(message: Message) -> bool:
    """Accept people, whatever name they write in, and moves; not posts of a channel, not bots."""
    if message.migrate_to_chat_id or message.migrate_from_chat_id:
        return True
    if message.sender_chat is not None:
        return is_anonymous(message) or is_as_channel(message)
    return message.from_user is not None and not message.from_user.is_bot
