"""Reseal everything under another data key."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.people import budgets, day_counts
from storage.schema.tables import (
    answer_blocks,
    asked_blocks,
    canary,
    instance_asks,
    invites,
    lists,
    lookup_cache,
    lookups,
    metadata,
)
from storage.sealing.files import SealedWriter, read_sealed
from storage.sealing.vault import Vault

ENDING = ".rekeyed"
"""Suffix of a new file until it replaces the old one."""

_NUMBER = lookups.c.number_sealed
# The primary key names a row, except where the database gives it at the insert. A part may be in
# another place of its list: all of them are one person's.
_BOUND_TO = {
    "lookups.account": ("number_key",),
    "lookups.number": ("inquiry_id", "number_key"),
    "owner_notes": ("owner_id", "key"),
    "parts": ("list_id",),
}


def sealed_columns() -> Iterator[sa.Column[bytes]]:
    """Yield every column of sealed blobs."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.name.endswith("_sealed"):
                yield column


def purpose_of(column: sa.Column[bytes]) -> str:
    """Return the purpose that a column's blobs are sealed for, such as "lists.body"."""
    return f"{column.table.name}.{column.name.removesuffix('_sealed')}"


def bound_to(column: sa.Column[bytes]) -> list[sa.Column[Any]]:
    """Return the columns whose values name a blob's row."""
    names = _BOUND_TO.get(purpose_of(column)) or _BOUND_TO.get(column.table.name)
    return [column.table.c[each] for each in names or column.table.primary_key.columns.keys()]


def row_of(column: sa.Column[bytes], row: Mapping[Any, Any]) -> str:
    """Return what names a blob's row; `row`: its values by the names of columns."""
    return " ".join(str(row[each.name]) for each in bound_to(column))


async def rekey(connection: AsyncConnection, old: Vault, new: Vault) -> int:
    """Reseal every blob of the database in the transaction of `connection`; return how many.

    Digests can't be derived from old digests. So remembered answers, the lookup cache, the asks of
    instances, the asked blocks and open invitations are deleted, and earlier lists aren't
    recognised as equal, or as alike.
    """
    for table in (answer_blocks, asked_blocks, lookup_cache, instance_asks):
        await connection.execute(sa.delete(table))
    await connection.execute(sa.update(lists).values(fingerprint=None, sketch_sealed=None))
    # A lookup has its number, so its digest can be made again.
    digests: dict[object, str] = {}
    query = sa.select(lookups).where(lookups.c.number_key.is_not(None))
    for row in (await connection.execute(query)).mappings().all():
        number = old.open(row["number_sealed"], "lookups.number", row_of(_NUMBER, row))
        digests[row["number_key"]] = new.digest(number, "lookups.number")
    count = 0
    for column in sealed_columns():
        count += await carry(connection, column, old, new, digests)
    for known, digest in digests.items():
        same = lookups.c.number_key == known
        await connection.execute(sa.update(lookups).where(same).values(number_key=digest))
    await day_counts.rekey(connection, old, new)
    await budgets.rekey(connection, old, new)
    await connection.execute(sa.delete(invites).where(invites.c.used_by.is_(None)))
    await connection.execute(sa.update(canary).values(sealed=new.new_canary()))
    return count


async def carry(
    connection: AsyncConnection,
    column: sa.Column[bytes],
    old: Vault,
    new: Vault,
    becomes: Mapping[Any, object],
    *where: sa.ColumnElement[bool],
) -> int:
    """Reseal blobs of a column; return how many.

    becomes: What the caller puts in place of values that name rows, in the same transaction.
    """
    table, purpose = column.table, purpose_of(column)
    keys, names = list(table.primary_key.columns), bound_to(column)
    query = sa.select(*dict.fromkeys([*keys, *names])).where(column.is_not(None), *where)
    rows = (await connection.execute(query)).mappings().all()
    for row in rows:
        here = sa.and_(*(key == row[key.name] for key in keys))
        blob = (await connection.execute(sa.select(column).where(here))).scalar_one()
        named = {each.name: becomes.get(row[each.name], row[each.name]) for each in names}
        fresh = new.seal(
            old.open(blob, purpose, row_of(column, row)), purpose, row_of(column, named)
        )
        await connection.execute(sa.update(table).where(here).values({column: fresh}))
    return len(rows)


def rekey_files(folder: Path, old: Vault, new: Vault) -> int:
    """Write a copy of each sealed file beside it, under the new key; return how many."""
    count = 0
    for path in sorted(folder.glob("*")):
        if path.suffix in {ENDING, ".part"}:
            continue
        with SealedWriter(path.with_name(path.name + ENDING), new, path.stem) as file:
            for piece in read_sealed(path, old, path.stem):
                file.write(piece)
            file.close()
        count += 1
    return count


def finish_files(folder: Path) -> None:
    """Replace the old files by the new ones. Idempotent."""
    for path in folder.glob(f"*{ENDING}"):
        path.replace(path.with_name(path.name.removesuffix(ENDING)))


def drop_files(folder: Path) -> None:
    """Delete the new files, if the new key is not used after all."""
    for path in folder.glob(f"*{ENDING}"):
        path.unlink()
