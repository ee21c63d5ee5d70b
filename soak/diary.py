"""What people did and saw, written down for the audit."""

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message

QUOTA = 60
"""Numbers that a person may have checked a day, before the owner raises it."""

STUMBLED = "I stopped three times in the middle"


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
    message: Message
    numbers: list[str]
    check: str = ""
    consents: list[Consent] = field(default_factory=list)
    """Start, and each "Send again" that wasn't refused."""
    forgotten: tuple[float, int] | None = None
    """When it was erased by the person's wish, and how many files had come by then."""
    outcome: str = "submitted"


@dataclass(eq=False)
class Question:
    """A lookup of a single number."""

    person: Person
    message: Message
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
class Diary:
    """All lists and lookups of all people."""

    orders: list[Order] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    allowances: list[Allowance] = field(default_factory=list)
    quotas: dict[int, float] = field(default_factory=dict)
    """The largest quota that a person ever had, where it isn't QUOTA."""
    habits: Counter[str] = field(default_factory=Counter)
    """What people did besides, and how often."""
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(447_400_000_000, 7))

    def fresh(self, count: int) -> list[str]:
        """Return numbers that are in no other list, too far apart to be taken for a sweep."""
        return [f"+{next(self.numbers)}" for _ in range(count)]


def day_of(moment: float) -> str:
    """Return the UTC day of a moment."""
    return datetime.fromtimestamp(moment, UTC).date().isoformat()


def answers(order: Order | Question) -> list[Message]:
    """Return the bot's replies to a list or a number."""
    return [
        each
        for each in order.person.messages
        if each.by_bot and not each.deleted and each.reply_to is order.message
    ]


def files_for(order: Order) -> list[Message]:
    """Return the messages with result files for a list."""
    return [each for each in answers(order) if each.document is not None]


def answers_to(question: Question) -> list[str]:
    """Return the bot's answers to a lookup."""
    return [each.shown for each in answers(question)]


def stumbled(order: Order | Question) -> Message | None:
    """Return the message that says that bots died three times over something sent since then."""
    later = order.message.message_id
    return next(
        (
            each
            for each in order.person.messages
            if each.by_bot and each.message_id > later and STUMBLED in each.shown
        ),
        None,
    )
