"""The groups that the bot is in, as owners see them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import chats
from storage.sealing.vault import Vault


@dataclass(frozen=True, slots=True)
class Group:
    """A group. `added_by`: None if unknown, 0 for somebody who had themselves forgotten."""

    chat_id: int
    title: str
    added_by: int | None
    added_at: float | None


_inside = sa.and_(chats.c.chat_id < 0, chats.c.blocked_at.is_(None))
_every = sa.select(chats.c.chat_id, chats.c.title_sealed, chats.c.added_by, chats.c.added_at)
_query = _every.where(_inside)


def _from_row(row: sa.Row[*tuple[Any, ...]], vault: Vault) -> Group:
    sealed = row.title_sealed
    title = vault.open_text(sealed, "chats.title", row.chat_id) if sealed else str(row.chat_id)
    return Group(row.chat_id, title, row.added_by, row.added_at)


async def get(connection: AsyncConnection, vault: Vault, chat_id: int) -> Group | None:
    """Return a group that the bot is in."""
    row = (await connection.execute(_query.where(chats.c.chat_id == chat_id))).first()
    return None if row is None else _from_row(row, vault)


async def page(
    connection: AsyncConnection, vault: Vault, *, offset: int, limit: int
) -> tuple[list[Group], int]:
    """Return a page of all these groups, the newest first, and the number of all."""
    newest = sa.func.coalesce(chats.c.added_at, 0.0).desc()
    rows = await connection.execute(
        _query.order_by(newest, chats.c.chat_id).offset(offset).limit(limit)
    )
    found = [_from_row(row, vault) for row in rows]
    query = sa.select(sa.func.count()).select_from(chats).where(_inside)
    return found, (await connection.execute(query)).scalar_one()


async def titles(
    connection: AsyncConnection, vault: Vault, chat_ids: Collection[int]
) -> dict[int, str]:
    """Return the titles of those chats that are groups, in the same order; ids of unknown ones."""
    among = [chat_id for chat_id in chat_ids if chat_id < 0]
    rows = await connection.execute(_every.where(chats.c.chat_id.in_(among)))
    found = {row.chat_id: _from_row(row, vault).title for row in rows}
    return {chat_id: found.get(chat_id, str(chat_id)) for chat_id in among}
