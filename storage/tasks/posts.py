"""POSTs of tasks to one service, by their events."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import task_events, tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task


async def was_alone(connection: AsyncConnection, task: Task) -> bool:
    """Tell whether no other task was being posted to the service since this one's last POST."""
    mine = sa.select(sa.func.max(task_events.c.at)).where(
        task_events.c.task_id == task.id, task_events.c.became == TaskState.SUBMITTING
    )
    posting = sa.exists().where(
        task_events.c.task_id == tasks.c.id,
        task_events.c.at >= mine.scalar_subquery(),
        sa.or_(
            task_events.c.was == TaskState.SUBMITTING, task_events.c.became == TaskState.SUBMITTING
        ),
    )
    others = sa.select(tasks.c.id).where(
        tasks.c.service == task.service,
        tasks.c.id != task.id,
        sa.or_(tasks.c.state == TaskState.SUBMITTING, posting),
    )
    return (await connection.execute(others.limit(1))).first() is None
