"""Budgets that owners set, and what is spent of them, under keyed digests: /forget buys nothing.

Days and months are UTC's. Amounts are stored as millionths of a currency.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.people import costs as costs_of
from storage.schema.people_tables import budgets, spent_before
from storage.schema.price_tables import MILLION
from storage.schema.tables import chats, inquiries, people
from storage.schema.tables import usage as usage_table
from storage.schema.upserts import insert
from storage.sealing.vault import Vault


class Period(StrEnum):
    """What a budget is for; the columns of `budgets` have these names."""

    DAY = "day"
    MONTH = "month"

    def named(self, day: str) -> str:
        """Return the name of the period that this day is in: 2026-11-22, or 2026-11."""
        return day if self is Period.DAY else day[:7]


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose budget it is. An anonymous administrator is a person with the id of the group."""

    id: int
    is_group: bool = False

    def digest(self, vault: Vault) -> str:
        """Return the keyed digest that stands for it."""
        kind = "group" if self.is_group else "person"
        return vault.digest(str(self.id).encode(), f"budgets.{kind}")


async def limits(
    connection: AsyncConnection, vault: Vault, holder: Holder
) -> dict[Period, Decimal | None]:
    """Return what an owner set, by period; 0: no limit; None: the setting's."""
    query = sa.select(budgets).where(budgets.c.holder_digest == holder.digest(vault))
    row = (await connection.execute(query)).mappings().first()
    found = {period: row[period] if row else None for period in Period}
    return {
        period: None if known is None else Decimal(int(known)) / MILLION
        for period, known in found.items()
    }


async def set_limit(
    connection: AsyncConnection, vault: Vault, holder: Holder, period: Period, limit: Decimal | None
) -> None:
    """Set a budget; values as in `limits`."""
    value = {str(period): None if limit is None else round(limit * MILLION)}
    await connection.execute(
        insert(budgets)
        .values(holder_digest=holder.digest(vault), **value)
        .on_conflict_do_update(index_elements=["holder_digest"], set_=value)
    )


async def spent(
    connection: AsyncConnection, vault: Vault, holder: Holder, currency: str, today: str
) -> dict[Period, Decimal]:
    """Return what was spent in the day and the month of `today`, in this currency."""
    column = usage_table.c.chat_id if holder.is_group else usage_table.c.person_id
    month = _first_of_month(today)
    costs = await costs_of.of_days(connection, column == holder.id, month)
    query = sa.select(spent_before.c.day, spent_before.c.millionths).where(
        spent_before.c.person_digest == holder.digest(vault),
        spent_before.c.day >= month,
        spent_before.c.currency == currency,
    )
    every = [(day, cost) for (day, known), cost in costs.items() if known == currency]
    every += [(day, int(cost)) for day, cost in await connection.execute(query)]
    return {
        Period.DAY: Decimal(sum(cost for day, cost in every if day == today)) / MILLION,
        Period.MONTH: Decimal(sum(cost for _, cost in every)) / MILLION,
    }


async def forget(connection: AsyncConnection, vault: Vault, person_id: int, today: str) -> None:
    """Keep what a person spent in this month; their usage is nobody's then."""
    whose = usage_table.c.person_id == person_id
    costs = await costs_of.of_days(connection, whose, _first_of_month(today))
    keys = ["person_digest", "day", "currency"]
    for (day, currency), cost in costs.items():
        row = dict(zip(keys, (Holder(person_id).digest(vault), day, currency), strict=True))
        more = {"millionths": spent_before.c.millionths + cost}
        await connection.execute(
            insert(spent_before)
            .values(**row, millionths=cost)
            .on_conflict_do_update(index_elements=keys, set_=more)
        )


async def move(connection: AsyncConnection, vault: Vault, old: int, new: int) -> None:
    """Move the budgets of a group that became a supergroup. Idempotent."""
    column = budgets.c.holder_digest
    for is_group in (False, True):
        was, becomes = (Holder(each, is_group).digest(vault) for each in (old, new))
        query = sa.select(column).where(column == was)
        if (await connection.execute(query)).first() is not None:
            await connection.execute(sa.delete(budgets).where(column == becomes))
            renamed = sa.update(budgets).where(column == was)
            await connection.execute(renamed.values(holder_digest=becomes))


async def rekey(connection: AsyncConnection, old: Vault, new: Vault) -> None:
    """Find everybody who is stored under the key of `new`; who isn't can't be found any more."""
    ids = (people.c.person_id, inquiries.c.person_id, usage_table.c.person_id)
    query = sa.union(*(sa.select(each) for each in ids))
    holders = [Holder(each) for each in (await connection.execute(query)).scalars()]
    groups = sa.select(chats.c.chat_id).where(chats.c.chat_id < 0)
    found = (await connection.execute(groups)).scalars()
    holders += [Holder(each, is_group=True) for each in found]
    digests = {each.digest(old): each.digest(new) for each in holders}
    for column in (budgets.c.holder_digest, spent_before.c.person_digest):
        for was in (await connection.execute(sa.select(column).distinct())).scalars().all():
            here = column == was
            if was in digests:
                renamed = sa.update(column.table).where(here)
                await connection.execute(renamed.values({column: digests[was]}))
            else:
                await connection.execute(sa.delete(column.table).where(here))


async def erase_old(connection: AsyncConnection, today: str) -> None:
    """Erase what was spent before this month."""
    old = spent_before.c.day < _first_of_month(today)
    await connection.execute(sa.delete(spent_before).where(old))


def _first_of_month(day: str) -> str:
    return f"{day[:8]}01"
