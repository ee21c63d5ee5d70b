"""Tasks of a chat, and results of a list."""

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import lists, tasks
from storage.sealing.vault import Vault
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task, many


async def of_chat(
    connection: AsyncConnection, vault: Vault, chat_id: int, limit: int
) -> list[Task]:
    """Return the newest tasks of a chat, without drafts."""
    return await many(
        connection,
        vault,
        tasks.c.chat_id == chat_id,
        tasks.c.state != TaskState.DRAFT,
        order=(tasks.c.created_at.desc(),),
        limit=limit,
    )


async def of_source(connection: AsyncConnection, vault: Vault, list_id: str) -> list[Task]:
    """Return delivered tasks of a list and of lists made from its numbers."""
    same = (lists.c.id == list_id) | (lists.c.root_id == list_id)
    return await many(connection, vault, same, tasks.c.state == TaskState.DELIVERED)
