"""Usage: what each POST of a check takes from a person's daily quota, and what it costs.

reserved   it was asked for, by *Start* or by *Send again*
unclear    it may have been charged, which counts
spent      the service took it
given_back nothing was charged, so it doesn't count
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.price_tables import MILLION
from storage.schema.tables import task_events, tasks, usage
from storage.sealing.ids import new_id
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task

LAST = 2**31 - 1
"""Stands for the last POST of a task, whichever that is."""

Key = TypeVar("Key", str, int)


class UsageState(StrEnum):
    """The state of a check's usage; the module's docstring explains each."""

    RESERVED = "reserved"
    UNCLEAR = "unclear"
    SPENT = "spent"
    GIVEN_BACK = "given_back"


@dataclass(frozen=True, slots=True)
class Known:
    """An amount of money, and how it is known: see `storage.people.costs`."""

    amount: Decimal
    currency: str
    kind: str


@dataclass(frozen=True, slots=True)
class Spending:
    """The sum of some checks.

    costs: What people see, as far as it is known, by currency. true: What the services took;
    is_about: not all of it in their own words.
    """

    tasks: int
    numbers: int
    costs: dict[str, Decimal]
    true: dict[str, Decimal] = field(default_factory=dict)
    is_about: bool = False

    def __add__(self, other: "Spending") -> "Spending":
        return Spending(
            tasks=self.tasks + other.tasks,
            numbers=self.numbers + other.numbers,
            costs=added(self.costs, other.costs),
            true=added(self.true, other.true),
            is_about=self.is_about or other.is_about,
        )


NOTHING = Spending(0, 0, {})


def added(one: Mapping[str, Decimal], other: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Add amounts by currency."""
    return {
        name: one.get(name, Decimal()) + other.get(name, Decimal()) for name in {**one, **other}
    }


def of_task(task_id: str) -> sa.ColumnElement[bool]:
    """Return the condition for the POSTs of a task."""
    return (usage.c.task_id == task_id) | (usage.c.again_of == task_id)


shown_millionths = sa.func.coalesce(
    usage.c.cost_millionths,
    sa.cast(sa.func.round(usage.c.cost * MILLION), sa.BigInteger),
)
# What is known of no service, and what the version before wrote, counts as it was quoted.
true_millionths = sa.func.coalesce(usage.c.true_millionths, shown_millionths)
true_currency = sa.func.coalesce(usage.c.true_currency, usage.c.currency)
_is_told = sa.func.coalesce(usage.c.true_kind, "").in_(("actual", "odd"))
counts = usage.c.state != UsageState.GIVEN_BACK


def day_of(now: float, back: int = 0) -> str:
    """Return the UTC day of a moment, or the day `back` days before it: 2026-11-22."""
    return (datetime.fromtimestamp(now, UTC).date() - timedelta(days=back)).isoformat()


async def used(connection: AsyncConnection, person_id: int, day: str) -> int:
    """Return how many numbers this person had checked on that day, as far as is stored of them."""
    query = sa.select(sa.func.coalesce(sa.func.sum(usage.c.numbers), 0)).where(
        usage.c.person_id == person_id, usage.c.day == day, counts
    )
    return int((await connection.execute(query)).scalar_one())


async def used_by_all(connection: AsyncConnection, people: list[int], day: str) -> dict[int, int]:
    """Return the same for several people, without those who had none."""
    query = (
        sa.select(usage.c.person_id, sa.func.sum(usage.c.numbers))
        .where(usage.c.person_id.in_(people), usage.c.day == day, counts)
        .group_by(usage.c.person_id)
    )
    return {person: int(numbers) for person, numbers in await connection.execute(query)}


async def reserve(
    connection: AsyncConnection,
    task: Task,
    *,
    person_id: int,
    day: str,
    cost: Decimal | None,
    currency: str,
    kind: str | None = None,
    true: Known | None = None,
) -> None:
    """Store what the next POST of a check takes, in the commit that asks for it.

    cost, kind: What people see, and how it is known. true: What the service will take, most likely.
    """
    before = await connection.execute(sa.select(usage.c.post).where(of_task(task.id)))
    is_again = before.first() is not None
    await connection.execute(
        sa.insert(usage).values(
            task_id=new_id() if is_again else task.id,
            again_of=task.id if is_again else None,
            post=task.posts + 1,
            person_id=person_id,
            chat_id=task.chat_id,
            day=day,
            check_key=task.check_key,
            service=task.service,
            numbers=task.numbers,
            cost_millionths=None if cost is None else round(cost * MILLION),
            currency=currency,
            cost_kind=kind,
            true_millionths=None if true is None else round(true.amount * MILLION),
            true_currency=true and true.currency,
            true_kind=true and true.kind,
            state=UsageState.RESERVED,
        )
    )


async def spend(connection: AsyncConnection, task_id: str, post: int = LAST) -> None:
    """Mark this POST as spent: the service took the list. A later one that waits isn't sent."""
    was = (UsageState.RESERVED, UsageState.UNCLEAR)
    await _move(connection, task_id, was, UsageState.SPENT, up_to=post)
    later = sa.update(usage).where(of_task(task_id), usage.c.post > post)
    later = later.where(usage.c.state == UsageState.RESERVED)
    await connection.execute(later.values(state=UsageState.GIVEN_BACK))


async def doubt(connection: AsyncConnection, task_id: str) -> None:
    """Mark the last POST as one that may have been charged."""
    await _move(connection, task_id, (UsageState.RESERVED,), UsageState.UNCLEAR)


async def clear(connection: AsyncConnection, task_id: str) -> None:
    """Take the doubt about the last POST back: it is known to have been free."""
    await _move(connection, task_id, (UsageState.UNCLEAR,), UsageState.RESERVED)


async def give_back(connection: AsyncConnection, task_id: str) -> None:
    """Mark the last POST as free, if it is clear that it was."""
    await _move(connection, task_id, (UsageState.RESERVED,), UsageState.GIVEN_BACK)


async def _move(
    connection: AsyncConnection,
    task_id: str,
    was: tuple[UsageState, ...],
    became: UsageState,
    up_to: int = LAST,
) -> None:
    last = sa.select(sa.func.max(usage.c.post)).where(of_task(task_id), usage.c.post <= up_to)
    await connection.execute(
        sa.update(usage)
        .where(
            of_task(task_id),
            usage.c.post == last.scalar_subquery(),
            usage.c.state.in_(was),
        )
        .values(state=became)
    )


async def by_check(connection: AsyncConnection, since: str) -> dict[str, Spending]:
    """Return the usage since that day by check, largest first."""
    return await _by(connection, usage.c.check_key, since)


async def by_person(connection: AsyncConnection, since: str) -> dict[int, Spending]:
    """Return the usage since that day by person, largest first."""
    return await _by(connection, usage.c.person_id, since)


async def by_chat(connection: AsyncConnection, since: str) -> dict[int, Spending]:
    """Return the usage since that day by chat, largest first."""
    return await _by(connection, usage.c.chat_id, since)


async def by_day(connection: AsyncConnection, since: str) -> dict[str, Spending]:
    """Return the usage of each day since that day, without empty days; largest first."""
    return await _by(connection, usage.c.day, since)


async def _by(
    connection: AsyncConnection, column: sa.Column[Key], since: str
) -> dict[Key, Spending]:
    query = (
        sa.select(
            column,
            usage.c.currency,
            true_currency,
            sa.func.count(),
            sa.func.sum(usage.c.numbers),
            sa.func.sum(shown_millionths),
            sa.func.sum(true_millionths),
            sa.func.sum(sa.case((_is_told, 0), else_=1)),
        )
        .where(usage.c.day >= since, counts)
        .group_by(column, usage.c.currency, true_currency)
    )
    found: dict[Key, Spending] = {}
    for key, shown_in, true_in, count, numbers, cost, true, untold in await connection.execute(
        query
    ):
        some = Spending(int(count), int(numbers), _amount(shown_in, cost), _amount(true_in, true))
        found[key] = found.get(key, NOTHING) + replace(some, is_about=untold > 0)
    return dict(sorted(found.items(), key=lambda item: -item[1].numbers))


def _amount(currency: str, millionths: int | None) -> dict[str, Decimal]:
    return {} if millionths is None else {currency: Decimal(int(millionths)) / MILLION}


async def in_trouble(connection: AsyncConnection, since: float) -> dict[str, int]:
    """Count tasks that became unconfirmed or expired since then and still are, by state."""
    states = [TaskState.UNCONFIRMED, TaskState.EXPIRED]
    recent = sa.exists().where(
        task_events.c.task_id == tasks.c.id,
        task_events.c.became == tasks.c.state,
        task_events.c.at >= since,
    )
    query = (
        sa.select(tasks.c.state, sa.func.count())
        .where(tasks.c.state.in_(states), recent)
        .group_by(tasks.c.state)
    )
    return {str(state): int(count) for state, count in await connection.execute(query)}
