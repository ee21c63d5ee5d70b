"""Sketches of lists that were checked: what tells how much two of them have in common.

A sketch holds the smallest keyed digests of a list's numbers (sheets/memory/sketch.py), and the
salt of their key. All sketches of a chat share a salt, and no two chats do: nobody can tell which
numbers two chats have in common.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import lists
from storage.sealing.ids import LENGTH, new_id
from storage.sealing.vault import Vault, WrongKeyError

KEPT_SECONDS = 366 * 86_400.0
"""From the day that its list was sent: the list of last year is still found."""
_PURPOSE = "lists.sketch"


@dataclass(frozen=True, slots=True)
class Sketch:
    """A sketch: its salt, and eight bytes for each digest."""

    salt: str
    digests: bytes


def key_of(vault: Vault, salt: str) -> bytes:
    """Return the key (32 bytes) of the digests in sketches with this salt."""
    return bytes.fromhex(vault.digest(salt.encode(), _PURPOSE))


async def salt_of(connection: AsyncConnection, vault: Vault, chat_id: int) -> str:
    """Return the salt of a chat's newest sketch; a new one without any, or if it is damaged."""
    has_one = lists.c.sketch_sealed.is_not(None)
    query = sa.select(lists.c.id, lists.c.sketch_sealed).where(lists.c.chat_id == chat_id, has_one)
    newest = (await connection.execute(query.order_by(lists.c.created_at.desc()).limit(1))).first()
    if newest is None:
        return new_id()
    try:
        return opened(vault, *newest).salt
    except WrongKeyError:
        return new_id()


async def keep(connection: AsyncConnection, vault: Vault, list_id: str, sketch: Sketch) -> None:
    """Store the sketch of a list."""
    sealed = vault.seal(sketch.salt.encode() + sketch.digests, _PURPOSE, list_id)
    query = sa.update(lists).where(lists.c.id == list_id)
    await connection.execute(query.values(sketch_sealed=sealed))


async def sealed(connection: AsyncConnection, list_ids: Sequence[str]) -> dict[str, bytes]:
    """Return the sealed sketches of these lists, of those that have one."""
    has_one = lists.c.sketch_sealed.is_not(None)
    query = sa.select(lists.c.id, lists.c.sketch_sealed).where(lists.c.id.in_(list_ids), has_one)
    return {row.id: row.sketch_sealed for row in await connection.execute(query)}


def opened(vault: Vault, list_id: str, blob: bytes) -> Sketch:
    """Open the sketch of a list. Raises WrongKeyError."""
    both = vault.open(blob, _PURPOSE, list_id)
    return Sketch(both[:LENGTH].decode(), both[LENGTH:])


async def forget_old(connection: AsyncConnection, now: float) -> None:
    """Erase sketches of lists that were sent too long ago."""
    await connection.execute(
        sa.update(lists)
        .where(lists.c.created_at < now - KEPT_SECONDS, lists.c.sketch_sealed.is_not(None))
        .values(sketch_sealed=None)
    )
