"""Results of groups that go to the person alone: to whom, and what if they can't be reached."""

from dataclasses import replace

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.shared.cards import short_title
from handlers.shared.context import BotContext
from handlers.shared.places import is_group, place_of
from storage.people import chats
from storage.people.chats import Results
from storage.tasks.tasks import Task


class Recipients:
    """Settles where results go. Raises aiogram's errors."""

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx
        self._database = ctx.database

    async def settle(self, task: Task) -> Task:
        """Where this result goes, written down once: what is begun there is ended there."""
        if task.result_chat_id is not None or not is_group(task.chat_id):
            return task
        async with self._database.read() as connection:
            rules = await chats.rules(connection, task.chat_id)
        chat_id = task.chat_id
        # Whoever isn't let in finds the door of the private chat closed; an anonymous
        # administrator (under the id of the group) has none.
        if rules.results is Results.PRIVATE and await self._is_let_in(task.person_id):
            chat_id = task.person_id
        await self._ctx.ledger.put(task, result_chat_id=chat_id)
        return replace(task, result_chat_id=chat_id)

    async def _is_let_in(self, person_id: int) -> bool:
        return not is_group(person_id) and await self._ctx.people.may_use(person_id)

    async def is_reached(self, task: Task) -> bool:
        """Whether the result can be brought: bots can't write to people who never wrote."""
        if not task.is_private:
            return True
        async with self._database.read() as connection:
            return await chats.listens(connection, task.person_id)

    async def tell(self, task: Task) -> None:
        """Say once, in the group, that the person has to open a chat with the bot."""
        # Noted as silent, so that the first word from there brings the result.
        await self._ctx.blocked(task.person_id)
        if task.messages.told_at is not None:
            return
        say = await self._ctx.say(task.chat_id)
        me = await self._ctx.bot.me()
        button = InlineKeyboardButton(
            text=say.plain("button-open-chat"), url=f"https://t.me/{me.username}"
        )
        await self._ctx.bot.send_message(
            text=say.html("group-open-chat", title=short_title(task.title)),
            reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]),
            **place_of(task).sending(),
        )
        await self._ctx.ledger.put(task, told_at=self._ctx.clock.now())
