"""Copying a desk from one database into another, empty one, on PostgreSQL.

All rows go in one transaction there, so that a copy is whole or isn't at all. Sealed blobs go as
they are: whoever has the key of the source can read the copy.
"""

from collections.abc import AsyncGenerator, Generator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import AwayError, CannotOpenError, Database
from storage.schema.replica_tables import claims, group_sends, replicas
from storage.schema.tables import canary, inbox, metadata
from storage.schema.upgrading import is_current

LEFT_OUT = frozenset({claims.name, group_sends.name, replicas.name, canary.name})
"""Who works on what is true of a moment; the canary is made with the tables."""

MOST_ROWS = 500
MOST_BYTES = 8_000_000  # of blobs at once; a single row may have more

_Key = tuple[Any, ...]
# Between two statements of ours lies a look into the source, however long that takes.
_PATIENT = "SET LOCAL idle_in_transaction_session_timeout = 0"


class CopyError(Exception):
    """Nothing was copied; the text says why and what to do."""


async def copy(source: Database, target: Database) -> dict[str, int]:
    """Copy every table; gives the number of rows of each. Raises CopyError."""
    await _prepare(target)
    try:
        async with source.read() as ours, target.write() as theirs:
            if not await ours.run_sync(is_current):
                raise CopyError(
                    "its tables are not those of this version; "
                    "start this version with it once, stop it, and move it then"
                )
            await theirs.exec_driver_sql(_PATIENT)
            await _is_empty(theirs)
            return {table.name: await _copy_table(ours, theirs, table) for table in tables()}
    except AwayError as error:
        raise CopyError(
            "the target's server went away; run this again when it is back. If it then says that "
            "the target holds rows, all of them had arrived"
        ) from error


def tables() -> list[sa.Table]:
    """What is copied, each after those that it refers to."""
    return [table for table in metadata.sorted_tables if table.name not in LEFT_OUT]


async def _prepare(target: Database) -> None:
    """Make the tables of a database that has none, or nothing in them."""
    try:
        async with target.read() as theirs:
            await _is_empty(theirs)
        await target.open()
    except CannotOpenError as error:
        raise CopyError(f"the target: {error}") from error
    except (DatabaseError, AwayError) as error:
        raise CopyError(f"the target: {target.engine.explain(error)}") from error


async def _is_empty(theirs: AsyncConnection) -> None:
    """Refuse a database in which anybody has stored anything."""
    names = await theirs.run_sync(lambda connection: sa.inspect(connection).get_table_names())
    for name in sorted({*names} - {"alembic_version", canary.name}):
        query = sa.select(sa.exists(sa.select(1).select_from(sa.table(name))))
        if (await theirs.execute(query)).scalar():
            raise CopyError(f"the target holds rows already (in {name}); name an empty database")


async def _copy_table(ours: AsyncConnection, theirs: AsyncConnection, table: sa.Table) -> int:
    try:
        async for first, last in _stretches(ours, table):
            rows = await ours.execute(sa.select(table).where(_between(table, first, last)))
            await theirs.execute(sa.insert(table), [_as_copied(table, row) for row in rows])
        await _count_on(theirs, table)
    except DBAPIError as error:
        # Not the driver's own words: they may name what is stored.
        cause = error.orig and error.orig.__cause__
        raise CopyError(
            f"the table {table.name} can't be copied ({type(cause or error).__name__}); "
            "nothing was copied. Report it"
        ) from error
    had, has = await _count(ours, table), await _count(theirs, table)
    if had != has:
        raise CopyError(
            f"{table.name} has {had:,} rows, and {has:,} arrived; nothing was copied. "
            "See that nothing else works on either database, and run it again"
        )
    return has


async def _stretches(
    ours: AsyncConnection, table: sa.Table
) -> AsyncGenerator[tuple[_Key, _Key], None]:
    """The first and the last key of as many rows as are copied at once, one after the other."""
    keys = list(table.primary_key.columns)
    blobs = [column for column in table.columns if isinstance(column.type, sa.LargeBinary)]
    size = sum((sa.func.coalesce(sa.func.length(each), 0) for each in blobs), sa.literal(0))
    query = sa.select(*keys, size.label("bytes")).order_by(*keys).limit(MOST_ROWS)
    after: list[sa.ColumnElement[bool]] = []
    while rows := (await ours.execute(query.where(*after))).all():
        for stretch in _cut(rows):
            yield stretch
        after = [sa.tuple_(*keys) > sa.tuple_(*rows[-1][:-1])]


def _cut(rows: Sequence[Sequence[Any]]) -> Generator[tuple[_Key, _Key]]:
    """Stretches of these rows that hold no more than `MOST_BYTES`, or one row."""
    first, last, total = None, None, 0
    for row in rows:
        key, size = tuple(row[:-1]), row[-1]
        if first is not None and last is not None and total + size > MOST_BYTES:
            yield first, last
            first, total = None, 0
        first, last, total = first or key, key, total + size
    if first is not None and last is not None:
        yield first, last


def _between(table: sa.Table, first: _Key, last: _Key) -> sa.ColumnElement[bool]:
    keys = sa.tuple_(*table.primary_key.columns)
    return (keys >= sa.tuple_(*first)) & (keys <= sa.tuple_(*last))


def _as_copied(table: sa.Table, row: sa.Row[Any]) -> dict[str, Any]:
    values = dict(row._mapping)  # noqa: SLF001 # SQLAlchemy's public name for it
    if table is inbox:
        values["owner"] = None  # whoever handled it is gone
    return values


async def _count_on(theirs: AsyncConnection, table: sa.Table) -> None:
    """Let the next row's own number be one that no row has."""
    counted = table.autoincrement_column
    if counted is None:
        return
    sequence = sa.func.pg_get_serial_sequence(table.name, counted.name)
    highest = sa.select(sa.func.max(counted)).scalar_subquery()
    await theirs.execute(sa.select(sa.func.setval(sequence, highest)))


async def _count(connection: AsyncConnection, table: sa.Table) -> int:
    query = sa.select(sa.func.count()).select_from(table)
    return (await connection.execute(query)).scalar_one()
