"""Replicas of two versions share the tables during a rolling upgrade."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

from storage.database import Database
from storage.schema.upgrading import _MIGRATIONS, _versions, migrate, upgrade
from storage.sealing.vault import Vault
from tests.support.databases.engines import BOTH, bare
from tests.support.databases.rows import row_of
from tests.support.databases.temporary import KEY

PREVIOUS = "0006"
"""The revision of the previous version; raised when no installation uses it."""

Rows = dict[str, list[tuple[object, ...]]]


def reflected(connection: sa.Connection) -> list[sa.Table]:
    """Return the existing tables, each after those that it refers to."""
    found = sa.MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def rows(connection: sa.Connection, tables: list[sa.Table]) -> Rows:
    """Return the rows of these tables, in the columns that were reflected."""
    return {
        table.name: [
            tuple(row)
            for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns))
        ]
        for table in tables
    }


def shape(connection: sa.Connection, table: sa.Table) -> dict[str, object]:
    """Return what a statement about the columns of `table` may rely on."""
    look = sa.inspect(connection)
    columns = {each["name"]: each for each in look.get_columns(table.name)}
    kept = ("type", "nullable", "default")
    return {
        "columns": {
            name: str({what: columns.get(name, {}).get(what) for what in kept})
            for name in table.c.keys()  # noqa: SIM118 # a collection of columns is no dict
        },
        "key": look.get_pk_constraint(table.name)["constrained_columns"],
        "unique": sorted(each["column_names"] for each in look.get_unique_constraints(table.name)),
        "refers": sorted(str(each) for each in look.get_foreign_keys(table.name)),
    }


@pytest.fixture(params=BOTH)
async def older(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Database]:
    """A database as the previous version made it, of either engine."""
    async with bare(request.param, tmp_path) as url:
        made = Database(url, Vault(KEY))
        try:
            async with made.write() as connection:
                await connection.run_sync(upgrade, PREVIOUS)
            yield made
        finally:
            await made.close()


async def test_the_previous_version_goes_on_beside_this_one(older: Database) -> None:
    """Protects a rolling upgrade: the previous version's data and statements still work."""

    def goes_on(connection: sa.Connection) -> None:
        known = reflected(connection)
        assert len(known) > 10
        for table in known:
            connection.execute(sa.insert(table), [row_of(table, 1)])
        had = rows(connection, known)
        was = {table.name: shape(connection, table) for table in known}
        migrate(connection)
        assert {table.name: shape(connection, table) for table in known} == was
        assert rows(connection, known) == had
        for table in known:
            connection.execute(sa.insert(table), [row_of(table, 2)])
        assert {name: len(found) for name, found in rows(connection, known).items()} == {
            table.name: 2 for table in known
        }

    async with older.write() as connection:
        await connection.run_sync(goes_on)


async def test_new_columns_want_nothing_of_the_previous_version(older: Database) -> None:
    """Protects its inserts, which leave new columns out."""

    def compare(connection: sa.Connection) -> tuple[set[str], list[str]]:
        known = {table.name: set(table.c.keys()) for table in reflected(connection)}
        migrate(connection)
        look = sa.inspect(connection)
        new = {
            f"{name}.{column['name']}": column["nullable"] or column["default"] is not None
            for name, columns in known.items()
            for column in look.get_columns(name)
            if column["name"] not in columns
        }
        return set(new), [name for name, fine in new.items() if not fine]

    async with older.write() as connection:
        new, demanding = await connection.run_sync(compare)
    assert "inbox.owner" in new
    assert demanding == []


def test_each_migration_is_named_after_its_version() -> None:
    """Protects starts, which look at the names alone."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert [script.revision for script in scripts.walk_revisions()][::-1] == _versions()
