"""Recipients of results: a group, or one of its people privately, if they can be reached."""

from dataclasses import replace

from aiogram.utils.keyboard import InlineKeyboardBuilder

from handlers.shared.card import short_title
from handlers.shared.context import BotContext
from handlers.shared.places import is_group, place_of
from storage.people import chats
from storage.people.chats import Results
from storage.tasks.tasks import Task


class Recipients:
    """Decides where results go. Raises aiogram's errors."""

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx
        self._database = ctx.database

    async def settle(self, task: Task) -> Task:
        """Store the chat that gets this result, once: a delivery ends where it began."""
        if task.result_chat_id is not None or not is_group(task.chat_id):
            return task
        async with self._database.read() as connection:
            rules = await chats.rules(connection, task.chat_id)
        chat_id, person_id = task.chat_id, task.person_id
        if rules.results is Results.PRIVATE and not is_group(person_id):
            # People without access can't use the private chat; an anonymous administrator (under
            # the id of the group) has none.
            chat_id = person_id if await self._ctx.people.may_use(person_id) else chat_id
        await self._ctx.ledger.put(task, result_chat_id=chat_id)
        return replace(task, result_chat_id=chat_id)

    async def is_reached(self, task: Task) -> bool:
        """Tell whether the chat takes messages: bots can't write to people who never wrote."""
        if not task.is_private:
            return True
        async with self._database.read() as connection:
            return await chats.listens(connection, task.person_id)

    async def tell(self, task: Task) -> None:
        """Tell the person once, in the group, to open a chat with the bot."""
        # Stored as blocked, so that the first message from there delivers the result.
        await self._ctx.blocked(task.person_id)
        if task.messages.told_at is not None:
            return
        say = await self._ctx.say(task.chat_id)
        me = await self._ctx.bot.me()
        button = InlineKeyboardBuilder().button(
            text=say.plain("button-open-chat"), url=f"https://t.me/{me.username}"
        )
        await self._ctx.bot.send_message(
            text=say.html("group-open-chat", title=short_title(task.title)),
            reply_markup=button.as_markup(),
            **place_of(task).sending(),
        )
        await self._ctx.ledger.put(task, told_at=self._ctx.clock.now())
