"""The backlog: counts of open updates, tasks and lookups, for metrics."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.lookups.lookups import LookupState
from storage.schema.tables import inbox, lookups, task_events, tasks
from storage.tasks.task_states import TaskState

OPEN = (
    TaskState.DRAFT,
    TaskState.CONFIRMED,
    TaskState.SUBMITTING,
    TaskState.SUBMITTED,
    TaskState.PROCESSING,
    TaskState.EXPORTED,
    TaskState.FETCHED,
    TaskState.UNCONFIRMED,
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts at one moment; `tasks` by check and state, `oldest_update` in unix seconds."""

    updates: int
    oldest_update: float | None
    tasks: dict[tuple[str, str], int]
    lookups: int


async def counts(connection: AsyncConnection) -> Counts:
    """Return the counts. Each query uses an index: it runs every few seconds."""
    waiting = inbox.c.handled_at.is_(None)
    row = (
        await connection.execute(
            sa.select(sa.func.count(), sa.func.min(inbox.c.received_at)).where(waiting)
        )
    ).one()
    by_state = await connection.execute(
        sa.select(tasks.c.check_key, tasks.c.state, sa.func.count())
        .where(tasks.c.state.in_(OPEN))
        .group_by(tasks.c.check_key, tasks.c.state)
    )
    in_line = await connection.execute(
        sa.select(sa.func.count()).where(lookups.c.state == sa.text(f"'{LookupState.WAITING}'"))
    )
    return Counts(
        updates=row[0],
        oldest_update=row[1],
        tasks={(check, state): number for check, state, number in by_state},
        lookups=in_line.scalar_one(),
    )


async def exported_at(connection: AsyncConnection, task_id: str) -> float | None:
    """Return when the service last had a result of this task."""
    query = sa.select(sa.func.max(task_events.c.at)).where(
        task_events.c.task_id == task_id, task_events.c.became == TaskState.EXPORTED
    )
    found: float | None = (await connection.execute(query)).scalar()
    return found
