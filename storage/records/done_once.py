"""What is told or done once: in a day or a month, or until it is undone.

It is stored in the commit of what is done, so whichever replica is first does it alone.
"""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import done_once


async def first(connection: AsyncConnection, what: str, until: str | None = None) -> bool:
    """Note that this is done; return False if it was done before.

    what: Names it, with its day or month where it may be done again in the next.
    until: The last day (2026-11-22, UTC) of that; None: until `undo`.
    """
    if await stands(connection, what):
        return False
    await connection.execute(sa.insert(done_once).values(what=what, until=until))
    return True


async def stands(connection: AsyncConnection, what: str) -> bool:
    """Tell whether this was done."""
    query = sa.select(done_once.c.what).where(done_once.c.what == what)
    return (await connection.execute(query)).first() is not None


async def undo(connection: AsyncConnection, what: str) -> None:
    """Let this be done again."""
    await connection.execute(sa.delete(done_once).where(done_once.c.what == what))


async def erase_old(connection: AsyncConnection, day: str) -> None:
    """Erase what mattered before `day`."""
    await connection.execute(sa.delete(done_once).where(done_once.c.until < day))
