"""Sealing everything anew, under another data key."""

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import (
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
"""Behind the name of a file that waits to take the place of the old one."""


def sealed_columns() -> Iterator[sa.Column[bytes]]:
    """Every column that holds a sealed blob; its purpose is its table and its name."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.name.endswith("_sealed"):
                yield column


def purpose_of(column: sa.Column[bytes]) -> str:
    """What the blobs of a column are sealed for, such as "lists.body"."""
    return f"{column.table.name}.{column.name.removesuffix('_sealed')}"


async def rekey(connection: AsyncConnection, old: Vault, new: Vault) -> int:
    """Seal every blob of the database anew, in the transaction of `connection`; gives how many.

    Digests can't be made anew from themselves. So the memory of lookups, what instances were asked
    and open invitations are dropped, and equal lists of before aren't recognised any more.
    """
    count = 0
    for column in sealed_columns():
        if column.table is not lookup_cache:
            count += await _reseal(connection, column, old, new)
    for table in (lookup_cache, instance_asks):
        await connection.execute(sa.delete(table))
    await connection.execute(sa.delete(invites).where(invites.c.used_by.is_(None)))
    await connection.execute(sa.update(lists).values(fingerprint=None))
    await _rename_waiting(connection, new)
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


async def _rename_waiting(connection: AsyncConnection, new: Vault) -> None:
    """Lookups in line are found by a digest of their number: make it with the new key."""
    waiting = lookups.c.number_key.is_not(None)
    query = sa.select(lookups.c.id, lookups.c.number_sealed).where(waiting)
    for row in list(await connection.execute(query)):
        number = new.open(row.number_sealed, "lookups.number")
        await connection.execute(
            sa.update(lookups)
            .where(lookups.c.id == row.id)
            .values(number_key=new.digest(number, "lookups.number"))
        )


def rekey_files(folder: Path, old: Vault, new: Vault) -> int:
    """Write each sealed file once more beside itself, under the new key; gives how many."""
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
    """Let the new files take the place of the old ones. Doing it again does no harm."""
    for path in folder.glob(f"*{ENDING}"):
        path.replace(path.with_name(path.name.removesuffix(ENDING)))


def drop_files(folder: Path) -> None:
    """Erase new files whose key never came to be used."""
    for path in folder.glob(f"*{ENDING}"):
        path.unlink()
