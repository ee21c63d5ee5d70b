"""The owner of the bot: lets people in, and decides about them."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from itertools import chain

from handlers.shared.callbacks import BudgetButton, PeopleAct, PeopleButton
from sandbox.people.person import Person
from soak.diary import Diary
from storage.people.budgets import Period

ASK_AGAIN_SECONDS = 8.0
"""Real seconds after which something is tried again: the bot died over it."""
MOST_TRIES = 40  # a loaded machine, and a bot that dies again and again
RAISED = 1_000
SETTING = -1  # the quota that the settings name
LINK = "https://t.me/"


class Owner:
    """Does one thing at a time, and again until the bot has answered."""

    def __init__(self, person: Person, diary: Diary) -> None:
        self._person = person
        self._diary = diary
        diary.quotas[person.id] = math.inf
        self._one = asyncio.Lock()
        self._given: set[str] = set()

    async def lets_in(self, person: Person) -> None:
        """Give a person a link, who opens it."""
        if self.is_(person):
            return

        async def opens() -> None:
            opened = await person.sends(f"/start {await self._code()}")
            await person.sees("I check lists", after=opened, within=ASK_AGAIN_SECONDS)

        await insists(opens)

    def is_(self, person: Person) -> bool:
        """Tell whether this person is the owner."""
        return person.id == self._person.id

    async def removes(self, person: Person) -> None:
        """Take a person's access away."""
        await self._decides(PeopleAct.REMOVE, person)

    async def lets_back(self, person: Person) -> None:
        """Let a person in again who was removed."""
        await self._decides(PeopleAct.LET_IN, person)

    async def raises(self, person: Person) -> None:
        """Raise the quota of a person who asked for more."""
        self._diary.quotas[person.id] = RAISED
        await self._decides(PeopleAct.QUOTA, person, RAISED)

    async def grants(self, person: Person, dollars: int) -> None:
        """Set what a person may spend a day; 0: no limit."""
        button = BudgetButton(
            holder=person.id, is_group=False, page=0, period=Period.DAY, amount=dollars
        )
        await self._taps(button.pack())

    async def _code(self) -> str:
        """Return the code of a link that was given to nobody."""

        async def asks() -> None:
            await self._person.sends("/invite")
            await self._person.world.until(self._code_of_new, "a link", within=ASK_AGAIN_SECONDS)

        async with self._one:
            await insists(asks)
            code = self._code_of_new()
            assert code is not None
            self._given.add(code)
            return code

    def _code_of_new(self) -> str | None:
        shown = (each.shown for each in self._person.messages if each.by_bot)
        links = chain.from_iterable(each.split() for each in shown if LINK in each)
        codes = (each.partition("?start=")[2] for each in links if each.startswith(LINK))
        return next((each for each in codes if each not in self._given), None)

    async def _decides(self, act: PeopleAct, person: Person, quota: int = SETTING) -> None:
        """Decide about a person, on the page about them."""
        await self._taps(PeopleButton(act=act, person=person.id, page=0, quota=quota).pack())

    async def _taps(self, button: str) -> None:
        """Tap a button of the pages about people."""

        async def decides() -> None:
            asked = await self._person.sends("/people")
            page = await self._person.sees("👥", after=asked, within=ASK_AGAIN_SECONDS)
            await self._person.forges(button, page, within=ASK_AGAIN_SECONDS)

        async with self._one:
            await insists(decides)


async def insists(act: Callable[[], Awaitable[object]]) -> None:
    """Do something until it is answered: bots die over it."""
    why = ""
    for _ in range(MOST_TRIES):
        try:
            await act()
        except AssertionError as error:
            why = str(error)
        else:
            return
    raise AssertionError(f"nobody answered: {why}")
