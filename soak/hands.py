"""What people do to the bot, again and again while bots die over it."""

import asyncio
import random

from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from sandbox.world import World
from soak.diary import Consent, Diary, Order, answers, files_for, stumbled
from soak.owner import Owner

PATIENCE = 90.0
"""Real seconds that a person waits for anything before they give up."""
TAP_SECONDS = 8.0
"""Real seconds after which a tap is repeated: the bot died, and Telegram's client gave up."""
MOST_TAPS = 12
SET_ASIDE = "I stumbled over this list"
REFUSED = "Another check took what was left for you today"
UNCLEAR = "I don't know whether the service took this list"
ENDS = ("Nothing was spent", "gave up on it", "the service's file isn't what it should be")
STUCK = ("⌛", "☠️")  # it goes on when they ask for another look
HALTS = (UNCLEAR, *STUCK, *ENDS)
DECISIONS = "d:"
"""How the callback data of buttons begins that decide about a check."""


class Hands:
    """Sends lists, sees answers and taps."""

    def __init__(
        self, world: World, person: Person, owner: Owner, chance: random.Random, diary: Diary
    ) -> None:
        self._world = world
        self._person = person
        self._owner = owner
        self._chance = chance
        self._diary = diary
        self._old: list[tuple[Message, str]] = []
        """Buttons that were tapped once: their cards and callback data."""

    async def _submits(self, numbers: list[str]) -> Order:
        """Send a list, once more if bots died over it, until it is ready."""
        order = Order(self._person, await self._sends(numbers), numbers)
        self._diary.orders.append(order)
        return order

    async def _sends(self, numbers: list[str]) -> Message:
        text, name = "\n".join(numbers), "list.txt"
        if not self._person.chat.private:
            caption = f"/check@{self._world.bot_username}"
            return await self._person.uploads(name, text.encode(), caption=caption)
        if self._chance.random() < 0.5:
            return await self._person.sends(text)
        return await self._person.uploads(name, text.encode())

    async def _card(self, order: Order) -> Message:
        """Wait for the card of a list; whom bots told that they died over it sends it again."""
        while True:
            card = await self._world.until(
                lambda: _ready(order) or _aside(order),
                f"{self._person.name} sees a list ready",
                self._person.chat,
                PATIENCE,
            )
            if SET_ASIDE not in card.shown and card is not stumbled(order):
                return card
            order.message = await self._sends(order.numbers)

    async def _hears(self, order: Order, card: Message) -> None:
        """Wait for the file of a check, or for a word that needs a decision."""
        await self._world.until(
            lambda: files_for(order) or any(words in card.shown for words in HALTS) or None,
            f"{self._person.name} hears of a check",
            self._person.chat,
            PATIENCE,
        )

    async def _agrees(self, order: Order, card: Message, label: str, *, gone: str) -> bool:
        """Agree to a POST; return False, and have agreed to nothing, if the quota is used up."""
        consent = Consent(self._world.clock.now())
        order.consents.append(consent)
        answer = await self._taps(order, card, label, gone=gone, unless=REFUSED)
        if REFUSED in answer:
            order.consents.remove(consent)
            return False
        consent.seen = self._world.clock.now()
        return True

    async def _taps(
        self,
        order: Order,
        card: Message,
        label: str,
        *,
        until: str = "",
        gone: str = "",
        unless: str = "",
    ) -> str:
        """Tap until the card shows `until` and not `gone`, again and again if nothing happens.

        Return the last answer; `unless` is an answer after which they don't tap again.
        """
        answer, data = "", ""
        for _ in range(MOST_TAPS):
            if _has_happened(card, until, gone) or files_for(order):
                break
            if not (now := data_of(card, label)):
                await asyncio.sleep(0.2)
                continue
            data = now
            try:
                answer = (await self._person.presses(label, on=card, within=TAP_SECONDS)).text
            except AssertionError:
                continue
            if unless and unless in answer:
                return answer
            await asyncio.sleep(0.2)
        else:
            assert _has_happened(card, until, gone), f"{label} did nothing"
        if data.startswith(DECISIONS):
            self._old.append((card, data))
        return answer


def data_of(card: Message, label: str) -> str:
    """Return the callback data of a button; empty if it isn't there."""
    buttons = [each for row in card.content.keyboard for each in row]
    return next((str(each["callback_data"]) for each in buttons if label in each["text"]), "")


def _ready(order: Order) -> Message | None:
    return next((each for each in answers(order)[::-1] if "numbers ready" in each.shown), None)


def _aside(order: Order) -> Message | None:
    told = next((each for each in answers(order) if SET_ASIDE in each.shown), None)
    return told or stumbled(order)


def _has_happened(card: Message, until: str, gone: str) -> bool:
    shown = card.shown + "".join(f"[{label}]" for row in card.buttons for label in row)
    return until in shown and not (gone and gone in shown)
