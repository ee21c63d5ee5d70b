"""Notes to owners: who can be told, and what nobody will ever be told."""

from storage.database import Database
from storage.people import chats
from storage.records import services

LISTENS, SILENT = 1, 2


async def test_of_notes_that_wait_the_newest_are_kept(database: Database) -> None:
    """Protects an owner's first minute from a month of notes, and the table from growing."""
    async with database.write() as connection:
        await chats.blocked(connection, SILENT, 1.0)
        for now in range(100, 130):
            await services.note_owners(
                connection,
                database.vault,
                [LISTENS, SILENT],
                key="owner-key-taken",
                values={"service": str(now)},
                now=float(now),
            )
        await services.forget_unheard_notes(connection, 105.0)
    async with database.write() as connection:
        waiting = await services.owner_notes_waiting(connection, database.vault)
        assert {note.owner_id for note in waiting} == {LISTENS}
        assert [note.values["service"] for note in waiting] == [str(n) for n in range(105, 130)]
        await chats.seen(connection, SILENT, None, 2.0)
        waiting = await services.owner_notes_waiting(connection, database.vault)
    late = [note.values["service"] for note in waiting if note.owner_id == SILENT]
    assert late == [str(n) for n in range(110, 130)]
