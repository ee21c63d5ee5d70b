"""Shared steps of stories about remembered answers."""

import sqlalchemy as sa

from sandbox.people.person import Person, ReceivedFile
from sandbox.telegram.store.chats import Message
from storage.schema.tables import splits
from tests.support.stories.story import Story

PRICED = "[band]\nprice = 0.35\n"
"""USD for 1,000 numbers, in a CHECKERS_FILE."""


async def opens(
    person: Person, wanted: list[str], check: str = "Band", *, caption: str | None = None
) -> Message:
    """Send these numbers, and open a check; return the card."""
    sent = await person.uploads("numbers.txt", "\n".join(wanted).encode(), caption=caption)
    card = await person.sees(f"{len(wanted):,} numbers ready", after=sent)
    await person.presses(check, on=card)
    return await person.sees("service", in_message=card)


async def checked(
    person: Person, wanted: list[str], check: str = "Band", *, caption: str | None = None
) -> ReceivedFile:
    """Have all of these numbers checked by the service; return its file."""
    card = await opens(person, wanted, check, caption=caption)
    await person.presses("Start", on=card)
    file = await person.receives_file()
    await person.sees("Done", in_message=card)
    return file


async def splits_stored(story: Story) -> int:
    """Return for how many checks remembered answers are stored apart."""
    assert story.app is not None
    async with story.app.database.read() as connection:
        query = sa.select(sa.func.count()).select_from(splits)
        return int((await connection.execute(query)).scalar_one())
