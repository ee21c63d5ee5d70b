"""Checks that begin anew every month, for stories."""

from datetime import UTC, datetime

from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from tests.support.stories.crowd import DAY
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story

CHECK = "Telegram activity"
AGAIN = "Every month…"
LATER = 600.0  # than noon: what people do before it takes a while
LIST = "\n".join(numbers(60)).encode()


async def finishes(
    person: Person, name: str = "customers.txt", data: bytes = LIST, check: str = CHECK
) -> Message:
    """Have a list checked; return its card."""
    card = await person.sees("numbers ready", after=await person.uploads(name, data))
    await person.presses(check, on=card)
    await person.presses("Start", on=card)
    await person.receives_file()
    return await person.sees("Done", in_message=card)


async def asks(person: Person, name: str = "customers.txt", by: str = "/tasks") -> Message:
    """Open a finished check, and ask for it to begin anew; return the question.

    by: The command, which names the bot in groups.
    """
    page = await person.sees("hecks", after=await person.sends(by))
    await person.presses(name, on=page)
    opened = await person.sees("Done", after=page)
    await person.presses(AGAIN, on=opened)
    return await person.sees("How often", after=opened)


async def schedules(
    person: Person,
    every: str = "Every month",
    how: str = "By itself",
    *,
    name: str = "customers.txt",
    by: str = "/tasks",
) -> Message:
    """Have a finished check begin anew; return the schedule's card."""
    card = await asks(person, name, by)
    await person.presses(every, on=card)
    await person.sees("How shall the check start then?", in_message=card)
    await person.presses(how, on=card)
    return await person.sees("✅ Set up", in_message=card)


def at(year: int, month: int, day: int, hour: int = 12) -> float:
    """Return a moment (UTC)."""
    return datetime(year, month, day, hour, tzinfo=UTC).timestamp()


async def comes(story: Story, moment: float) -> None:
    """Let the time come, and everybody do what is due then."""
    await story.passes(0)
    story.clock.jump(max(moment - story.clock.now(), 0.0))
    await story.passes(90)


async def tomorrow(story: Story, person: Person, moment: float) -> Message:
    """Let the day before come; return the card of that day."""
    before = person.messages[-1]
    await comes(story, moment - DAY + LATER)
    return await person.sees("Tomorrow, ", after=before)


async def that_day(story: Story, moment: float) -> None:
    """Let the due date come: a list is begun a day after it was announced."""
    await comes(story, moment + 2 * LATER)
