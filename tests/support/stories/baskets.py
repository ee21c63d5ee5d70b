"""Lists that are kept for a check, for stories."""

from pathlib import Path

from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story

MINIMUM = 50


async def asks_for_many(story: Story) -> Person:
    """Start a bot whose Band asks for fifty numbers, Telegram activity for thirty."""
    own = Path(story.home) / "checkers.toml"
    own.write_text(f"[band]\nminimum = {MINIMUM}\n[tg_active]\nminimum = 30\n")
    await story.starts(checkers_file=own)
    await story.anna.sends("/start")
    await story.anna.sees("I check lists")
    return story.anna


def file_of(count: int, start: int = 0) -> bytes:
    """Return a file of that many numbers."""
    return "\n".join(numbers(count, start)).encode()


async def sends_file(
    person: Person, name: str, count: int, start: int = 0, caption: str | None = None
) -> Message:
    """Send a file; return the card of its list."""
    sent = await person.uploads(name, file_of(count, start), caption=caption)
    return await person.sees(f"{name}: {count} numbers ready", after=sent)


async def keeps(person: Person, count: int = 20, caption: str | None = None) -> Message:
    """Send a list that is too short for Band, and keep it; return its card."""
    card = await sends_file(person, "first.txt", count, caption=caption)
    await person.presses("Band", on=card)
    await person.sees(f"from {MINIMUM} numbers on", in_message=card)
    told = await person.presses("Keep it, add more", on=card)
    assert told.text.startswith("Kept. Send more numbers here")
    return await person.sees(f"{count} of {MINIMUM} for Band", in_message=card)
