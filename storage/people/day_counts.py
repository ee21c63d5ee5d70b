"""What a person had in a day, under a keyed digest: being forgotten buys nothing.

Erased when the day (UTC) is over. The quota that an owner set stays, under the same digest.
"""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.people_tables import day_counts, forgotten
from storage.schema.tables import inquiries, people
from storage.schema.upserts import insert
from storage.sealing.vault import Vault

KEPT_SECONDS = 30 * 86_400.0
"""How long owners see that somebody had themselves forgotten."""


def digest_of(vault: Vault, person_id: int) -> str:
    """Return the keyed digest that stands for a person."""
    return vault.digest(str(person_id).encode(), "day_counts.person")


async def of(
    connection: AsyncConnection, vault: Vault, person_id: int, day: str
) -> tuple[int, int]:
    """Return the numbers checked that day before they were forgotten, and all lookups."""
    query = sa.select(day_counts.c.numbers, day_counts.c.lookups).where(
        day_counts.c.person_digest == digest_of(vault, person_id), day_counts.c.day == day
    )
    row = (await connection.execute(query)).first()
    return (0, 0) if row is None else (int(row.numbers), int(row.lookups))


async def add(
    connection: AsyncConnection,
    vault: Vault,
    person_id: int,
    day: str,
    *,
    numbers: int = 0,
    lookups: int = 0,
) -> None:
    """Count more of that day."""
    row = {
        "person_digest": digest_of(vault, person_id),
        "day": day,
        "numbers": numbers,
        "lookups": lookups,
    }
    more = {
        "numbers": day_counts.c.numbers + numbers,
        "lookups": day_counts.c.lookups + lookups,
    }
    keys = ["person_digest", "day"]
    await connection.execute(
        insert(day_counts).values(row).on_conflict_do_update(index_elements=keys, set_=more)
    )


async def forget(
    connection: AsyncConnection, vault: Vault, person_id: int, *, now: float, quota: int | None
) -> None:
    """Note that a person had themselves forgotten, and the quota that an owner had set."""
    row = {"at": now, "quota": quota}
    await connection.execute(
        insert(forgotten)
        .values(person_digest=digest_of(vault, person_id), **row)
        .on_conflict_do_update(index_elements=["person_digest"], set_=row)
    )


async def quota_before(connection: AsyncConnection, vault: Vault, person_id: int) -> int | None:
    """Return the quota that an owner had set before the person was forgotten, if any."""
    query = sa.select(forgotten.c.quota)
    query = query.where(forgotten.c.person_digest == digest_of(vault, person_id))
    found = (await connection.execute(query)).scalar()
    return None if found is None else int(found)


async def forget_quota(connection: AsyncConnection, vault: Vault, person_id: int) -> None:
    """Drop that quota: an owner decided anew."""
    whose = forgotten.c.person_digest == digest_of(vault, person_id)
    await connection.execute(sa.update(forgotten).where(whose).values(quota=None))


async def gone_since(connection: AsyncConnection, since: float) -> int:
    """Count the people who had themselves forgotten since then."""
    query = sa.select(sa.func.count()).select_from(forgotten).where(forgotten.c.at >= since)
    return int((await connection.execute(query)).scalar_one())


async def rekey(connection: AsyncConnection, old: Vault, new: Vault) -> None:
    """Find everybody who is stored under the key of `new`.

    Who isn't was forgotten, and can't be found any more: without a quota, the row ends in time.
    """
    query = sa.union(sa.select(people.c.person_id), sa.select(inquiries.c.person_id))
    found = (await connection.execute(query)).scalars()
    digests = {digest_of(old, each): digest_of(new, each) for each in found}
    gone = (await connection.execute(sa.select(forgotten.c.person_digest))).scalars().all()
    for known in gone:
        if known not in digests:
            whose = forgotten.c.person_digest == known
            await connection.execute(sa.update(forgotten).where(whose).values(quota=None))
    for table in (day_counts, forgotten):
        for known, digest in digests.items():
            whose = table.c.person_digest == known
            await connection.execute(sa.update(table).where(whose).values(person_digest=digest))


async def erase_old(connection: AsyncConnection, day: str, now: float) -> None:
    """Erase the counts of days before `day`, and who is gone for long and has no quota."""
    await connection.execute(sa.delete(day_counts).where(day_counts.c.day < day))
    old = (forgotten.c.at < now - KEPT_SECONDS) & forgotten.c.quota.is_(None)
    await connection.execute(sa.delete(forgotten).where(old))
