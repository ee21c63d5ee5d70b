"""Blocks of remembered answers, without the bot."""

import sqlalchemy as sa

from storage.database import Database
from storage.memory import answer_blocks
from storage.schema.tables import answer_blocks as table
from storage.upkeep import forget_person, migrate_chat
from tests.support.databases.temporary import NOW, PERSON, new_list, new_task

DAY = 86_400.0
GROUP, MOVED = -4711, -1_000_000_004_711


async def remembers(
    database: Database, task_id: str, owner_id: int, at: float, *, days: int, check: str = "band"
) -> bytes:
    """Store the answers of a new task of PERSON; return the block."""
    vault, body = database.vault, f"answers of {task_id}".encode()
    await new_task(database, task_id, await new_list(database, f"l{task_id}"), check)
    async with database.write() as connection:
        salt = await answer_blocks.salt_of(connection, owner_id, check)
        block = answer_blocks.seal(vault, salt, body, 7)
        about = {"owner_id": owner_id, "check_key": check, "task_id": task_id}
        times = {"answered_at": at, "ends_at": at + days * DAY}
        await answer_blocks.remember(connection, block, **about, **times)  # type: ignore[arg-type]
    return body


async def held(
    database: Database, owner_id: int, check: str = "band", now: float = NOW
) -> list[bytes]:
    """Return the blocks of an owner, opened, the newest first."""
    async with database.read() as connection:
        found = await answer_blocks.blocks_of(connection, owner_id, check, now)
        blobs = await answer_blocks.sealed(connection, [block.id for block in found])
    assert {block.id: block.size for block in found} == {
        name: len(blob) for name, blob in blobs.items()
    }
    return [answer_blocks.opened(database.vault, block.id, blobs[block.id]) for block in found]


async def test_an_owner_has_blocks_of_each_check(database: Database) -> None:
    """Protects people and checks from one another: nothing is recalled that isn't theirs."""
    old = await remembers(database, "t1", PERSON, NOW - DAY, days=30)
    new = await remembers(database, "t2", PERSON, NOW, days=30)
    other = await remembers(database, "t3", PERSON, NOW, days=30, check="tg_active")
    group = await remembers(database, "t4", GROUP, NOW, days=30)
    assert await held(database, PERSON) == [new, old]
    assert await held(database, PERSON, "tg_active") == [other]
    assert await held(database, GROUP) == [group]
    assert await held(database, PERSON + 1) == []


async def test_they_end_with_their_days(database: Database) -> None:
    """Protects privacy also where the sweeper is late: what is over isn't recalled."""
    short = await remembers(database, "t1", PERSON, NOW, days=1)
    long = await remembers(database, "t2", PERSON, NOW - 1, days=2)
    assert await held(database, PERSON, now=NOW + DAY - 1) == [short, long]
    assert await held(database, PERSON, now=NOW + DAY) == [long]
    async with database.write() as connection:
        await answer_blocks.forget_old(connection, NOW + DAY)
        rows = (await connection.execute(sa.select(table.c.task_id))).scalars().all()
    assert rows == ["t2"]


async def test_digests_hang_on_an_owner_and_a_check(database: Database) -> None:
    """Protects people from being compared, and lets all blocks of one be searched at once."""
    for task_id, owner_id, check in (
        ("t1", PERSON, "band"),
        ("t2", PERSON, "band"),
        ("t3", PERSON, "tg_active"),
        ("t4", GROUP, "band"),
    ):
        await remembers(database, task_id, owner_id, NOW, days=30, check=check)
    async with database.read() as connection:
        rows = (await connection.execute(sa.select(table.c.task_id, table.c.salt))).all()
    salt = {row.task_id: row.salt for row in rows}
    assert salt["t1"] == salt["t2"]
    keys = {answer_blocks.key_of(database.vault, each) for each in salt.values()}
    assert {len(key) for key in keys} == {32}
    assert len(keys) == 3


async def test_they_go_with_their_person_and_move_with_their_group(database: Database) -> None:
    """Protects the right to be forgotten, in groups too, and a group's memory of its people."""
    await remembers(database, "t1", PERSON, NOW, days=30)
    kept = await remembers(database, "t2", GROUP, NOW, days=30)
    async with database.write() as connection:
        await migrate_chat.move(connection, database.vault, GROUP, MOVED)
    assert await held(database, GROUP) == []
    assert await held(database, MOVED) == [kept]
    async with database.read() as connection:
        told = (await forget_person.kept(connection, database.vault, PERSON)).rows["remembered"]
    assert [(row["task_id"], row["count"]) for row in told] == [("t1", 7), ("t2", 7)]
    async with database.write() as connection:
        await forget_person.forget(connection, database.vault, PERSON, NOW)
        rows = (await connection.execute(sa.select(table))).all()
    assert rows == []
