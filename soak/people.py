"""People who submit lists and ask about numbers, and a diary of it for the audit."""

import asyncio
import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from sandbox.world import World

CHECKS = ("Telegram activity", "WhatsApp details", "Active number", "Band")
PATIENCE = 90.0
"""Real seconds that a person waits for anything before they give up."""
TAP_SECONDS = 8.0
"""Real seconds after which a tap is repeated: the bot died, and Telegram's client gave up."""
MOST_TAPS = 12
UNCLEAR = "I don't know whether the service took this list"
ENDS = ("Nothing was spent", "gave up on it", "the service's file isn't what it should be")
STUCK = "⌛"
SET_ASIDE = "I stumbled over this list"
HALTS = (UNCLEAR, STUCK, *ENDS)


@dataclass(eq=False)
class Order:
    """A submitted list, and its outcome as the person sees it."""

    person: Person
    message: Message
    numbers: list[str]
    check: str = ""
    agreed: int = 0
    """How often the person agreed to pay: Start, and each "Send again"."""
    outcome: str = "submitted"


@dataclass(eq=False)
class Question:
    """A lookup of a single number."""

    person: Person
    message: Message
    number: str


@dataclass
class Diary:
    """All lists and lookups of all people."""

    orders: list[Order] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(447_400_000_000, 7))

    def fresh(self, count: int) -> list[str]:
        """Return numbers that are in no other list, too far apart to be taken for a sweep."""
        return [f"+{next(self.numbers)}" for _ in range(count)]


class Customer:
    """Submits lists and asks about numbers until the time is over."""

    def __init__(self, world: World, person: Person, chance: random.Random, diary: Diary) -> None:
        self._world = world
        self._person = person
        self._chance = chance
        self._diary = diary

    async def lives(self, until: Callable[[], bool]) -> None:
        """Do one thing after the other, and write it into the diary."""
        while not until():
            await asyncio.sleep(self._chance.uniform(0.05, 3.0))
            if until():
                return
            if self._person.chat.private and self._chance.random() < 0.5:
                await self._asks()
            else:
                await self._orders()

    async def _asks(self) -> None:
        (number,) = self._diary.fresh(1)
        known = self._chance.choice(["", str(self._chance.randrange(10**8, 10**9))])
        self._world.green.known[number.removeprefix("+")] = known
        message = await self._person.sends(number)
        self._diary.questions.append(Question(self._person, message, number))

    async def _orders(self) -> None:
        numbers = self._diary.fresh(self._chance.randint(2, 60))
        order = Order(self._person, await self._submits(numbers), numbers)
        self._diary.orders.append(order)
        try:
            await self._follows(order)
        except AssertionError:
            order.outcome = f"waited in vain, {order.outcome}"

    async def _submits(self, numbers: list[str]) -> Message:
        text = "\n".join(numbers)
        if not self._person.chat.private:
            return await self._person.uploads(
                "list.txt", text.encode(), caption=f"@{self._world.bot_username}"
            )
        if len(numbers) > 1 and self._chance.random() < 0.5:
            return await self._person.sends(text)
        return await self._person.uploads("list.txt", text.encode())

    async def _follows(self, order: Order) -> None:
        """Choose a check, start it and wait for its end."""
        card = await self._sees(order, "numbers ready", SET_ASIDE)
        if SET_ASIDE in card.shown:  # bots died twice while they read it: the person sends it again
            order.message = await self._submits(order.numbers)
            card = await self._sees(order, "numbers ready")
        order.check = self._chance.choice(CHECKS)
        await self._taps(order, card, order.check, until="go to the service")
        order.agreed = 1
        await self._taps(order, card, "Start", gone="[Start]")
        order.outcome = "started"
        while order.outcome in {"started", "sent again"}:
            await self._decides(order, card)

    async def _decides(self, order: Order, card: Message) -> None:
        """Wait for the end, and decide when the bot asks."""
        await self._world.until(
            lambda: files_for(order) or any(words in card.shown for words in HALTS) or None,
            f"{self._person.name} hears of a check",
            self._person.chat,
            PATIENCE,
        )
        if files_for(order):
            order.outcome = "delivered"
        elif UNCLEAR in card.shown and self._chance.random() < 0.5:
            order.agreed += 1
            order.outcome = "sent again"
            await self._taps(order, card, "Send again", gone=UNCLEAR)
        elif UNCLEAR in card.shown:
            order.outcome = "dropped"
            await self._taps(order, card, "Drop it", gone=UNCLEAR)
        elif STUCK in card.shown:
            await self._taps(order, card, "Look again", gone=STUCK)
        else:
            order.outcome = next(end for end in ENDS if end in card.shown)

    async def _sees(self, order: Order, *texts: str) -> Message:
        """Wait for a reply to the list that shows one of `texts`."""

        def shown() -> Message | None:
            answers = reversed(_answers(order))
            return next((each for each in answers if any(t in each.shown for t in texts)), None)

        what = f"{self._person.name} sees one of {texts}"
        return await self._world.until(shown, what, self._person.chat, PATIENCE)

    async def _taps(
        self, order: Order, card: Message, label: str, *, until: str = "", gone: str = ""
    ) -> None:
        """Tap until the card shows `until` and not `gone`, again and again if nothing happens."""
        for _ in range(MOST_TAPS):
            if _has_happened(card, until, gone) or files_for(order):
                return
            if not any(label in each for row in card.buttons for each in row):
                await asyncio.sleep(0.2)
                continue
            try:
                await self._person.presses(label, on=card, within=TAP_SECONDS)
            except AssertionError:
                continue
            await asyncio.sleep(0.2)
        assert _has_happened(card, until, gone), f"{label} did nothing"


def _has_happened(card: Message, until: str, gone: str) -> bool:
    shown = card.shown + "".join(f"[{label}]" for row in card.buttons for label in row)
    return until in shown and not (gone and gone in shown)


def _answers(order: Order | Question) -> list[Message]:
    """Return the bot's replies to a list or a number."""
    return [
        each
        for each in order.person.messages
        if each.by_bot and not each.deleted and each.reply_to is order.message
    ]


def files_for(order: Order) -> list[Message]:
    """Return the messages with result files for a list."""
    return [each for each in _answers(order) if each.document is not None]


def answers_to(question: Question) -> list[str]:
    """Return the bot's answers to a lookup."""
    return [each.shown for each in _answers(question)]
