"""Invitation links: each lets one person in, once. Only a keyed digest of the code is stored."""

from typing import cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import invites


async def make(
    connection: AsyncConnection, digest: str, *, made_by: int, now: float, ends_at: float
) -> None:
    """Store a new link; erase those that expired a while ago."""
    await connection.execute(sa.delete(invites).where(invites.c.ends_at < now - (ends_at - now)))
    await connection.execute(
        sa.insert(invites).values(code_digest=digest, made_by=made_by, made_at=now, ends_at=ends_at)
    )


async def use(connection: AsyncConnection, digest: str, person_id: int, now: float) -> int | None:
    """Compare and set: the first person in time uses it. Return its maker's id, else None."""
    query = (
        sa.update(invites)
        .where(
            invites.c.code_digest == digest,
            invites.c.used_by.is_(None),
            invites.c.ends_at > now,
        )
        .values(used_by=person_id, used_at=now)
        .returning(invites.c.made_by)
    )
    return cast("int | None", (await connection.execute(query)).scalar())
