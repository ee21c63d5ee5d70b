"""Parts of results that are too large for one upload: which are in the chat already."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import pieces
from storage.schema.upserts import insert


async def of_task(connection: AsyncConnection, task_id: str) -> dict[int, tuple[int, str | None]]:
    """Return message id and file id of each part that was begun, by its number from 1."""
    query = sa.select(pieces).where(pieces.c.task_id == task_id).order_by(pieces.c.number)
    rows = await connection.execute(query)
    return {row.number: (row.notice_id, row.document_id) for row in rows}


async def put(
    connection: AsyncConnection,
    task_id: str,
    number: int,
    notice_id: int,
    document_id: str | None = None,
) -> None:
    """Store the message of a part, and its file id once it is sent."""
    row = {
        "task_id": task_id,
        "number": number,
        "notice_id": notice_id,
        "document_id": document_id,
    }
    await connection.execute(
        insert(pieces)
        .values(row)
        .on_conflict_do_update(index_elements=["task_id", "number"], set_=row)
    )


async def forget(connection: AsyncConnection, task_id: str) -> None:
    """Forget all parts: the result is sent again, from the first part on."""
    await connection.execute(sa.delete(pieces).where(pieces.c.task_id == task_id))
