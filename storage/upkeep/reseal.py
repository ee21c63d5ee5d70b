"""Reseal everything under another data key."""

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import (
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


def sealed_columns() -> Iterator[sa.Column[bytes]]:
    """Yield every column of sealed blobs."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.name.endswith("_sealed"):
                yield column


def purpose_of(column: sa.Column[bytes]) -> str:
    """Return the purpose that a column's blobs are sealed for, such as "lists.body"."""
    return f"{column.table.name}.{column.name.removesuffix('_sealed')}"


async def rekey(connection: AsyncConnection, old: Vault, new: Vault) -> int:
    """Reseal every blob of the database in the transaction of `connection`; return how many.

    Digests can't be derived from old digests. So the lookup cache, the asks of instances, the asked
    blocks and open invitations are deleted, and earlier lists aren't recognised as equal.
    """
    count = 0
    for table in (asked_blocks, lookup_cache, instance_asks):
        await connection.execute(sa.delete(table))
    for column in sealed_columns():
        count += await _reseal(connection, column, old, new)
    await connection.execute(sa.delete(invites).where(invites.c.used_by.is_(None)))
    await connection.execute(sa.update(lists).values(fingerprint=None))
    # A lookup has its number, so its digest can be made again.
    query = sa.select(lookups.c.id, lookups.c.number_sealed).where(
        lookups.c.number_key.is_not(None)
    )
    for row in (await connection.execute(query)).all():
        key = new.digest(new.open(row.number_sealed, "lookups.number"), "lookups.number")
        await connection.execute(
            sa.update(lookups).where(lookups.c.id == row.id).values(number_key=key)
        )
    known = (await connection.execute(sa.select(canary.c.sealed))).scalar_one()
    fresh = new.seal(old.open(known, "canary"), "canary")
    await connection.execute(sa.update(canary).values(sealed=fresh))
    return count


async def _reseal(
    connection: AsyncConnection, column: sa.Column[bytes], old: Vault, new: Vault
) -> int:
    table, purpose = column.table, purpose_of(column)
    keys = list(table.primary_key.columns)
    query = sa.select(*keys).where(column.is_not(None))
    places = [tuple(row) for row in await connection.execute(query)]
    for place in places:
        here = sa.and_(*(key == value for key, value in zip(keys, place, strict=True)))
        blob = (await connection.execute(sa.select(column).where(here))).scalar_one()
        fresh = new.seal(old.open(blob, purpose), purpose)
        await connection.execute(sa.update(table).where(here).values({column: fresh}))
    return len(places)


def rekey_files(folder: Path, old: Vault, new: Vault) -> int:
    """Write a copy of each sealed file beside it, under the new key; return how many."""
    count = 0
    for path in sorted(folder.glob("*")):
        if path.suffix in {ENDING, ".part"}:
            continue
        with SealedWriter(path.with_name(path.name + ENDING), new) as file:
            for piece in read_sealed(path, old):
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
