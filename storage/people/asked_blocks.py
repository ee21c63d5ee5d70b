"""Which numbers of each block a person asked about, on each of the last days.

A block is a thousand numbers (`sheets.base.blocks`). Rows are kept for KEPT_DAYS, and are found by
a keyed digest of the person and the block together: nobody can read either from them.
"""

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.people.usage import day_of
from storage.schema.tables import asked_blocks
from storage.schema.upserts import insert
from storage.sealing.vault import Vault

KEPT_DAYS = 7
"""Of UTC, today is the last of them."""
_PURPOSE = "asked_blocks.asked"
# Built once: every start and every lookup runs it.
_ASKED = sa.select(asked_blocks).where(
    asked_blocks.c.digest.in_(sa.bindparam("digests", expanding=True)),
    asked_blocks.c.day >= sa.bindparam("since"),
)


def key_of(vault: Vault, person_id: int, block: int) -> str:
    """Return the digest of a person and a block."""
    return vault.digest(f"{person_id}:{block}".encode(), "asked_blocks.digest")


async def asked(
    connection: AsyncConnection, vault: Vault, digests: Collection[str], now: float
) -> dict[str, dict[str, bytes]]:
    """Return what was asked about lately: bitmaps by day, by digest."""
    values = {"digests": list(digests), "since": day_of(now, KEPT_DAYS - 1)}
    found: dict[str, dict[str, bytes]] = {}
    for row in await connection.execute(_ASKED, values):
        bitmap = vault.open(row.asked_sealed, _PURPOSE, f"{row.digest} {row.day}")
        found.setdefault(row.digest, {})[row.day] = bitmap
    return found


async def put(
    connection: AsyncConnection, vault: Vault, bitmaps: Mapping[str, bytes], now: float
) -> None:
    """Store what was asked about today, by digest."""
    day = day_of(now)
    rows = [
        {
            "digest": digest,
            "day": day,
            "asked_sealed": vault.seal(bitmap, _PURPOSE, f"{digest} {day}"),
        }
        for digest, bitmap in bitmaps.items()
    ]
    if rows:
        kept = insert(asked_blocks)
        newer = {"asked_sealed": kept.excluded.asked_sealed}
        await connection.execute(
            kept.on_conflict_do_update(index_elements=["digest", "day"], set_=newer), rows
        )


async def forget_old(connection: AsyncConnection, now: float) -> None:
    """Erase what was asked about before these days."""
    before = asked_blocks.c.day < day_of(now, KEPT_DAYS - 1)
    await connection.execute(sa.delete(asked_blocks).where(before))
