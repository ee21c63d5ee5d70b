"""When the card of an inquiry is looked at again."""

from storage.database import Database
from storage.lookups import inquiries
from storage.lookups.inquiries import Inquiry
from storage.lookups.lookups import LookupState
from tests.support.databases.temporary import CHAT, NOW


async def asked(database: Database, number: str, message: int, show_at: float) -> None:
    """Store an inquiry about one number, which is its own digest here."""
    row = {"person_id": 1, "state": LookupState.WAITING, "number": number, "number_key": number}
    async with database.write() as connection:
        await inquiries.begin(
            connection,
            database.vault,
            inquiry_id=number * message,
            chat_id=CHAT,
            person_id=1,
            reply_to=message,
            now=NOW,
            show_at=show_at,
            thread_id=None,
            rows=[{**row, "turn": 0, "answer": None, "from_memory": False}],
        )


async def looks(database: Database) -> dict[str, float]:
    """Return when each card is looked at."""
    async with database.read() as connection:
        return {each: at for each, _, at in await inquiries.to_show(connection)}


async def look_by(database: Database, number: str, at: float) -> None:
    """Have the cards of a number looked at by then."""
    async with database.write() as connection:
        await inquiries.look_by(connection, number, at)


async def test_a_card_is_looked_at_by_a_time(database: Database) -> None:
    """Protects a card from lagging: all that wait for the number, never later than before."""
    await asked(database, "x", 1, NOW + 60)
    await asked(database, "x", 2, NOW + 1)
    await asked(database, "y", 3, NOW + 60)
    await look_by(database, "x", NOW + 3)
    assert await looks(database) == {"xx": NOW + 1, "x": NOW + 3, "yyy": NOW + 60}


async def test_what_changes_while_a_card_is_shown_is_looked_at_soon(database: Database) -> None:
    """Protects a failure that comes while a card is sent: the card doesn't wait for its turn."""
    await asked(database, "x", 1, NOW)

    async def found() -> Inquiry:
        async with database.read() as connection:
            inquiry = await inquiries.get(connection, database.vault, "x")
        assert inquiry is not None
        return inquiry

    async def shown(read: Inquiry) -> None:
        times = {"show_at": NOW + 30, "changed_at": NOW + 2}
        async with database.write() as connection:
            await inquiries.shown(connection, read, card_id=9, cards_lost=0, digest="d", **times)

    read = await found()
    await look_by(database, "x", NOW + 1)
    await shown(read)
    assert await looks(database) == {"x": NOW + 2}
    await shown(await found())
    assert await looks(database) == {"x": NOW + 30}
