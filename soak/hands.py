"""What people do to the bot, again and again while bots die over it."""

import asyncio
import contextlib
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from sandbox.world import World
from soak.diary import Allowance, Consent, Diary, Order, answers, current, files_for, stumbled
from soak.owner import Owner
from soak.turns import Habit, Turns
from soak.watcher import Watcher

Found = TypeVar("Found")

PATIENCE = 40.0
"""Real seconds without a word to anybody, after which a person who waits gives up."""
TAP_SECONDS = 8.0
"""Real seconds after which a tap is repeated: the bot died, and Telegram's client gave up."""
LOOK_SECONDS = 2.0
"""The same where a tap was answered, and the card still shows what it did."""
OVER = "more than is left for you today"
SET_ASIDE = "I stumbled over this list"
NO_FILES = "but this group takes no files"
OVER_BUDGET = "more than is left of your budget"
REFUSALS = ("Another check took what was left for you today", OVER_BUDGET)
UNCLEAR = "I don't know whether the service took this list"
ENDS = ("Nothing was spent", "gave up on it", "the service's file isn't what it should be")
STUCK = ("⌛", "☠️")  # it goes on when they ask for another look
HALTS = (UNCLEAR, *STUCK, *ENDS)
_LEFT = re.compile(r"([\d,]+) of [\d,]+ numbers left for you today")
START, START_NEW, FROM_MEMORY = "Start", "Check the", "Get the list from memory"
STARTS = (START, START_NEW, FROM_MEMORY)
"""They stand there again, about another draft, where the check was chosen twice as a bot died, or
its price was learnt meanwhile."""
DECISIONS = "d:"
"""How the callback data of buttons begins that decide about a check."""


@dataclass(frozen=True)
class Run:
    """What all people of a run share."""

    world: World
    owner: Owner
    chance: random.Random
    diary: Diary
    turns: Turns[Habit]
    watcher: Watcher


class Hands:
    """Sends lists, sees answers and taps."""

    def __init__(self, run: Run, person: Person) -> None:
        self._world = run.world
        self._person = person
        self._owner = run.owner
        self._chance = run.chance
        self._diary = run.diary
        self._turns = run.turns
        self._watcher = run.watcher
        self._old: list[tuple[Message, str]] = []
        """Buttons that were tapped once: their cards and callback data."""

    async def _submits(
        self, count: int, known: Sequence[str] = (), *, as_file: bool | None = None
    ) -> Order:
        """Send a list of new numbers, below those that are known, as a file or pasted."""
        name = f"list {len(self._diary.orders)}.txt"
        if as_file is None:
            as_file = not self._person.chat.private or self._chance.random() < 0.5
        numbers = [*known, *self._diary.fresh(count)]
        order = Order(self._person, [], numbers, name if as_file else "", known=len(known))
        self._diary.orders.append(order)
        await self._sends(order)
        return order

    async def _sends(self, order: Order) -> None:
        text, chat = "\n".join(order.numbers), self._person.chat
        if not order.name:
            order.sent.append(await self._person.sends(text))
            return
        await self._world.until(lambda: chat.takes_files or None, "files are allowed", chat)
        caption = None if chat.private else f"/check@{self._world.bot_username}"
        order.sent.append(await self._person.uploads(order.name, text.encode(), caption))

    async def _card(self, order: Order) -> Message:
        """Wait for the card of a list; whom bots told that they died over it sends it again."""
        while True:
            card = await self._waits(order, lambda: _ready(order) or _aside(order), "a list ready")
            if SET_ASIDE in card.shown:
                order.set_aside.append((order.since, card.edited or card.date))
            elif card is not stumbled(order):
                return card
            await self._sends(order)

    async def _looks_at(self, order: Order, card: Message) -> Message:
        """Choose the check, and note what is left of the day; return the card."""
        now = self._world.clock.now()
        await self._taps(order, card, order.check, until=" to the service")
        card = current(order, card)
        if found := _LEFT.search(card.shown):
            left = int(found[1].replace(",", ""))
            told = self._world.clock.now()
            self._diary.allowances.append(Allowance(self._person, now, told, left))
        return card

    async def _hears(self, order: Order, card: Message) -> Message:
        """Wait for the file of a check, or for a word that needs a decision; return the card."""

        def heard() -> Message | None:
            now = current(order, card)
            return now if files_for(order) or not_taken(order) or halts(now) else None

        return await self._waits(order, heard, "of a check")

    async def _waits(self, order: Order, look: Callable[[], Found | None], what: str) -> Found:
        """Wait for as long as bots say anything to anybody, on a slow machine, too."""
        who = f"{self._person.name} hears {what} ({order.name})"
        while True:
            try:
                return await self._world.until(look, who, self._person.chat, PATIENCE)
            except AssertionError:
                if self._watcher.quiet_seconds() > PATIENCE:
                    raise

    async def _agrees(self, order: Order, card: Message, label: str, *, gone: str) -> bool:
        """Agree to a POST; return False, and have agreed to nothing, if it is more than is left."""
        consent, tapped = Consent(self._world.clock.now()), len(self._old)
        order.consents.append(consent)
        answer = await self._taps(order, card, label, gone=gone, unless=REFUSALS)
        told = answer + current(order, card).shown  # the answer may be lost
        if any(words in told for words in (*REFUSALS, OVER)):
            order.consents.remove(consent)
            del self._old[tapped:]  # later it would start what nobody agreed to
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
        unless: Sequence[str] = (),
    ) -> str:
        """Tap until the card shows `until` and not `gone`, again and again if nothing happens.

        Return the last answer; `unless` are answers after which they don't tap again.
        """
        answer, data = "", ""

        def happened() -> bool | None:
            now = current(order, card)
            return _has_happened(now, until, gone) or bool(files_for(order)) or None

        while not happened():
            card = current(order, card)
            quiet = self._watcher.quiet_seconds()
            assert quiet < PATIENCE, f"{self._person.name}: {label} did nothing"
            if not (now := data_of(card, label)):
                await asyncio.sleep(0.2)
                continue
            if now != data and data.startswith(DECISIONS) and label not in STARTS:
                break  # that was answered, and this is the next question
            data = now
            with contextlib.suppress(AssertionError):  # the bot died over it, or is slow
                answer = (await self._person.presses(label, on=card, within=TAP_SECONDS)).text
                if any(words in answer for words in unless):
                    return answer
                await self._world.until(happened, label, within=LOOK_SECONDS)
        if data.startswith(DECISIONS):
            self._old.append((card, data))
        return answer


def halts(card: Message) -> bool:
    """Tell whether a card asks for a decision, or says that it is over."""
    return not card.deleted and any(words in card.shown for words in HALTS)


def not_taken(order: Order) -> Message | None:
    """Return the question of a group that takes no files."""
    asked = (each for each in answers(order) if NO_FILES in each.shown)
    return next((each for each in asked if each.content.keyboard), None)


def data_of(card: Message, label: str) -> str:
    """Return the callback data of a button; empty if it isn't there."""
    buttons = [each for row in card.content.keyboard for each in row]
    return next((str(each["callback_data"]) for each in buttons if label in each["text"]), "")


def _ready(order: Order) -> Message | None:
    return next((each for each in answers(order)[::-1] if "numbers ready" in each.shown), None)


def _aside(order: Order) -> Message | None:
    told = (each for each in answers(order) if SET_ASIDE in each.shown)
    late = (each for each in told if (each.edited or each.date) > order.since)
    return next(late, None) or stumbled(order)


def _has_happened(card: Message, until: str, gone: str) -> bool:
    shown = card.shown + "".join(f"[{label}]" for row in card.buttons for label in row)
    return until in shown and not (gone and gone in shown)
