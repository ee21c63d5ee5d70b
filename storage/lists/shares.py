"""How much of the database one person's lists take."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.lists.lists import ListState
from storage.schema.tables import lists, parts

_UNREAD = (ListState.GATHERING, ListState.READING)
_BYTES = sa.func.length(lists.c.body_sealed) + sa.func.coalesce(
    sa.func.length(lists.c.left_out_sealed), 0
)


async def waiting(connection: AsyncConnection, person_id: int) -> int:
    """Count a person's lists that were not read yet."""
    query = sa.select(sa.func.count()).where(
        lists.c.person_id == person_id, lists.c.state.in_(_UNREAD)
    )
    return int((await connection.execute(query)).scalar_one())


async def kept_bytes(connection: AsyncConnection, person_id: int) -> int:
    """Return the bytes of a person's lists whose numbers are kept."""
    query = sa.select(sa.func.coalesce(sa.func.sum(_BYTES), 0)).where(
        lists.c.person_id == person_id, lists.c.body_sealed.is_not(None)
    )
    return int((await connection.execute(query)).scalar_one())


async def extent(connection: AsyncConnection, list_id: str) -> tuple[int, int]:
    """Count the parts of a list, and their bytes."""
    query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(parts.c.size), 0)).where(
        parts.c.list_id == list_id
    )
    count, size = (await connection.execute(query)).one()
    return int(count), int(size)
