"""Results that were too large for one upload: which piece is in the chat already."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import pieces
from storage.schema.upserts import insert


async def of_task(connection: AsyncConnection, task_id: str) -> dict[int, tuple[int, str | None]]:
    """For each piece that was begun, by its number from 1: its message, and Telegram's file_id."""
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
    """Note the message of a piece, and the file once it is there."""
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
    """The result is brought once more, from the first piece on."""
    await connection.execute(sa.delete(pieces).where(pieces.c.task_id == task_id))
