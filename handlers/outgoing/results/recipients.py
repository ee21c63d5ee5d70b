"""Recipients of results: a group, or one of its people privately, if they can be reached."""

from dataclasses import replace

from aiogram.utils.keyboard import InlineKeyboardBuilder

from handlers.cards.result import no_files_card
from handlers.shared.card import short_title
from handlers.shared.context import BotContext
from handlers.shared.messages import put
from handlers.shared.places import is_group, place_of
from storage.people import chats
from storage.people.chats import Results
from storage.tasks import result_parts, tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Changes, Task

_WITH_RESULT = (TaskState.EXPORTED, TaskState.FETCHED, TaskState.DELIVERED)


class Recipients:
    """Decides where results go. Raises aiogram's errors."""

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx
        self._database = ctx.database

    async def settle(self, task: Task) -> Task | None:
        """Store the chat that gets this result, once: a delivery ends where it began.

        Returns the task as it is stored now; None if its result is no longer to be delivered.
        """
        # One commit: another replica may settle it, the group's rules or its id may change.
        async with self._database.write() as connection:
            found = await tasks.get(connection, self._database.vault, task.id)
            if found is None or found.state is not TaskState.FETCHED:
                return None
            if found.result_chat_id is not None or not is_group(found.chat_id):
                return found
            rules = await chats.rules(connection, found.chat_id)
            chat_id, person_id = found.chat_id, found.person_id
            if rules.results is Results.PRIVATE and not is_group(person_id):
                # People without access can't use the private chat; an anonymous administrator
                # (under the id of the group) has none.
                may_use = await self._ctx.people.may_use(person_id, connection)
                chat_id = person_id if may_use else chat_id
            await tasks.put(connection, self._database.vault, found.id, result_chat_id=chat_id)
        return replace(found, result_chat_id=chat_id)

    async def redirect(self, task: Task, chat_id: int) -> Task | None:
        """Store the chat where a person wants a result that its group didn't take.

        Returns the task as it is stored then; None if it has no result, or went elsewhere since.
        """
        async with self._database.write() as connection:
            found = await tasks.get(connection, self._database.vault, task.id)
            # Compared with what its button was answered for: a private result stays private.
            if (
                found is None
                or found.state not in _WITH_RESULT
                or found.result_chat_id != task.result_chat_id
            ):
                return None
            # Whoever was to note that it was asked may have died; the group is tried again then.
            # What its person wants alone by that time isn't brought there.
            is_alone = chat_id != found.chat_id == found.goes_to
            is_asked = is_alone and found.state is not TaskState.DELIVERED
            if found.messages.told_at is None and not is_asked:  # another tap was first
                return found if found.goes_to == chat_id else None
            changes = Changes(result_chat_id=chat_id)
            if found.state is not TaskState.DELIVERED:  # else it holds until the file is sent
                changes |= Changes(told_at=None)
            if chat_id != task.goes_to:
                changes |= Changes(notice_id=None, sending_since=None)
                if found.messages.picture == "none":  # the group may have refused it, too
                    changes |= Changes(picture="due", picture_notice_id=None)
            await tasks.put(connection, self._database.vault, task.id, **changes)
            return await tasks.get(connection, self._database.vault, task.id)

    async def offer(self, task: Task) -> None:
        """Tell a group that takes no files so, and offer the result to its person privately."""
        async with self._database.read() as connection:
            found = await tasks.get(connection, self._database.vault, task.id)
            parts = await result_parts.of_task(connection, task.id)
        if found is None:
            return
        say = await self._ctx.say(task.chat_id)
        card = no_files_card(say, task, self._ctx.catalogue.get(task.check_key))
        now = self._ctx.clock.now()
        if found.state is TaskState.DELIVERED:  # it was asked for once more
            await put(self._ctx.bot, place_of(task), None, card)
            await self._ctx.ledger.put(task, told_at=now)
            return
        notices = [found.messages.notice_id, *(notice for notice, _ in parts.values())]
        card_id = next((each for each in notices if each is not None), None)
        card_id = await put(self._ctx.bot, place_of(task), card_id, card)
        await self._ctx.ledger.put(
            task,
            also=lambda connection: result_parts.forget(connection, task.id),
            notice_id=card_id,
            told_at=now,
        )

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
        address = f"https://t.me/{await self._ctx.username()}"
        button = InlineKeyboardBuilder().button(text=say.plain("button-open-chat"), url=address)
        await self._ctx.bot.send_message(
            text=say.html("group-open-chat", title=short_title(task.title)),
            reply_markup=button.as_markup(),
            **place_of(task).sending(),
        )
        await self._ctx.ledger.put(task, told_at=self._ctx.clock.now())
