"""Stored times that something waits for, after the clock was set back."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.lists.lists import ListState
from storage.lookups.lookups import WAITING
from storage.schema.tables import inquiries, lists, lookups, services, tasks
from storage.tasks.task_states import FINISHED, POLLED, TaskState


@dataclass(frozen=True, slots=True)
class LongestWaits:
    """How long each kind of thing waits at most, in seconds.

    busy: A task whose service said for how long, which its reason `busy_reason` tells.
    """

    gathering: float
    reading: float
    submitting: float
    busy: float
    polling: float
    fetching: float
    lookup: float
    lookup_card: float
    probe: float
    busy_reason: str


async def pull_back(
    connection: AsyncConnection, now: float, back: float, longest: LongestWaits
) -> int:
    """Let nothing wait for longer than its kind does; return how many times were changed.

    What was planned before the clock was set back by `back` seconds keeps the wait that it had.
    """
    states = tasks.c.state
    waits = states == TaskState.CONFIRMED
    is_busy = tasks.c.reason.is_not_distinct_from(longest.busy_reason)
    is_open = states.not_in([*FINISHED, TaskState.DRAFT, TaskState.EXPIRED])
    kinds: list[tuple[sa.Column[float], sa.ColumnElement[bool], float]] = [
        (lists.c.settle_at, lists.c.state == ListState.GATHERING, longest.gathering),
        (lists.c.try_at, lists.c.state == ListState.READING, longest.reading),
        (tasks.c.next_at, waits & is_busy, longest.busy),
        (tasks.c.next_at, waits & ~is_busy, longest.submitting),
        (tasks.c.next_at, states.in_(POLLED), longest.polling),
        (tasks.c.next_at, states == TaskState.EXPORTED, longest.fetching),
        (tasks.c.next_at, states == TaskState.FETCHED, 0.0),
        # These are past; what comes after them is counted from them.
        (tasks.c.progress_at, is_open, 0.0),
        (tasks.c.shown_at, is_open, 0.0),
        (lookups.c.next_at, WAITING, longest.lookup),
        (inquiries.c.show_at, sa.true(), longest.lookup_card),
        (services.c.probe_at, sa.true(), longest.probe),
    ]
    changed = 0
    for column, where, seconds in kinds:
        latest = now + seconds
        planned_before = (column >= now + back) if back else sa.false()
        then = sa.case((planned_before & (column - back < latest), column - back), else_=latest)
        late = sa.update(column.table).where(where, (column > latest) | planned_before)
        changed += (await connection.execute(late.values({column: then}))).rowcount
    return changed
