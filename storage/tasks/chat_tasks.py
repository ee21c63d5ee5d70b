"""Tasks of a chat, and results of a list."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import lists, tasks
from storage.sealing.vault import Vault
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task, many, select, selection

MOST_SEARCHED = 5_000  # of a chat's checks, the newest: each name is opened to look into it

_NEWEST_FIRST = (tasks.c.created_at.desc(), tasks.c.id)


async def of_chat(
    connection: AsyncConnection,
    vault: Vault,
    chat_id: int,
    *,
    limit: int,
    skip: int = 0,
    word: str = "",
) -> list[Task]:
    """Return tasks of a chat, without drafts, the newest first.

    skip: How many newer ones are left out. word: Only those with it in the name of their list.
    """
    here = (tasks.c.chat_id == chat_id, tasks.c.state != TaskState.DRAFT)
    if word:
        named = await _named(connection, vault, here, word)
        here, skip = (tasks.c.id.in_(named[skip : skip + limit]), sa.true()), 0
    query = selection(*here, order=_NEWEST_FIRST).offset(skip)
    return await select(connection, vault, query, limit)


async def comparable(
    connection: AsyncConnection, vault: Vault, task: Task, *, limit: int
) -> list[Task]:
    """Return other tasks of its check whose result is in the same chat, the newest first."""
    goes_to = sa.func.coalesce(tasks.c.result_chat_id, tasks.c.chat_id)
    return await many(
        connection,
        vault,
        tasks.c.check_key == task.check_key,
        tasks.c.chat_id.in_([task.chat_id, task.goes_to]),
        tasks.c.state == TaskState.DELIVERED,
        tasks.c.id != task.id,
        goes_to == task.goes_to,
        order=_NEWEST_FIRST,
        limit=limit,
    )


async def _named(
    connection: AsyncConnection,
    vault: Vault,
    where: tuple[sa.ColumnElement[bool], ...],
    word: str,
) -> list[str]:
    query = sa.select(tasks.c.id, tasks.c.list_id, lists.c.title_sealed).join(lists).where(*where)
    query = query.order_by(*_NEWEST_FIRST).limit(MOST_SEARCHED)
    wanted = word.casefold()

    def has(list_id: str, title: bytes | None) -> bool:
        return (
            title is not None
            and wanted in vault.open_text(title, "lists.title", list_id).casefold()
        )

    return [row.id for row in await connection.execute(query) if has(row[1], row[2])]


async def of_source(connection: AsyncConnection, vault: Vault, list_id: str) -> list[Task]:
    """Return delivered tasks of a list and of lists made from its numbers."""
    same = (lists.c.id == list_id) | (lists.c.root_id == list_id)
    return await many(connection, vault, same, tasks.c.state == TaskState.DELIVERED)
