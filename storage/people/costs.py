"""What a POST of a check costs: what people see, and what the service takes, which owners see.

Each amount says how it is known:

own        the operator's price, from CHECKERS_FILE; so does none at all, of the versions before
learnt     by what the service charged for a list before
about      by the list price
estimated  the service's estimate for this list
balance    the balance fell by so much
actual     the service's amount for this list
odd        the same, but absurd
"""

from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.people.usage import (
    Known,
    UsageState,
    counts,
    of_task,
    shown_millionths,
    true_currency,
    true_millionths,
)
from storage.schema.price_tables import MILLION
from storage.schema.tables import usage

_EXACT = ("own", "learnt", "actual")


@dataclass(frozen=True, slots=True)
class PostCost:
    """What a POST costs people; `amount` is None where no price was known."""

    state: UsageState
    amount: Decimal | None
    currency: str
    is_about: bool


async def of_posts(connection: AsyncConnection, task_id: str) -> list[PostCost]:
    """Return what each POST of a task costs, in their order."""
    columns = (usage.c.state, shown_millionths, usage.c.currency, usage.c.cost_kind)
    rows = await connection.execute(
        sa.select(*columns).where(of_task(task_id)).order_by(usage.c.post)
    )
    return [
        PostCost(
            UsageState(state),
            None if cost is None else Decimal(int(cost)) / MILLION,
            currency,
            is_about=kind is not None and kind not in _EXACT,
        )
        for state, cost, currency, kind in rows
    ]


async def settle(
    connection: AsyncConnection, task_id: str, true: Known, *, is_final: bool = True
) -> None:
    """Store what the last POST that was taken costs, now that the service says so.

    People see it, too, where nothing else was known; `is_final`: also in place of a quote that was
    not by the operator's own price.
    """
    values = {
        "true_millionths": round(true.amount * MILLION),
        "true_currency": true.currency,
        "true_kind": true.kind,
    }
    taken = _last_taken(task_id)
    await connection.execute(sa.update(usage).where(taken).values(**values))
    unknown = shown_millionths.is_(None)
    quoted = usage.c.cost_kind.is_not(None) & (usage.c.cost_kind != "own")
    if true.kind != "odd":
        await connection.execute(
            sa.update(usage)
            .where(taken, unknown | quoted if is_final else unknown)
            .values(
                cost_millionths=values["true_millionths"],
                currency=true.currency,
                cost_kind=true.kind,
            )
        )


async def refund(connection: AsyncConnection, task_id: str) -> None:
    """Give the last POST that was taken back: the service says that it charged nothing."""
    await connection.execute(
        sa.update(usage)
        .where(_last_taken(task_id))
        .values(state=UsageState.GIVEN_BACK, true_millionths=0, true_kind="actual")
    )


async def doubt(connection: AsyncConnection, task_id: str) -> None:
    """Mark the last POST that was taken as one that may not have been charged, or given back."""
    taken = _last_taken(task_id)
    await connection.execute(sa.update(usage).where(taken).values(state=UsageState.UNCLEAR))


async def payer(connection: AsyncConnection, task_id: str) -> tuple[int, int] | None:
    """Return the person and the chat whose budgets the last POST that was taken counts for."""
    query = sa.select(usage.c.person_id, usage.c.chat_id).where(_last_taken(task_id))
    row = (await connection.execute(query)).first()
    return None if row is None else (row.person_id, row.chat_id)


async def odd(connection: AsyncConnection, since: str) -> int:
    """Count the absurd amounts that services told since that day."""
    query = sa.select(sa.func.count()).where(usage.c.day >= since, usage.c.true_kind == "odd")
    return int((await connection.execute(query)).scalar_one())


async def each(connection: AsyncConnection, since: str) -> list[sa.RowMapping]:
    """Return what was used since that day by day, person, chat and check, and how it is known."""
    by = (
        usage.c.day,
        usage.c.person_id,
        usage.c.chat_id,
        usage.c.check_key,
        usage.c.currency,
        true_currency.label("true_currency"),
        usage.c.true_kind,
    )
    summed = {
        "tasks": sa.func.count(),
        "numbers": sa.func.sum(usage.c.numbers),
        "shown": sa.func.sum(shown_millionths),
        "taken": sa.func.sum(true_millionths),
    }
    query = (
        sa.select(*by, *(column.label(name) for name, column in summed.items()))
        .where(usage.c.day >= since, counts)
        .group_by(*by)
        .order_by(*by)
    )
    return list((await connection.execute(query)).mappings())


async def of_days(
    connection: AsyncConnection, whose: sa.ColumnElement[bool], since: str
) -> dict[tuple[str, str], int]:
    """Return the known costs since that day in millionths, by day and currency."""
    query = (
        sa.select(usage.c.day, usage.c.currency, sa.func.sum(shown_millionths))
        .where(whose, usage.c.day >= since, counts)
        .group_by(usage.c.day, usage.c.currency)
    )
    rows = await connection.execute(query)
    return {(day, currency): int(cost) for day, currency, cost in rows if cost is not None}


async def at_service(connection: AsyncConnection, service: str, since: str) -> dict[str, Decimal]:
    """Return what a service took for its checks since that day, by currency.

    Empty if the cost of one of them is unknown.
    """
    unknown = sa.func.count() - sa.func.count(true_millionths)
    query = (
        sa.select(true_currency, sa.func.sum(true_millionths), unknown)
        .where(usage.c.service == service, usage.c.day >= since, counts)
        .group_by(true_currency)
    )
    rows = (await connection.execute(query)).all()
    if any(some for _, _, some in rows):
        return {}
    return {currency: Decimal(int(cost)) / MILLION for currency, cost, _ in rows}


def _last_taken(task_id: str) -> sa.ColumnElement[bool]:
    taken = of_task(task_id) & (usage.c.state == UsageState.SPENT)
    last = sa.select(sa.func.max(usage.c.post)).where(taken).scalar_subquery()
    return taken & (usage.c.post == last)
