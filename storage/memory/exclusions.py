"""Numbers that are never to be checked: a sealed block of digests for each list that was named.

A block holds the key of its digests, which all blocks of one owner share, so a new data key loses
nothing of it.
"""

import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import chats, exclusions
from storage.sealing.ids import new_id
from storage.sealing.vault import Vault

KEY_BYTES = 32
_PURPOSE = "exclusions.body"


@dataclass(frozen=True, slots=True)
class NewExclusion:
    """A block that isn't stored yet. count: of its numbers."""

    id: str
    count: int
    body_sealed: bytes


@dataclass(frozen=True, slots=True)
class Standing:
    """How many numbers an owner never checks, and since when (None without any)."""

    count: int = 0
    since: float | None = None


NOTHING = Standing()


def seal(vault: Vault, key: bytes, digests: bytes, count: int) -> NewExclusion:
    """Seal a block. Blocks."""
    block_id = new_id()
    return NewExclusion(block_id, count, vault.seal(key + digests, _PURPOSE, block_id))


def opened(vault: Vault, block_id: str, blob: bytes) -> bytes:
    """Open a block: its key, and its digests. Blocks. Raises WrongKeyError."""
    return vault.open(blob, _PURPOSE, block_id)


async def key_of(connection: AsyncConnection, vault: Vault, owner_id: int) -> bytes:
    """Return the key of an owner's digests; a new one where there are none."""
    table = exclusions.c
    query = sa.select(table.id, table.body_sealed).where(table.owner_id == owner_id)
    smallest = (await connection.execute(query.order_by(table.count, table.id).limit(1))).first()
    if smallest is None:
        return secrets.token_bytes(KEY_BYTES)
    return opened(vault, smallest.id, smallest.body_sealed)[:KEY_BYTES]


async def add(
    connection: AsyncConnection, block: NewExclusion, *, owner_id: int, list_id: str, now: float
) -> None:
    """Store that the numbers of a list are never to be checked."""
    await connection.execute(
        sa.insert(exclusions).values(
            id=block.id,
            owner_id=owner_id,
            list_id=list_id,
            named_at=now,
            count=block.count,
            body_sealed=block.body_sealed,
        )
    )


async def standing(connection: AsyncConnection, owner_id: int) -> Standing:
    """Return how many numbers an owner never checks, and since when."""
    query = sa.select(
        sa.func.coalesce(sa.func.sum(exclusions.c.count), 0), sa.func.min(exclusions.c.named_at)
    ).where(exclusions.c.owner_id == owner_id)
    count, since = (await connection.execute(query)).one()
    return Standing(int(count), since)


async def sealed_of(connection: AsyncConnection, owner_id: int) -> list[tuple[str, bytes]]:
    """Return the blocks of an owner: id, and what is sealed."""
    table = exclusions.c
    query = sa.select(table.id, table.body_sealed).where(table.owner_id == owner_id)
    rows = await connection.execute(query.order_by(table.named_at, table.id))
    return [(row.id, row.body_sealed) for row in rows]


async def empty(connection: AsyncConnection, owner_id: int) -> int:
    """Take back everything that an owner never checks; return how many lists that was."""
    gone = sa.delete(exclusions).where(exclusions.c.owner_id == owner_id)
    return (await connection.execute(gone)).rowcount


async def forget_silent(connection: AsyncConnection, before: float) -> None:
    """Erase those of chats that have refused messages since that time: nobody can empty them."""
    silent = sa.select(chats.c.chat_id).where(chats.c.blocked_at < before)
    await connection.execute(sa.delete(exclusions).where(exclusions.c.owner_id.in_(silent)))
