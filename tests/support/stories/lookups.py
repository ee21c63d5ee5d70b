"""Shared steps of stories about single lookups."""

import math
from datetime import UTC, datetime
from itertools import pairwise

from sandbox.people.person import Person
from sandbox.services.lookups import Instance
from sandbox.telegram.store.chats import Json, Message
from tests.support.stories.story import Story

YES, NO = "+79876543210", "+79876543211"
ACCOUNT = "10000000"


def answers(story: Story) -> None:
    """Let the service find an account for YES and none for NO."""
    digits = {YES: ACCOUNT, NO: ""}
    story.world.green.known |= {number.removeprefix("+"): digits[number] for number in digits}


async def opens(story: Story, **settings: object) -> Person:
    """Start a bot that serves everybody; Anna, its owner, opens the chat. Return Bob."""
    await story.starts(access="open", **settings)
    await story.anna.sends("/start")
    await story.anna.sees("I check lists")
    return story.world.person("Bob")


async def leaps(story: Story, seconds: float) -> None:
    """Let that much time pass at once, and everybody finish what they do then."""
    await story.passes(0)
    story.clock.jump(seconds)
    await story.passes(0)


def instance_of(story: Story, index: int = 0) -> Instance:
    """Return one of the service's instances, to be changed."""
    return story.world.green.instances[index]


def asked(story: Story) -> list[str]:
    """Return the numbers of all requests, in order."""
    return [f"+{lookup.number}" for lookup in story.world.green.asked]


def times(story: Story) -> list[float]:
    """Return the times of all requests."""
    return [lookup.time for lookup in story.world.green.asked]


def gaps(moments: list[float]) -> list[float]:
    """Return the seconds from one moment to the next."""
    return [later - earlier for earlier, later in pairwise(moments)]


async def was_asked(story: Story, count: int) -> None:
    """Wait until the service had that many requests altogether."""
    green = story.world.green
    await story.world.until(lambda: len(green.asked) >= count or None, f"{count} requests came")


async def hears_nothing(story: Story, until: float) -> None:
    """Let time pass until just before that moment; check that the service gets no request."""
    before, step = len(asked(story)), max(until - 1 - story.clock.now(), 0.0) / 2
    for _ in range(2):
        await leaps(story, step)
        assert len(asked(story)) == before


def utc(moment: float) -> str:
    """Return the time as people read it, rounded up to a minute."""
    return f"{datetime.fromtimestamp(math.ceil(moment / 60) * 60, UTC):%H:%M} UTC"


def said(person: Person) -> list[Message]:
    """Return all messages of the bot to a person."""
    return [message for message in person.messages if message.by_bot]


def told(story: Story, words: str) -> int:
    """Return how many messages to Anna, the owner, hold these words."""
    return sum(words in message.shown for message in said(story.anna))


def ever_shown(message: Message) -> str:
    """Return all that a message has shown, in order."""
    return "\n".join([*(version.text for version in message.edits), message.shown])


def buttons(message: Message) -> list[Json]:
    """Return the buttons of a message with all their fields."""
    return [button for row in message.content.keyboard for button in row]


def clock_of(message: Message) -> int:
    """Return the moment that a message holds as an entity, which clients show in local time."""
    (moment,) = (each for each in message.content.entities if each["type"] == "date_time")
    return int(moment["unix_time"])
