"""The card of a list in its chat: one message, edited from its first to its last state."""

import asyncio
from weakref import WeakValueDictionary

from checking.lookups.desk import MOST_NUMBERS
from checking.memory.splits import Sent
from checking.prices.guess import guess
from handlers.cards.baskets import basket_card, kept_for
from handlers.cards.list import list_card, more_card, quote_card
from handlers.cards.question import question_card
from handlers.cards.task import task_card
from handlers.shared.card import Card
from handlers.shared.context import BotContext
from handlers.shared.messages import keep, put
from handlers.shared.offers import offers_in
from handlers.shared.places import place_of
from storage.lists import lists
from storage.lists.lists import ListState, NumberList
from storage.people import costs
from storage.tasks import tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task

_MAY_ASK = (ListState.ASKING, ListState.READY, ListState.UNREADABLE)
_GOES_ON = (
    TaskState.CONFIRMED,
    TaskState.SUBMITTING,
    TaskState.SUBMITTED,
    TaskState.PROCESSING,
    TaskState.EXPORTED,
    TaskState.FETCHED,
)
_BACK_TO_CHOICE = (TaskState.REJECTED, TaskState.CANCELLED)


class Screen:
    """Renders stored lists and tasks and shows them. Raises aiogram's errors."""

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx
        self._database = ctx.database
        # A card is read and shown under its lock: an older state must not overwrite a later one.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def show_list(self, list_id: str, *, more: bool = False) -> None:
        """Show the list: its counts and the checks to choose from, or its question.

        more: All checks on offer, where the card has no room for them.
        """
        async with self._lock(list_id):
            async with self._database.read() as connection:
                found = await lists.get(connection, self._database.vault, list_id)
            if found is None:
                return
            say = await self._ctx.say(found.chat_id)
            home = await self._ctx.region(found.chat_id)
            few = self._ctx.lookups.is_offered and 0 < found.ready <= MOST_NUMBERS
            if found.asks and found.state in _MAY_ASK:
                card = question_card(say, found, home)
            else:
                offers = await offers_in(self._ctx, found.chat_id)
                card = list_card(say, found, offers, looks_up=few, home=home)
                if more and found.state is ListState.READY:
                    card = more_card(say, found, offers)
                elif basket_id := found.basket_id or (found.kept_for and found.id):
                    async with self._database.read() as connection:
                        basket = await lists.get(connection, self._database.vault, basket_id)
                    new = None
                    if basket and (check := kept_for(basket, offers)):
                        new = await self._ctx.desk.count_new(basket, check)
                    card = basket_card(say, found, basket, offers, new=new, home=home) or card
            card_id = await put(self._ctx.bot, place_of(found), found.card_id, card)
            await self._ctx.lists.shown(list_id, card_id, found)

    async def bring_list(self, list_id: str) -> None:
        """Show a list that has come further; one begun anew is quoted when it is ready."""
        async with self._database.read() as connection:
            vault = self._database.vault
            found = await lists.get(connection, vault, list_id)
            of = await tasks.get(connection, vault, found.again_of or "") if found else None
        if of and found and found.state is ListState.READY and not found.asks:
            offers = await offers_in(self._ctx, found.chat_id)
            is_offered = of.check_key in {offer.check.key for offer in offers}
            by = found.person_id
            if is_offered and await self.show_quote(list_id, of.check_key, by, seen=found):
                return
        await self.show_list(list_id)

    async def show_quote(
        self,
        list_id: str,
        check_key: str,
        by: int,
        sent: Sent = "new",
        seen: NumberList | None = None,
    ) -> bool:
        """Show the quote of a check to whoever asks for it; False if it isn't on offer.

        sent: What of the list goes to the service. seen: The list, as its card shows it by that.
        """
        async with self._lock(list_id):
            quote = await self._ctx.desk.quote(list_id, check_key, by, sent)
            if quote is None:
                return False
            task = quote.task
            shows = self._ctx.shows_balance(task.chat_id)
            card = quote_card(await self._ctx.say(task.chat_id), quote, shows_balance=shows)
            card_id = await put(self._ctx.bot, place_of(task), task.messages.card_id, card)
            if seen is not None or card_id != task.messages.card_id:
                await self._ctx.lists.shown(list_id, card_id, seen)
            return True

    async def show_task(self, task_id: str) -> None:
        """Show the state of a started check."""
        task = await self._task(task_id)
        if task is None:
            return
        async with self._lock(task.list_id):
            task = await self._task(task_id)
            if task is None:
                return
            card = await self.card_of(task)
            card_id, lost = await keep(
                self._ctx.bot,
                place_of(task),
                task.messages.card_id,
                card,
                lost=task.messages.cards_lost,
                ends=task.state not in _GOES_ON,
            )
            await self._ctx.ledger.shown(task, card_id, lost)

    async def card_of(self, task: Task) -> Card:
        """Render the card of a task in the language of its chat."""
        say = await self._ctx.say(task.chat_id)
        back = task.state in _BACK_TO_CHOICE
        offers = await offers_in(self._ctx, task.chat_id) if back else []
        check = self._ctx.catalogue.get(task.check_key)
        may_claim = self._ctx.people.may_claim(task.person_id, task)
        async with self._database.read() as connection:
            posts = await costs.of_posts(connection, task.id)
            guessed = await guess(connection, task, check) if check else None
        return task_card(
            say,
            task,
            check,
            offers,
            self._ctx.clock.now(),
            may_claim=may_claim,
            posts=posts,
            guess=guessed,
            shows_balance=self._ctx.shows_balance(task.chat_id),
        )

    async def _task(self, task_id: str) -> Task | None:
        async with self._database.read() as connection:
            return await tasks.get(connection, self._database.vault, task_id)

    def _lock(self, list_id: str) -> asyncio.Lock:
        return self._locks.setdefault(list_id, asyncio.Lock())

    async def moved(self, task: Task, card_id: int) -> None:
        """Store another message, which somebody asked for, as the card of this task's list."""
        async with self._lock(task.list_id):
            await self._ctx.ledger.shown(task, card_id, 0)
