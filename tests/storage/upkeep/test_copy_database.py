"""Moving to PostgreSQL: every row, once, whole or not at all."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.people import people
from storage.schema.tables import canary, inbox, lists, metadata, parts, replicas
from storage.sealing.vault import Vault
from storage.upkeep import copy_database
from storage.upkeep.copy_database import CopyError, copy, tables
from tests.support.databases.engines import bare
from tests.support.databases.rows import row_of
from tests.support.databases.temporary import KEY, opened, opened_at

WHOLE = 3
"""Rows of each table: more than one batch in these tests."""


@pytest.fixture(autouse=True)
def small_helpings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copy two rows at once, and no two blobs."""
    monkeypatch.setattr(copy_database, "MOST_ROWS", 2)
    monkeypatch.setattr(copy_database, "MOST_BYTES", 60)


@pytest.fixture
async def source(tmp_path: Path) -> AsyncGenerator[Database]:
    """A database on SQLite with rows in every table."""
    async with opened(tmp_path) as made:
        async with made.write() as connection:
            for table in tables():
                rows = [row_of(table, number) for number in range(1, WHOLE + 1)]
                await connection.execute(sa.insert(table), rows)
        yield made


@pytest.fixture
async def url(tmp_path: Path) -> AsyncGenerator[str]:
    """The URL of a PostgreSQL database without tables."""
    async with bare("postgresql", tmp_path) as made:
        yield made


@pytest.fixture
async def target(url: str) -> AsyncGenerator[Database]:
    """The target database, not opened yet."""
    made = Database(url, Vault(KEY))
    yield made
    await made.close()


async def held(connection: AsyncConnection) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables but the canary, whose blob differs each time."""
    return {
        table.name: [
            tuple(row)
            for row in await connection.execute(
                sa.select(table).order_by(*table.primary_key.columns)
            )
        ]
        for table in metadata.sorted_tables
        if table is not canary
    }


async def content(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of a database."""
    async with database.read() as connection:
        return await held(connection)


async def test_every_row_arrives(source: Database, target: Database, url: str) -> None:
    """Protects all stored data; the move clears which replica had an update."""
    before = await content(source)
    counts = await copy(source, target)
    assert counts == dict.fromkeys((table.name for table in tables()), WHOLE)
    owner = list(inbox.c).index(inbox.c.owner)
    wanted = before | {
        "inbox": [(*row[:owner], None, *row[owner + 1 :]) for row in before["inbox"]]
    }
    async with opened_at(url) as moved:
        assert await content(moved) == wanted
    assert await content(source) == before


@pytest.mark.parametrize("binds_rows", [True, False])
async def test_blobs_open_there_as_here(
    tmp_path: Path, target: Database, url: str, *, binds_rows: bool
) -> None:
    """Protects what was sealed before rows were bound: the target says so, too."""
    async with opened(tmp_path) as source:
        source.vault.binds_rows = binds_rows
        async with source.write() as connection:
            sealed = source.vault.new_canary()
            await connection.execute(sa.update(canary).values(sealed=sealed))
            await people.note(connection, source.vault, 1, "Anna", 1.0)
        await copy(source, target)
    async with opened_at(url) as moved, moved.read() as connection:
        anna = await people.get(connection, moved.vault, 1)
    assert anna is not None
    assert anna.name == "Anna"


async def test_rows_count_on(source: Database, target: Database) -> None:
    """Protects the first message after the move: its row gets a number that is free."""
    await copy(source, target)
    row = row_of(parts, 1) | {"message_id": 1}
    del row["id"]
    async with target.write() as connection:
        inserted = await connection.execute(sa.insert(parts).values(row).returning(parts.c.id))
        assert inserted.scalar_one() > row_of(parts, WHOLE)["id"]


async def test_a_desk_without_rows(tmp_path: Path, target: Database) -> None:
    """Protects a move on the first day: without rows a sequence has no number to start from."""
    async with opened(tmp_path) as source:
        counts = await copy(source, target)
    assert set(counts.values()) == {0}
    async with target.write() as connection:
        row = row_of(lists, 1)
        await connection.execute(sa.insert(lists).values(row))
        row = row_of(parts, 1) | {"list_id": row["id"]}
        del row["id"]
        inserted = await connection.execute(sa.insert(parts).values(row).returning(parts.c.id))
        assert inserted.scalar_one() == 1


async def test_a_second_copy_is_refused(source: Database, target: Database) -> None:
    """Protects what happened since the move from being mixed with what was before."""
    await copy(source, target)
    before = await content(target)
    with pytest.raises(CopyError, match=r"holds rows already \(in .+\); name an empty database"):
        await copy(source, target)
    assert await content(target) == before


async def test_a_bot_at_work_there_is_left_alone(source: Database, target: Database) -> None:
    """Protects a bot that has just started on that server."""
    await target.open()
    async with target.write() as connection:
        await connection.execute(sa.insert(replicas).values(row_of(replicas, 1)))
    with pytest.raises(CopyError, match=r"\(in replicas\)"):
        await copy(source, target)


async def test_tables_of_another_program_are_left_alone(source: Database, target: Database) -> None:
    """Protects a database of another program: no table is created there."""
    async with target.write() as connection:
        await connection.exec_driver_sql("CREATE TABLE theirs AS SELECT 1 AS one")
    with pytest.raises(CopyError, match=r"\(in theirs\)"):
        await copy(source, target)
    async with target.read() as connection:
        names = await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
    assert names == ["theirs"]


async def test_a_copy_that_breaks_leaves_nothing(source: Database, target: Database) -> None:
    """Protects the next try: the bad value is named, and the target stays empty."""
    async with source.write() as connection:
        await connection.execute(sa.update(parts).values(file_id="x" * 300))
    with pytest.raises(CopyError, match=r"table parts can't be copied \(StringDataRight") as caught:
        await copy(source, target)
    assert "xxx" not in str(caught.value)
    assert not any((await content(target)).values())
    async with source.write() as connection:
        await connection.execute(sa.update(parts).values(file_id="x"))
    assert sum((await copy(source, target)).values()) == WHOLE * len(tables())


async def test_rows_that_get_lost_are_missed(source: Database, target: Database) -> None:
    """Protects against a copy that looks complete: rows are counted on both sides."""
    await target.open()
    async with target.write() as connection:
        await connection.exec_driver_sql(
            "CREATE RULE loses AS ON INSERT TO tasks WHERE NEW.id = 'k2' DO INSTEAD NOTHING"
        )
        await connection.exec_driver_sql(
            "ALTER TABLE task_events DROP CONSTRAINT fk_task_events_task_id"
        )
        await connection.exec_driver_sql("ALTER TABLE pieces DROP CONSTRAINT fk_pieces_task_id")
    with pytest.raises(CopyError, match="tasks has 3 rows, and 2 arrived"):
        await copy(source, target)
    assert not any((await content(target)).values())


async def test_tables_of_an_older_version_are_not_read(source: Database, target: Database) -> None:
    """Protects the source: a start upgrades it, with a backup; the move doesn't."""
    async with source.write() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0006'")
    with pytest.raises(CopyError, match="start this version with it once"):
        await copy(source, target)


async def test_a_key_of_its_own_there(source: Database, url: str) -> None:
    """Protects against a database with two keys: the target was begun with another one."""
    async with opened_at(url, bytes(32)):
        pass
    target = Database(url, Vault(KEY))
    try:
        with pytest.raises(CopyError, match="the target: DATA_KEY"):
            await copy(source, target)
    finally:
        await target.close()


async def test_a_server_that_goes_away_meanwhile(
    source: Database, target: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects the operator from half a copy, and from not knowing what to do."""

    async def cut(_: AsyncConnection, theirs: AsyncConnection, table: sa.Table) -> int:
        if table is parts:
            await theirs.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
        return 0

    with monkeypatch.context() as patched:
        patched.setattr(copy_database, "_copy_table", cut)
        with pytest.raises(CopyError, match="went away; run this again when it is back"):
            await copy(source, target)
    assert sum((await copy(source, target)).values()) == WHOLE * len(tables())
