"""What people did and saw, written down for the audit."""

import itertools
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message

QUOTA = 60
"""Numbers that a person may have checked a day, before the owner raises it."""

PRICED = "line"
"""The service's word for the check that costs CENTS a number, in the soak's CHECKERS_FILE."""
CENTS = 10
STUMBLED = "I stopped three times in the middle"
CARD = "📄"
"""How the card of a list begins."""


@dataclass
class Consent:
    """A tap that agrees to one POST, in Unix seconds of the shared clock."""

    began: float
    seen: float | None = None
    """When its effect was seen."""

    @property
    def day(self) -> str | None:
        """The day (UTC) that it counts for; None if it isn't known."""
        day = day_of(self.began)
        return day if self.seen is not None and day_of(self.seen) == day else None


@dataclass(eq=False)
class Order:
    """A submitted list, and its outcome as the person sees it."""

    person: Person
    sent: list[Message]
    """The list; sent once more for each time that bots stopped three times over it."""
    numbers: list[str]
    name: str = ""
    """Of its file; a pasted list has none. Answers are known by it where the list was deleted."""
    check: str = ""
    known: int = 0
    """How many of its numbers, the first ones, were answered before: they aren't sent again."""
    consents: list[Consent] = field(default_factory=list)
    """Start, and each "Send again" that wasn't refused."""
    forgotten: tuple[float, int] | None = None
    """When it was erased by the person's wish, and how many files had come by then."""
    privately: bool | None = None
    """The person wants the result alone, as the group takes no files."""
    set_aside: list[tuple[float, float]] = field(default_factory=list)
    """When it was sent, and when they were told that bots stopped while reading it."""
    outcome: str = "submitted"

    @property
    def new(self) -> frozenset[str]:
        """What goes to the service."""
        return frozenset(self.numbers[self.known :])

    @property
    def since(self) -> float:
        """When it was sent last."""
        return self.sent[-1].date


@dataclass(eq=False)
class Question:
    """A lookup of a single number."""

    person: Person
    sent: list[Message]
    number: str
    forgotten: bool = False
    """The person had everything erased since."""


@dataclass(frozen=True)
class Allowance:
    """What a card said was left of a day, between two moments."""

    person: Person
    asked: float
    told: float
    left: int


@dataclass
class Budget:
    """Cents that a person may spend a day, between two moments of which both are sure."""

    person: Person
    cents: int
    began: float
    ended: float = math.inf


@dataclass
class Diary:
    """All lists and lookups of all people."""

    orders: list[Order] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    allowances: list[Allowance] = field(default_factory=list)
    quotas: dict[int, float] = field(default_factory=dict)
    """The largest quota that a person ever had, where it isn't QUOTA."""
    budgets: list[Budget] = field(default_factory=list)
    habits: Counter[str] = field(default_factory=Counter)
    """What people did besides, and how often."""
    in_vain: list[str] = field(default_factory=list)
    """What people waited for in vain, with the transcript of their chat."""
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(447_400_000_000, 7))

    def fresh(self, count: int) -> list[str]:
        """Return numbers that are in no other list, too far apart to be taken for a sweep."""
        return [f"+{next(self.numbers)}" for _ in range(count)]


def day_of(moment: float) -> str:
    """Return the UTC day of a moment."""
    return datetime.fromtimestamp(moment, UTC).date().isoformat()


def answers(order: Order | Question) -> list[Message]:
    """Return the bot's answers to a list or a number, oldest first."""
    later = order.person.chat.messages[order.sent[0].message_id :]  # ids count from 1
    name = order.name if isinstance(order, Order) else ""
    return [
        each
        for each in later
        if each.by_bot
        and not each.deleted
        and (each.reply_to in order.sent or (name and name in each.shown))
    ]


def files_for(order: Order) -> list[Message]:
    """Return the messages with result files for a list, those to its person alone, too."""
    alone = order.person.world.state.chats[order.person.id].messages if order.privately else []
    to_them = [each for each in alone if each.by_bot and order.name in each.shown]
    return [each for each in (*answers(order), *to_them) if each.document is not None]


def current(order: Order, card: Message) -> Message:
    """Return the newest card of a list: it comes anew if it was deleted, or its reply was lost."""
    cards = [each for each in answers(order) if each.shown.startswith(CARD)]
    return cards[-1] if cards and card.shown.startswith(CARD) else card


def answers_to(question: Question) -> list[str]:
    """Return the bot's answers to a lookup."""
    return [each.shown for each in answers(question)]


def stumbled(order: Order | Question) -> Message | None:
    """Return the message that says that bots died three times over something sent since then."""
    later = order.person.chat.messages[order.sent[-1].message_id :]
    return next((each for each in later if each.by_bot and STUMBLED in each.shown), None)
