"""Learnt prices: what each service charged last for a kind of check, and for how many numbers."""

from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.price_tables import MILLION
from storage.schema.tables import learnt_prices
from storage.schema.upserts import insert


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the service took for so many numbers."""

    amount: Decimal
    numbers: int
    currency: str


async def get(connection: AsyncConnection, service: str, task_type: str) -> Learnt | None:
    """Return what this service charged last for this kind of check, if that is known."""
    query = sa.select(learnt_prices).where(
        learnt_prices.c.service == service, learnt_prices.c.task_type == task_type
    )
    row = (await connection.execute(query)).first()
    if row is None:
        return None
    return Learnt(Decimal(row.amount_millionths) / MILLION, row.numbers, row.currency)


async def put(
    connection: AsyncConnection, service: str, task_type: str, learnt: Learnt, now: float
) -> None:
    """Store it, in place of what was known before."""
    row = {
        "service": service,
        "task_type": task_type,
        "amount_millionths": round(learnt.amount * MILLION),
        "numbers": learnt.numbers,
        "currency": learnt.currency,
        "at": now,
    }
    key = ["service", "task_type"]
    await connection.execute(
        insert(learnt_prices).values(row).on_conflict_do_update(index_elements=key, set_=row)
    )
