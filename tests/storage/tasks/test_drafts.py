"""Drafts with a split: one for each check, of the list as it was split."""

import sqlalchemy as sa

from storage.database import Database
from storage.schema.tables import lists, splits
from storage.tasks import drafts, tasks
from storage.tasks.drafts import Split
from storage.tasks.tasks import Task
from tests.support.databases.temporary import NOW, new_list, new_task


async def drafted(
    database: Database, task_id: str, fingerprint: str | None, chat_id: int | None = None
) -> Task | None:
    """Draft a check of the list of which one number is remembered; return it, if it was created."""
    split = Split(1, b"part", 1, NOW, b"known", fingerprint, chat_id)
    async with database.write() as connection:
        found = await drafts.draft(
            connection,
            task_id=task_id,
            list_id="l1",
            check_key="band",
            service="ekyc",
            now=NOW,
            split=split,
        )
        return await tasks.get(connection, database.vault, found)


async def test_a_list_that_was_read_anew_has_no_draft_of_before(database: Database) -> None:
    """Protects money: a quote is about the numbers that the list has."""
    await new_list(database, "l1", b"+447400000001\n+447400000002\n")
    async with database.read() as connection:
        before = await drafts.fingerprint(connection, "l1")
    assert await drafted(database, "t1", before) is not None
    async with database.write() as connection:
        await connection.execute(sa.update(lists).values(fingerprint="another"))
    assert await drafted(database, "t2", before) is None


async def test_a_new_quote_takes_the_place_of_the_one_before(database: Database) -> None:
    """Protects people from a button that starts something else than its card says."""
    await new_list(database, "l1", b"+447400000001\n+447400000002\n")
    whole = await new_task(database, "t0", "l1", "band")
    async with database.read() as connection:
        fingerprint = await drafts.fingerprint(connection, "l1")
    await drafted(database, "t1", fingerprint)
    second = await drafted(database, "t2", fingerprint, chat_id=7)
    assert second is not None
    assert (second.id, second.numbers, second.known, second.all_numbers) == ("t2", 1, 1, 2)
    assert (second.known_since, second.result_chat_id, second.is_remembered) == (NOW, 7, False)
    async with database.write() as connection:
        assert await tasks.get(connection, database.vault, "t1") is None
        assert await tasks.get(connection, database.vault, whole) is not None
        assert (await connection.execute(sa.select(splits.c.task_id))).scalars().all() == ["t2"]
        await drafts.erase_splits(connection)
        assert await drafts.sealed(connection, "t2", "known") == b"known"
        await connection.execute(sa.update(lists).values(body_sealed=None))
        await drafts.erase_splits(connection)
        assert await drafts.sealed(connection, "t2", "part") is None
