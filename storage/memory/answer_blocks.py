"""Blocks of remembered answers, one a task: digests of its numbers, and what was said of each.

What their digests are made with hangs on DATA_KEY and on a salt that all blocks of one owner and
check share, and no others: nobody can tell which numbers two people have in common.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import answer_blocks
from storage.sealing.ids import new_id
from storage.sealing.vault import Vault

_PURPOSE = "answer_blocks.body"


@dataclass(frozen=True, slots=True)
class NewBlock:
    """A block that isn't stored yet. count: of its answers."""

    id: str
    salt: str
    count: int
    body_sealed: bytes


@dataclass(frozen=True, slots=True)
class StoredBlock:
    """A stored block without its body. count: of its answers; size: of what is sealed, in bytes."""

    id: str
    task_id: str
    salt: str
    answered_at: float
    count: int
    size: int


def key_of(vault: Vault, salt: str) -> bytes:
    """Return the key (32 bytes) of the digests in blocks with this salt."""
    return bytes.fromhex(vault.digest(salt.encode(), "answer_blocks.numbers"))


async def salt_of(connection: AsyncConnection, owner_id: int, check_key: str) -> str:
    """Return the salt of an owner's blocks of a check; a new one where there are none."""
    query = sa.select(answer_blocks.c.salt).where(*_of(owner_id, check_key))
    newest = query.order_by(answer_blocks.c.answered_at.desc()).limit(1)
    return (await connection.execute(newest)).scalar() or new_id()


def seal(vault: Vault, salt: str, body: bytes, count: int) -> NewBlock:
    """Seal a block. Blocks."""
    block_id = new_id()
    return NewBlock(block_id, salt, count, vault.seal(body, _PURPOSE, block_id))


async def remember(
    connection: AsyncConnection,
    block: NewBlock,
    *,
    owner_id: int,
    check_key: str,
    task_id: str,
    answered_at: float,
    ends_at: float,
) -> None:
    """Store the answers to a task's numbers until `ends_at`."""
    await connection.execute(
        sa.insert(answer_blocks).values(
            id=block.id,
            owner_id=owner_id,
            check_key=check_key,
            task_id=task_id,
            answered_at=answered_at,
            ends_at=ends_at,
            count=block.count,
            salt=block.salt,
            body_sealed=block.body_sealed,
        )
    )


async def blocks_of(
    connection: AsyncConnection, owner_id: int, check_key: str, now: float
) -> list[StoredBlock]:
    """Return an owner's blocks of a check, the newest first."""
    table = answer_blocks.c
    size = sa.func.length(table.body_sealed).label("size")
    query = sa.select(table.id, table.task_id, table.salt, table.answered_at, table.count, size)
    query = query.where(*_of(owner_id, check_key), table.ends_at > now)
    rows = await connection.execute(query.order_by(table.answered_at.desc(), table.id))
    return [StoredBlock(**row) for row in rows.mappings()]


async def sealed(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, bytes]:
    """Return the sealed bodies of these blocks, of those that are still there."""
    table = answer_blocks.c
    query = sa.select(table.id, table.body_sealed).where(table.id.in_(ids))
    return {row.id: row.body_sealed for row in await connection.execute(query)}


def opened(vault: Vault, block_id: str, blob: bytes) -> bytes:
    """Open a block. Blocks. Raises WrongKeyError."""
    return vault.open(blob, _PURPOSE, block_id)


async def forget_old(connection: AsyncConnection, now: float) -> None:
    """Erase blocks whose days are over."""
    await connection.execute(sa.delete(answer_blocks).where(answer_blocks.c.ends_at <= now))


def _of(owner_id: int, check_key: str) -> list[sa.ColumnElement[bool]]:
    return [answer_blocks.c.owner_id == owner_id, answer_blocks.c.check_key == check_key]
