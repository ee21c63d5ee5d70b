"""What lookups found, remembered by a keyed digest: the numbers themselves are not kept."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.lookups.lookups import Answer
from storage.schema.tables import lookup_cache
from storage.schema.upserts import insert
from storage.sealing.vault import Vault

# Built once: it is asked for the numbers that anybody sends.
_RECALL = sa.select(lookup_cache).where(
    lookup_cache.c.number_key.in_(sa.bindparam("keys", expanding=True)),
    lookup_cache.c.forget_at > sa.bindparam("now"),
)


def key_of(vault: Vault, number: str) -> str:
    """The digest that stands for an E.164 number."""
    return vault.digest(number.encode(), "lookups.number")


async def recall(
    connection: AsyncConnection, vault: Vault, number_keys: list[str], now: float
) -> dict[str, Answer]:
    """The answers that are still good, by the digest of their number."""
    rows = await connection.execute(_RECALL, {"keys": number_keys, "now": now})
    return {
        row.number_key: Answer(
            found=row.found,
            account=vault.open_text(row.account_sealed, "lookup_cache.account")
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
    """Keep an answer until `forget_at`."""
    account = vault.seal_text(answer.account, "lookup_cache.account") if answer.account else None
    row = {
        "found": answer.found,
        "account_sealed": account,
        "answered_at": answer.answered_at,
        "forget_at": forget_at,
    }
    if forced:
        row["forced_at"] = answer.answered_at
    kept = insert(lookup_cache).values(number_key=number_key, **row)
    await connection.execute(kept.on_conflict_do_update(index_elements=["number_key"], set_=row))


async def forced_at(connection: AsyncConnection, number_key: str) -> float | None:
    """When this number was last asked about in spite of what was remembered."""
    query = sa.select(lookup_cache.c.forced_at).where(lookup_cache.c.number_key == number_key)
    return (await connection.execute(query)).scalar()


async def forget_old(connection: AsyncConnection, now: float) -> int:
    """Erase what is not good any more; gives how many answers that were."""
    old = sa.delete(lookup_cache).where(lookup_cache.c.forget_at <= now)
    return (await connection.execute(old)).rowcount
