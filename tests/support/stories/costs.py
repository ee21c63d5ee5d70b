"""Checks with what they cost, for stories about money."""

from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa

from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from storage.schema import tables
from tests.support.stories.crowd import quoted
from tests.support.stories.story import Story


async def checked(person: Person, count: int, start: int = 0, check: str = "Band") -> str:
    """Have a list checked; return the caption of its result."""
    card = await quoted(person, count, start, check)
    await person.presses("Start", on=card)
    return (await person.receives_file()).caption


async def posted(person: Person, count: int, start: int = 0, check: str = "Band") -> Message:
    """Start the check of a list; return its card."""
    card = await quoted(person, count, start, check)
    await person.presses("Start", on=card)
    return card


async def used(story: Story) -> list[tuple[str, str, str | None, str, str | None]]:
    """Return of each POST its state, what people see and the true cost, each with how it is known.

    Amounts are exact, as texts: 0.70 is "0.7".
    """
    assert story.app is not None
    columns = ("state", "cost_millionths", "cost_kind", "true_millionths", "true_kind")
    usage = tables.usage
    query = sa.select(*(usage.c[name] for name in columns)).order_by(usage.c.post, usage.c.day)
    async with story.app.database.read() as connection:
        rows = (await connection.execute(query)).all()
    return [
        (row.state, _amount(row[1]), row.cost_kind, _amount(row[3]), row.true_kind) for row in rows
    ]


def _amount(millionths: int | None) -> str:
    return "" if millionths is None else f"{(Decimal(millionths) / 1_000_000).normalize():f}"


def own_prices(folder: Path, text: str) -> Path:
    """Write a CHECKERS_FILE."""
    file = folder / "own.toml"
    file.write_text(text, "utf-8")
    return file
