"""A group that gets another id: all its data moves, at once, and nothing twice."""

import sqlalchemy as sa

from storage.database import Database
from storage.lists import list_parts, lists
from storage.lists.list_parts import StoredPart
from storage.lists.lists import ListState
from storage.people import chats, people
from storage.people.chats import GroupRules, HandIn
from storage.records import services
from storage.schema import tables
from storage.schema.tables import inbox, metadata, usage
from storage.tasks import tasks
from storage.tasks.task_states import TaskState
from storage.upkeep import migrate_chat
from tests.support.databases.temporary import NOW, new_task, set_columns

OLD, NEW = -4711, -1_000_000_004_711


def part(message_id: int) -> StoredPart:
    """Add a pasted text from this message."""
    return StoredPart(message_id, None, 1, "", "x")


async def settled(database: Database) -> None:
    """Create an old group with a list of two parts by an anonymous admin, a task, and rules."""
    vault = database.vault
    async with database.write() as connection:
        await chats.seen(connection, OLD, "ru", NOW)
        await chats.set_rules(connection, OLD, GroupRules(HandIn.ADMINS, frozenset({"band"})), NOW)
        await lists.begin(
            connection, list_id="l", chat_id=OLD, person_id=OLD, reply_to=7, now=NOW, thread_id=3
        )
        for message_id in (8, 7):
            await list_parts.add(
                connection, vault, list_id="l", chat_id=OLD, part=part(message_id), settle_at=NOW
            )
        await set_columns(
            connection, tables.lists, "l", state=ListState.WORKING, card_id=9, shown="working"
        )
    await new_task(database, "t", "l")
    async with database.write() as connection:
        await set_columns(
            connection, tables.tasks, "t", state=TaskState.FETCHED, notice_id=10, shown="fetched"
        )
        row = {"task_id": "t", "person_id": OLD, "chat_id": OLD, "day": "2026-11-22"}
        row |= {"check_key": "band", "service": "ekyc", "numbers": 1}
        await connection.execute(sa.insert(usage).values(**row, currency="USD", state="reserved"))
        await connection.execute(
            sa.insert(inbox).values(update_id=1, lane=OLD, received_at=NOW, attempts=0)
        )


async def test_nothing_stays_behind(database: Database) -> None:
    """Protects a group's data: no column holds the old id, however often the group migrates."""
    await settled(database)
    async with database.write() as connection:
        # An update of the new chat was first: the row that it created gives way.
        await chats.seen(connection, NEW, "en", NOW)
        for _ in range(2):
            await migrate_chat.move(connection, database.vault, OLD, NEW)
    async with database.read() as connection:
        for table in metadata.sorted_tables:
            for row in await connection.execute(sa.select(table)):
                assert OLD not in row, table.name
        assert (await chats.language(connection, NEW)).code == "ru"
        assert (await chats.rules(connection, NEW)).hand_in is HandIn.ADMINS
        task = await tasks.get(connection, database.vault, "t")
    assert task is not None
    assert (task.chat_id, task.person_id, task.thread_id) == (NEW, NEW, 3)
    assert (task.messages.shown, task.messages.notice_id, task.messages.card_id) == (
        None,
        None,
        None,
    )


async def test_messages_of_the_old_chat_are_taken_for_none_of_the_new(database: Database) -> None:
    """Protects the new chat, whose messages count from 1: no part equals one of the old chat."""
    await settled(database)
    async with database.write() as connection:
        await migrate_chat.move(connection, database.vault, OLD, NEW)
        assert not await list_parts.exists(connection, NEW, 7)
        assert not await lists.begun_by(connection, NEW, 7)
        stored = await list_parts.of_list(connection, database.vault, "l")
        await migrate_chat.move(connection, database.vault, OLD, NEW)
        again = await list_parts.of_list(connection, database.vault, "l")
    ids = [each.message_id for each in stored]
    assert ids == sorted(ids)
    assert ids[-1] < 0
    assert again == stored


async def test_names_that_are_bound_to_the_id_move_along(database: Database) -> None:
    """Protects what owners see of a group: its title, its anonymous admin, and notes for it."""
    vault = database.vault
    async with database.write() as connection:
        title = vault.seal_text("Sales", "chats.title", OLD)
        await chats.seen(connection, OLD, "en", NOW, title)
        await people.note(connection, vault, OLD, "Admin", NOW)
        await services.note_owners(connection, vault, [OLD], key="k", values={"a": "b"}, now=NOW)
        for _ in range(2):
            await migrate_chat.move(connection, vault, OLD, NEW)
        assert (await chats.standing(connection, vault, NEW)).title == "Sales"
        admin = await people.get(connection, vault, NEW)
        assert admin is not None
        assert admin.name == "Admin"
        [note] = await services.owner_notes_waiting(connection, vault)
    assert (note.owner_id, note.values) == (NEW, {"a": "b"})
