"""Copy a whole database into an empty one on PostgreSQL.

All rows are written in one transaction, so that the copy is complete or empty. Sealed blobs are
copied as they are: the key of the source also opens the copy.
"""

from collections.abc import AsyncGenerator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import AwayError, CannotOpenError, Database
from storage.schema.replica_tables import claims, group_sends, replicas
from storage.schema.tables import canary, inbox, metadata
from storage.schema.upgrading import is_current

LEFT_OUT = frozenset({claims.name, group_sends.name, replicas.name, canary.name})
"""Replicas and their claims are temporary; a canary is created with the tables."""

MOST_ROWS = 500
MOST_BYTES = 8_000_000  # of blobs at once; one row may have more

_Key = list[Any]


class CopyError(Exception):
    """Nothing was copied; the text says why and what to do."""


async def copy(source: Database, target: Database) -> dict[str, int]:
    """Copy every table; return the number of rows of each. Raises CopyError."""
    try:  # to create the tables of an empty database
        async with target.read() as theirs:
            await _check_empty(theirs)
        await target.open()
    except CannotOpenError as error:
        raise CopyError(f"the target: {error}") from error
    except (DatabaseError, AwayError) as error:
        raise CopyError(f"the target: {target.engine.explain(error)}") from error
    try:
        # Between two statements on the target, the source is read for however long that takes.
        async with source.read() as ours, target.write(patient=True) as theirs:
            if not await ours.run_sync(is_current):
                raise CopyError(
                    "its tables are not those of this version; "
                    "start this version with it once, stop it, and move it then"
                )
            await _check_empty(theirs)
            # The canary tells how the blobs are sealed.
            sealed = (await ours.execute(sa.select(canary.c.sealed))).scalar_one()
            await theirs.execute(sa.update(canary).values(sealed=sealed))
            return {table.name: await _copy_table(ours, theirs, table) for table in tables()}
    except AwayError as error:
        raise CopyError(
            "the target's server went away; run this again when it is back. If it then says that "
            "the target holds rows, all of them had arrived"
        ) from error


def tables() -> list[sa.Table]:
    """Return the tables to copy, each after those that it refers to."""
    return [table for table in metadata.sorted_tables if table.name not in LEFT_OUT]


async def _check_empty(theirs: AsyncConnection) -> None:
    """Raise CopyError if any table has rows."""
    names = await theirs.run_sync(lambda connection: sa.inspect(connection).get_table_names())
    for name in sorted({*names} - {"alembic_version", canary.name}):
        query = sa.select(sa.exists(sa.select(1).select_from(sa.table(name))))
        if (await theirs.execute(query)).scalar():
            raise CopyError(f"the target holds rows already (in {name}); name an empty database")


async def _copy_table(ours: AsyncConnection, theirs: AsyncConnection, table: sa.Table) -> int:
    key = sa.tuple_(*table.primary_key.columns)
    changes = {"owner": None} if table is inbox else {}  # the replica that handled it is gone
    try:
        async for first, last in _batches(ours, table):
            batch = sa.select(table).where(key >= sa.tuple_(*first), key <= sa.tuple_(*last))
            rows = (await ours.execute(batch)).mappings()
            await theirs.execute(sa.insert(table), [{**row, **changes} for row in rows])
        counted = table.autoincrement_column
        if counted is not None:
            sequence = sa.func.pg_get_serial_sequence(table.name, counted.name)
            highest = sa.select(sa.func.max(counted)).scalar_subquery()
            await theirs.execute(sa.select(sa.func.setval(sequence, highest)))
    except DBAPIError as error:
        # Not the driver's own text: it may contain stored data.
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


async def _batches(
    ours: AsyncConnection, table: sa.Table
) -> AsyncGenerator[tuple[_Key, _Key], None]:
    """Yield first and last key of batches: at most MOST_ROWS rows and MOST_BYTES, or one row."""
    keys = list(table.primary_key.columns)
    blobs = [column for column in table.columns if isinstance(column.type, sa.LargeBinary)]
    size = sum((sa.func.coalesce(sa.func.length(each), 0) for each in blobs), sa.literal(0))
    query = sa.select(*keys, size.label("bytes")).order_by(*keys).limit(MOST_ROWS)
    after: list[sa.ColumnElement[bool]] = []
    while rows := (await ours.execute(query.where(*after))).all():
        *first, _ = rows[0]
        last, total = first, 0
        for *key, bytes_ in rows:
            if key != first and total + bytes_ > MOST_BYTES:
                yield first, last
                first, total = key, 0
            last, total = key, total + bytes_
        yield first, last
        after = [sa.tuple_(*keys) > sa.tuple_(*last)]


async def _count(connection: AsyncConnection, table: sa.Table) -> int:
    query = sa.select(sa.func.count()).select_from(table)
    return (await connection.execute(query)).scalar_one()
