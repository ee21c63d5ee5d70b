"""A group that becomes a supergroup: it gets another id, and its messages count from 1 again.

Source: https://core.telegram.org/bots/api#responseparameters (migrate_to_chat_id)
"""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.lists.lists import ListState
from storage.schema.tables import (
    chats,
    inbox,
    inquiries,
    lists,
    metadata,
    parts,
    pieces,
    tasks,
)
from storage.tasks.task_states import TaskState

_AWAY = 1 << 40
"""Taken off the ids of messages that stayed behind: none of the new chat's can be mistaken for one.

Below zero, so that nothing replies to them; in their old order, in which parts are read.
"""

_LIVE = (ListState.READING, ListState.ASKING, ListState.READY)
_OVER = (
    TaskState.DRAFT,
    TaskState.DELIVERED,
    TaskState.FAILED,
    TaskState.REJECTED,
    TaskState.CANCELLED,
)
_PEOPLE = ("person_id", "owner_id")


async def move(connection: AsyncConnection, old: int, new: int) -> None:
    """Everything of the chat `old` belongs to `new` from now on. Doing it again adds nothing."""
    await _leave_messages(connection, old)
    await _move_row(connection, old, new)
    for table in metadata.sorted_tables:
        if table is chats:
            continue
        # An anonymous admin goes by the group's own id, so it may stand for a person, too; what
        # is noted of that one under the new id already is left alone.
        for name in ("chat_id", "result_chat_id", *_PEOPLE):
            if name in table.c:
                column = table.c[name]
                await connection.execute(sa.update(table).where(column == old).values({name: new}))
    await connection.execute(sa.update(inbox).where(inbox.c.lane == old).values(lane=new))


async def _leave_messages(connection: AsyncConnection, chat_id: int) -> None:
    """Cards and notices of work that goes on are shown anew; the old ones can't be edited."""
    here = lists.c.chat_id == chat_id
    await connection.execute(
        sa.update(lists).where(here).values(card_id=None, reply_to=_away(lists.c.reply_to))
    )
    await connection.execute(
        sa.update(lists).where(here, lists.c.state.in_(_LIVE)).values(shown=None)
    )
    # The question names a message of the old chat: read again, it is asked anew.
    asking = lists.c.state == ListState.ASKING
    await connection.execute(
        sa.update(lists)
        .where(here, asking)
        .values(state=ListState.READING, asks=None, asked_sealed=None, try_at=0.0)
    )
    await connection.execute(
        sa.update(parts)
        .where(parts.c.chat_id == chat_id)
        .values(message_id=_away(parts.c.message_id))
    )
    await connection.execute(
        sa.update(inquiries)
        .where(inquiries.c.chat_id == chat_id)
        .values(card_id=None, shown_digest=None, reply_to=_away(inquiries.c.reply_to))
    )
    await _leave_results(connection, chat_id)


async def _leave_results(connection: AsyncConnection, chat_id: int) -> None:
    result_chat = sa.func.coalesce(tasks.c.result_chat_id, tasks.c.chat_id)
    waiting = (result_chat == chat_id) & (tasks.c.state != TaskState.DELIVERED)
    unsent = sa.select(tasks.c.id).where(waiting)
    await connection.execute(
        sa.delete(pieces).where(pieces.c.document_id.is_(None), pieces.c.task_id.in_(unsent))
    )
    await connection.execute(sa.update(tasks).where(waiting).values(notice_id=None))
    due = (result_chat == chat_id) & (tasks.c.picture == "due")
    await connection.execute(sa.update(tasks).where(due).values(picture_notice_id=None))
    await connection.execute(
        sa.update(tasks)
        .where(tasks.c.chat_id == chat_id, tasks.c.state.not_in(_OVER))
        .values(shown=None)
    )


async def _move_row(connection: AsyncConnection, old: int, new: int) -> None:
    """What the group decided goes along; what the new chat's first updates noted gives way."""
    known = (
        await connection.execute(sa.select(chats.c.chat_id).where(chats.c.chat_id == old))
    ).first()
    if known is None:
        return
    await connection.execute(sa.delete(chats).where(chats.c.chat_id == new))
    await connection.execute(
        sa.update(chats).where(chats.c.chat_id == old).values(chat_id=new, blocked_at=None)
    )


def _away(column: sa.Column[int]) -> sa.ColumnElement[int]:
    return sa.case((column > 0, column - _AWAY), else_=column)
