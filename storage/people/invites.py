"""Links that let one person in, once. Of its code only a keyed digest is kept."""

from typing import cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import invites


async def make(
    connection: AsyncConnection, digest: str, *, made_by: int, now: float, ends_at: float
) -> None:
    """A new link; those that ended a while ago are forgotten."""
    await connection.execute(sa.delete(invites).where(invites.c.ends_at < now - (ends_at - now)))
    await connection.execute(
        sa.insert(invites).values(code_digest=digest, made_by=made_by, made_at=now, ends_at=ends_at)
    )


async def use(connection: AsyncConnection, digest: str, person_id: int, now: float) -> int | None:
    """Compare and set: the first who comes in time uses it. Gives who made it, else None."""
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
