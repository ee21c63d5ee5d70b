"""Lists beside another one: those that it may be compared with, and what was made of it."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.lists.lists import COLUMNS, ListState, NumberList, select
from storage.schema.tables import lists
from storage.sealing.vault import Vault

_KEPT = (ListState.READY, ListState.WORKING)


async def others(
    connection: AsyncConnection, vault: Vault, found: NumberList, *, limit: int
) -> list[NumberList]:
    """Return other lists of its person in its chat whose numbers are kept, the newest first."""
    query = sa.select(*COLUMNS).where(
        lists.c.chat_id == found.chat_id,
        lists.c.person_id == found.person_id,
        lists.c.id != found.id,
        lists.c.state.in_(_KEPT),
        lists.c.body_sealed.is_not(None),
    )
    newest = query.order_by(lists.c.created_at.desc(), lists.c.id).limit(limit)
    return await select(connection, vault, newest)


async def same_made(connection: AsyncConnection, found: NumberList, fingerprint: str) -> str | None:
    """Return the id of a ready list that was made of this one, and has these numbers."""
    query = sa.select(lists.c.id).where(
        lists.c.root_id == found.source_id,
        lists.c.chat_id == found.chat_id,
        lists.c.fingerprint == fingerprint,
        lists.c.state == ListState.READY,
    )
    return (await connection.execute(query.limit(1))).scalar()
