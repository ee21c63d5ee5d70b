"""Erase stored data of lists as soon as it isn't needed."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.lists.lists import WITHOUT_NUMBERS, ListState
from storage.schema.tables import lists, parts, task_events, tasks
from storage.sealing.vault import Vault
from storage.tasks.task_states import FINISHED, TaskState
from storage.tasks.tasks import Task, many


async def idle_lists(connection: AsyncConnection, before: float) -> int:
    """Erase data of lists sent before that time; return how many were still open.

    A list with a task keeps its numbers: they may not have been posted yet.
    """
    waiting = [ListState.READY, ListState.ASKING, ListState.UNREADABLE]
    rows = await connection.execute(
        sa.update(lists)
        .where(lists.c.state.in_(waiting), lists.c.created_at < before)
        .values(
            state=ListState.DISCARDED, asked_sealed=None, reading_sealed=None, **WITHOUT_NUMBERS
        )
    )
    old = sa.select(lists.c.id).where(
        lists.c.created_at < before, lists.c.left_out_sealed.is_not(None)
    )
    await connection.execute(
        sa.update(lists).where(lists.c.id.in_(old)).values(left_out_sealed=None)
    )
    written = sa.select(lists.c.id).where(lists.c.created_at < before)
    await connection.execute(
        sa.update(parts)
        .where(parts.c.list_id.in_(written), parts.c.text_sealed.is_not(None))
        .values(text_sealed=None)
    )
    return rows.rowcount


async def checked_lists(connection: AsyncConnection, before: float) -> None:
    """Erase the numbers of lists whose checks all ended before that time."""
    # An expired task may be polled again, but its numbers are not posted again.
    moved = sa.func.coalesce(tasks.c.progress_at, tasks.c.created_at)
    ended = sa.case((tasks.c.state == TaskState.EXPIRED, moved), else_=tasks.c.finished_at)
    open_ = sa.exists().where(
        tasks.c.list_id == lists.c.id,
        tasks.c.state != TaskState.DRAFT,
        ended.is_(None) | (ended >= before),
    )
    await connection.execute(
        sa.update(lists)
        .where(lists.c.state == ListState.WORKING, lists.c.body_sealed.is_not(None), ~open_)
        .values(reading_sealed=None, **WITHOUT_NUMBERS)
    )


async def standing_still(connection: AsyncConnection, vault: Vault, before: float) -> list[Task]:
    """Return the tasks that have not ended, and of which nothing has changed since that time."""
    changed = sa.exists().where(task_events.c.task_id == tasks.c.id, task_events.c.at >= before)
    moved = sa.func.coalesce(tasks.c.progress_at, tasks.c.created_at)
    is_over = tasks.c.state.in_([TaskState.DRAFT, TaskState.EXPIRED, *FINISHED])
    return await many(connection, vault, ~is_over, moved < before, ~changed)


async def with_files(connection: AsyncConnection) -> set[str]:
    """Return the names of result files on disk that a task still needs."""
    query = sa.select(tasks.c.result_name).where(tasks.c.result_name.is_not(None))
    return {name for name in (await connection.execute(query)).scalars() if name}


async def delivered_before(connection: AsyncConnection, before: float) -> list[tuple[str, str]]:
    """Return (task id, result file) of results delivered before that time and still on disk."""
    query = sa.select(tasks.c.id, tasks.c.result_name).where(
        tasks.c.state == TaskState.DELIVERED,
        tasks.c.finished_at < before,
        tasks.c.result_name.is_not(None),
    )
    return [(row.id, row.result_name) for row in await connection.execute(query)]


async def ids_in(connection: AsyncConnection, state: TaskState) -> set[str]:
    """Return the ids of all tasks in this state."""
    query = sa.select(tasks.c.id).where(tasks.c.state == state)
    return set((await connection.execute(query)).scalars())
