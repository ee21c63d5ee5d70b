"""Lists that are begun anew from a finished check: with its list's parts, or with its numbers."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.lists.list_parts import StoredPart
from storage.lists.lists import ListState, NumberList, Placed
from storage.schema.tables import lists, parts
from storage.sealing.vault import Vault

_WAITING = (ListState.READING, ListState.ASKING, ListState.READY)
_BELOW_ALL = -(1 << 41)
"""Below every message id, those of chats that moved, too (storage/upkeep/migrate_chat.py)."""


async def waiting(connection: AsyncConnection, task_id: str) -> str | None:
    """Return the id of the list that was begun anew from this task and waits for its start."""
    query = sa.select(lists.c.id).where(
        lists.c.again_of == task_id, lists.c.state.in_(_WAITING), lists.c.basket_id.is_(None)
    )
    newest = query.order_by(lists.c.created_at.desc()).limit(1)
    return (await connection.execute(newest)).scalar()


async def begin(
    connection: AsyncConnection,
    vault: Vault,
    *,
    list_id: str,
    of: NumberList,
    stored: Sequence[StoredPart],
    place: Placed,
    now: float,
) -> None:
    """Create a list of the same parts, to be read as `of` was; the parts have no messages."""
    await connection.execute(
        sa.insert(lists).values(
            id=list_id,
            chat_id=place.chat_id,
            person_id=of.person_id,
            state=ListState.READING,
            created_at=now,
            settle_at=now,
            title_sealed=vault.seal_text(of.title, "lists.title", list_id),
            reply_to=place.reply_to,
            thread_id=place.thread_id,
            region=of.region,
            wishes=of.wishes,
        )
    )
    lowest = sa.select(sa.func.min(parts.c.message_id)).where(parts.c.chat_id == place.chat_id)
    first = min((await connection.execute(lowest)).scalar() or 0, _BELOW_ALL) - len(stored)
    for message_id, part in enumerate(stored, first):
        text = vault.seal_text(part.text, "parts.text", list_id) if part.text else None
        await connection.execute(
            sa.insert(parts).values(
                list_id=list_id,
                chat_id=place.chat_id,
                message_id=message_id,
                file_id=part.file_id,
                size=part.size,
                name_sealed=vault.seal_text(part.name, "parts.name", list_id),
                text_sealed=text,
                column_no=part.column,
            )
        )


async def mark(connection: AsyncConnection, list_id: str, task_id: str) -> None:
    """Note which finished task a list was begun anew from."""
    query = sa.update(lists).where(lists.c.id == list_id)
    await connection.execute(query.values(again_of=task_id))
