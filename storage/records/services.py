"""Services that refuse our key, and notes that wait to be sent to the owners."""

import json
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.claims import NotOthers
from storage.schema.tables import chats, owner_notes, services
from storage.schema.turns import in_turn
from storage.schema.upserts import insert
from storage.sealing.vault import Vault

_VALUES = "owner_notes.values"
MOST_WAITING = 20  # notes for somebody who never wrote to the bot, or blocked it; the newest


@dataclass(frozen=True, slots=True)
class OwnerNote:
    """A message for an owner: the key of a text, and its values."""

    id: int
    owner_id: int
    key: str
    values: dict[str, str]


async def pause(connection: AsyncConnection, name: str, now: float, probe_at: float) -> bool:
    """Mark a service as refusing our key. Return whether it did not before."""
    known = (
        await connection.execute(sa.select(services.c.paused_at).where(services.c.name == name))
    ).scalar()
    row = {"name": name, "paused_at": known or now, "probe_at": probe_at}
    await connection.execute(
        insert(services).values(row).on_conflict_do_update(index_elements=["name"], set_=row)
    )
    return known is None


async def resume(connection: AsyncConnection, name: str) -> bool:
    """Mark a service as taking our key again. Return whether it was paused."""
    result = await connection.execute(sa.delete(services).where(services.c.name == name))
    return result.rowcount > 0


async def paused(connection: AsyncConnection) -> dict[str, float]:
    """Return the services that refuse our key, with the time of the next probe."""
    rows = await connection.execute(sa.select(services.c.name, services.c.probe_at))
    return {row.name: row.probe_at for row in rows}


async def note_owners(
    connection: AsyncConnection,
    vault: Vault,
    owners: list[int],
    *,
    key: str,
    values: dict[str, str],
    now: float,
) -> None:
    """Store a note for each owner: the key of a text and its values."""
    said = json.dumps(values)
    rows = [
        {
            "at": now,
            "owner_id": owner,
            "key": key,
            "values_sealed": vault.seal_text(said, _VALUES, f"{owner} {key}"),
        }
        for owner in owners
    ]
    if rows:
        await connection.execute(sa.insert(owner_notes), rows)


_silent = sa.exists().where(
    chats.c.chat_id == owner_notes.c.owner_id, chats.c.blocked_at.is_not(None)
)

# Built once: the courier runs it at every turn.
_WAITING = (
    sa.select(owner_notes)
    .where(NotOthers("chat", owner_notes.c.owner_id), ~_silent)
    .order_by(*in_turn(owner_notes.c.owner_id, owner_notes.c.id))
    .limit(50)
)


async def owner_notes_waiting(connection: AsyncConnection, vault: Vault) -> list[OwnerNote]:
    """Return the notes that can be sent now, oldest first."""
    rows = await connection.execute(_WAITING)
    return [
        OwnerNote(
            id=row.id,
            owner_id=row.owner_id,
            key=row.key,
            values=json.loads(
                vault.open_text(row.values_sealed, _VALUES, f"{row.owner_id} {row.key}")
            ),
        )
        for row in rows
    ]


async def owner_note_told(connection: AsyncConnection, note_id: int) -> None:
    """Delete a note that was sent."""
    await connection.execute(sa.delete(owner_notes).where(owner_notes.c.id == note_id))


async def forget_unheard_notes(connection: AsyncConnection, before: float) -> None:
    """Delete notes from before that time, and of those that wait for somebody all but a few."""
    newer = owner_notes.alias()
    count = (
        sa.select(sa.func.count())
        .where(newer.c.owner_id == owner_notes.c.owner_id, newer.c.id > owner_notes.c.id)
        .scalar_subquery()
    )
    is_old = (owner_notes.c.at < before) | (_silent & (count >= MOST_WAITING))
    await connection.execute(sa.delete(owner_notes).where(is_old))
