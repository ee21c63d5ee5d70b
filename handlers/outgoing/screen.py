"""Putting cards into chats: the one message of a list, edited from its first to its last state."""

import asyncio
from weakref import WeakValueDictionary

from checking.lookups.desk import MOST_NUMBERS
from handlers.cards.offers import offers_in
from handlers.cards.question import asking_card
from handlers.cards.task import task_card
from handlers.shared.cards import Card, list_card, quote_card
from handlers.shared.context import BotContext
from handlers.shared.messages import put
from handlers.shared.places import place_of
from storage.lists import lists
from storage.lists.lists import ListState, NumberList
from storage.tasks import tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task

_ASKS = (ListState.ASKING, ListState.READY)
_BACK_TO_CHOICE = (TaskState.REJECTED, TaskState.CANCELLED)


class Screen:
    """Renders what is stored and shows it. Raises aiogram's errors."""

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx
        self._database = ctx.database
        # Reading a state and showing it must not overlap with doing so for a later state.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def show_list(self, list_id: str) -> None:
        """Show the list itself: its counts, and the checks to choose from."""
        async with self._lock(list_id):
            found = await self._list(list_id)
            if found is None:
                return
            say = await self._ctx.say(found.chat_id)
            few = self._ctx.lookups.is_offered and 0 < found.ready <= MOST_NUMBERS
            if found.asks and found.state in _ASKS:
                card = asking_card(say, found)
            else:
                offers = await offers_in(self._ctx, found.chat_id)
                card = list_card(say, found, offers, looks_up=few)
            card_id = await put(self._ctx.bot, place_of(found), found.card_id, card)
            await self._ctx.lists.shown(list_id, card_id, found.state)

    async def show_quote(self, list_id: str, check_key: str) -> bool:
        """Show what a check would cost; False when it can't be had."""
        async with self._lock(list_id):
            quote = await self._ctx.desk.quote(list_id, check_key)
            if quote is None:
                return False
            task = quote.task
            card = quote_card(await self._ctx.say(task.chat_id), quote)
            card_id = await put(self._ctx.bot, place_of(task), task.messages.card_id, card)
            if card_id != task.messages.card_id:
                await self._ctx.lists.shown(list_id, card_id, ListState.READY)
            return True

    async def show_task(self, task_id: str) -> None:
        """Show how a check stands."""
        task = await self._task(task_id)
        if task is None:
            return
        async with self._lock(task.list_id):
            task = await self._task(task_id)
            if task is None:
                return
            card = await self.card_of(task)
            card_id = await put(self._ctx.bot, place_of(task), task.messages.card_id, card)
            await self._ctx.ledger.shown(task, card_id)

    async def card_of(self, task: Task) -> Card:
        """The card of a task in the language of its chat."""
        say = await self._ctx.say(task.chat_id)
        back = task.state in _BACK_TO_CHOICE
        offers = await offers_in(self._ctx, task.chat_id) if back else []
        check = self._ctx.catalogue.get(task.check_key)
        return task_card(say, task, check, offers, self._ctx.clock.now())

    async def _list(self, list_id: str) -> NumberList | None:
        async with self._database.read() as connection:
            return await lists.get(connection, self._database.vault, list_id)

    async def _task(self, task_id: str) -> Task | None:
        async with self._database.read() as connection:
            return await tasks.get(connection, self._database.vault, task_id)

    def _lock(self, list_id: str) -> asyncio.Lock:
        return self._locks.setdefault(list_id, asyncio.Lock())

    async def moved(self, task: Task, card_id: int) -> None:
        """The card of this task's list is another message from now on."""
        async with self._lock(task.list_id):
            await self._ctx.ledger.shown(task, card_id)
