"""The lookup cache: answers by a keyed digest of their number, never the number itself."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.lookups.lookups import Answer
from storage.schema.tables import lookup_cache
from storage.schema.upserts import insert
from storage.sealing.vault import Vault

# Built once: every inquiry runs it.
_RECALL = sa.select(lookup_cache).where(
    lookup_cache.c.number_key.in_(sa.bindparam("keys", expanding=True)),
    lookup_cache.c.forget_at > sa.bindparam("now"),
)


def key_of(vault: Vault, number: str) -> str:
    """Return the digest of an E.164 number, its key in the cache."""
    return vault.digest(number.encode(), "lookups.number")


async def recall(
    connection: AsyncConnection, vault: Vault, number_keys: list[str], now: float
) -> dict[str, Answer]:
    """Return cached answers that have not expired, by the digest of their number."""
    rows = await connection.execute(_RECALL, {"keys": number_keys, "now": now})
    return {
        row.number_key: Answer(
            found=row.found,
            account=vault.open_text(row.account_sealed, "lookup_cache.account", row.number_key)
            if row.account_sealed
            else "",
            answered_at=row.answered_at,
        )
        for row in rows
    }


async def remember(
    connection: AsyncConnection,
    vault: Vault,
    number_key: str,
    answer: Answer,
    *,
    forget_at: float,
    forced: bool,
) -> None:
    """Cache an answer until `forget_at`; `forced`: it was asked for in spite of a cached one."""
    account = answer.account and vault.seal_text(answer.account, "lookup_cache.account", number_key)
    row = {
        "found": answer.found,
        "account_sealed": account or None,
        "answered_at": answer.answered_at,
        "forget_at": forget_at,
    }
    if forced:
        row["forced_at"] = answer.answered_at
    kept = insert(lookup_cache).values(number_key=number_key, **row)
    await connection.execute(kept.on_conflict_do_update(index_elements=["number_key"], set_=row))


async def forced_at(connection: AsyncConnection, number_key: str) -> float | None:
    """Return when this number was last asked about in spite of a cached answer."""
    query = sa.select(lookup_cache.c.forced_at).where(lookup_cache.c.number_key == number_key)
    return (await connection.execute(query)).scalar()


async def forget_old(connection: AsyncConnection, now: float) -> int:
    """Evict expired answers; return how many."""
    old = sa.delete(lookup_cache).where(lookup_cache.c.forget_at <= now)
    return (await connection.execute(old)).rowcount
