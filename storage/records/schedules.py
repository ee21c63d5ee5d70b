"""Schedules: checks that begin anew every week, month or quarter.

A schedule is on, stopped by its person, or ended because that person has no access any more.
What it says is what its card is to show; another word than the card shows is brought to the chat.
Of each due date it is told a day before, and then one list is made.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TypedDict, Unpack, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.claims import NotOthers
from storage.lists.lists import ListState
from storage.schema.tables import chats, lists, schedules, tasks
from storage.tasks.task_states import TaskState


class Every(StrEnum):
    """How often a schedule is due."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


DAY = 86_400.0
LONGEST = {Every.WEEK: 9 * DAY, Every.MONTH: 33 * DAY, Every.QUARTER: 94 * DAY}
"""Seconds from when a due date is set to that date, and a day to spare: it is set a day before the
one before, at the earliest."""


class ScheduleState(StrEnum):
    """The state of a schedule; the module's docstring explains each."""

    ON = "on"
    STOPPED = "stopped"
    ENDED = "ended"


class Says(StrEnum):
    """What the card of a schedule says."""

    PLANNED = "planned"
    TOMORROW = "tomorrow"
    SKIPPED = "skipped"
    BEGUN = "begun"
    STOPPED = "stopped"
    # Nothing was begun:
    ASKS = "asks"  # the file can't be had any more: for another one
    PAUSED = "paused"  # the group is
    FULL = "full"  # too many lists of this person wait
    # It was agreed that it starts by itself, and it waits for *Start*:
    NUMBERS = "numbers"  # more than agreed
    DEARER = "dearer"  # than agreed, or no price is known
    POOR = "poor"  # the balance of the account
    LIMITS = "limits"  # a quota, a budget, the terms, …
    OFF = "off"  # the check isn't on offer


IN_PLACE = (Says.SKIPPED, Says.BEGUN, Says.STOPPED)
"""What is shown where the card is; the rest is news, and comes as a new message."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule. Times are unix seconds.

    task_id: The finished check that is begun anew, the newest one of its own.
    first_at: What its due dates are counted from. told_at: When the next one was told of.
    next_at: When something is to be done; None: not before it is told.
    most_numbers: How many numbers may start by themselves; None: each list waits for *Start*.
    list_id: The list of the last due date; is_open: whether that it starts is still to be decided.
    """

    id: str
    chat_id: int
    thread_id: int | None
    person_id: int
    task_id: str
    check_key: str
    every: Every
    first_at: float
    due_at: float
    told_at: float | None
    next_at: float | None
    state: ScheduleState
    says: Says
    shown: str | None
    card_id: int | None
    most_numbers: int | None
    most_millionths: int | None
    most_currency: str | None
    list_id: str | None
    is_open: bool


class Changes(TypedDict, total=False):
    """Columns of a schedule that may change."""

    task_id: str
    due_at: float
    told_at: float | None
    next_at: float | None
    state: ScheduleState
    says: Says
    shown: str | None
    card_id: int | None
    list_id: str
    is_open: bool


_c = schedules.c
_ALL = sa.select(*(_c[field.name] for field in fields(Schedule)))
_is_on = _c.state == ScheduleState.ON
_not_others = NotOthers("chat", _c.chat_id)
_listens = ~sa.exists().where(chats.c.chat_id == _c.chat_id, chats.c.blocked_at.is_not(None))
# A card is shown first, so that what is decided isn't overwritten by an older one.
_is_settled = sa.exists().where(
    lists.c.id == _c.list_id,
    lists.c.state.in_([ListState.WORKING, ListState.DISCARDED])
    | (
        lists.c.state.in_([ListState.READY, ListState.UNREADABLE])
        & lists.c.asks.is_(None)
        & (lists.c.shown == lists.c.state)
    ),
)
# No due date is further away than that, unless the clock was set back.
_far: sa.ColumnElement[float] = sa.bindparam("now", type_=sa.Float) + sa.case(
    (_c.every == Every.WEEK, LONGEST[Every.WEEK]),
    (_c.every == Every.MONTH, LONGEST[Every.MONTH]),
    else_=LONGEST[Every.QUARTER],
)
# Built once: the loops run them at every turn.
_DUE = (
    _ALL.where(
        _is_on,
        _listens,
        _not_others,
        (_c.next_at <= sa.bindparam("now"))
        | (_c.is_open & _is_settled)
        | (_c.due_at > _far)
        | (_c.next_at > _far),
        _c.chat_id.not_in(sa.bindparam("busy", expanding=True)),
    )
    .order_by(_c.next_at)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
_NEXT = sa.select(sa.func.min(_c.next_at)).where(_is_on, _listens, _not_others)
_TO_SHOW = (
    _ALL.where(_c.shown.is_distinct_from(_c.says), _listens, _not_others)
    .order_by(_c.due_at)
    .limit(100)
)


async def _many(
    connection: AsyncConnection, query: sa.Select[tuple[object, ...]], **values: object
) -> list[Schedule]:
    rows = (await connection.execute(query, values)).mappings()
    return [
        Schedule(
            **{
                **row,
                "every": Every(row["every"]),
                "state": ScheduleState(row["state"]),
                "says": Says(row["says"]),
            }
        )
        for row in rows
    ]


async def add(connection: AsyncConnection, schedule: Schedule) -> None:
    """Store a new schedule."""
    values = {field.name: getattr(schedule, field.name) for field in fields(Schedule)}
    await connection.execute(sa.insert(schedules).values(**values))


async def get(connection: AsyncConnection, schedule_id: str) -> Schedule | None:
    """Return the schedule with this id, if any."""
    found = await _many(connection, _ALL.where(_c.id == schedule_id))
    return found[0] if found else None


async def of_task(connection: AsyncConnection, task_id: str) -> Schedule | None:
    """Return the running schedule that begins this task anew, or has its list."""
    own_list = sa.select(tasks.c.list_id).where(tasks.c.id == task_id).scalar_subquery()
    is_its = (_c.task_id == task_id) | (_c.list_id == own_list)
    found = await _many(connection, _ALL.where(_is_on, is_its).limit(1))
    return found[0] if found else None


async def running_of(connection: AsyncConnection, person_id: int) -> int:
    """Count a person's running schedules."""
    query = sa.select(sa.func.count()).where(_is_on, _c.person_id == person_id)
    return int((await connection.execute(query)).scalar_one())


async def running(connection: AsyncConnection, limit: int, skip: int = 0) -> list[Schedule]:
    """Return the running schedules, the next due first."""
    query = _ALL.where(_is_on).order_by(_c.due_at, _c.id)
    return await _many(connection, query.limit(limit).offset(skip))


async def counts(connection: AsyncConnection) -> dict[ScheduleState, int]:
    """Count all schedules by their state."""
    query = sa.select(_c.state, sa.func.count()).group_by(_c.state)
    rows = await connection.execute(query)
    return {ScheduleState(state): int(count) for state, count in rows}


async def due(
    connection: AsyncConnection, now: float, limit: int, busy: Collection[object]
) -> list[Schedule]:
    """Return schedules of which something is to be done, of chats that take messages."""
    return await _many(connection, _DUE, now=now, most=limit, busy=[*busy])


async def next_due_at(connection: AsyncConnection) -> float | None:
    """Return when the next is due, in unix seconds; that a list is ready comes as a wake-up."""
    return cast("float | None", (await connection.execute(_NEXT)).scalar())


async def to_show(connection: AsyncConnection) -> list[Schedule]:
    """Return the schedules whose card shows something else than they say."""
    return await _many(connection, _TO_SHOW)


async def change(connection: AsyncConnection, seen: Schedule, **changes: Unpack[Changes]) -> bool:
    """Compare and set: return False if it is stopped, or says something else by now."""
    result = await connection.execute(
        sa.update(schedules)
        .where(
            _c.id == seen.id,
            _is_on,
            _c.says == seen.says,
            _c.due_at == seen.due_at,
            _c.list_id.is_not_distinct_from(seen.list_id),
        )
        .values(**changes)
    )
    return result.rowcount == 1


async def shown(
    connection: AsyncConnection, seen: Schedule, card_id: int, told: Changes | None
) -> None:
    """Store that the card `card_id` shows a schedule as it was seen.

    told: What changes with that where it is still on and about the same due date.
    """
    await connection.execute(
        sa.update(schedules).where(_c.id == seen.id).values(shown=seen.says, card_id=card_id)
    )
    if told is not None:
        await change(connection, seen, **told)


async def newest_task(connection: AsyncConnection, schedule: Schedule) -> str:
    """Return the finished check to begin anew: that of the last list, if it was delivered."""
    query = sa.select(tasks.c.id).where(
        tasks.c.list_id == schedule.list_id,
        tasks.c.check_key == schedule.check_key,
        tasks.c.state == TaskState.DELIVERED,
    )
    newest = (await connection.execute(query.order_by(tasks.c.created_at.desc()))).scalar()
    return str(newest or schedule.task_id)
