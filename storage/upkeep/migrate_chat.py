"""Move a group's data to its new chat id when it becomes a supergroup.

There, message ids count from 1 again.

Source: https://core.telegram.org/bots/api#responseparameters (migrate_to_chat_id)
"""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.lists.lists import ListState
from storage.people import budgets
from storage.records.schedules import ScheduleState
from storage.schema.tables import (
    chats,
    inbox,
    inquiries,
    lists,
    metadata,
    parts,
    pieces,
    schedules,
    tasks,
)
from storage.sealing.vault import Vault
from storage.tasks.task_states import TaskState
from storage.upkeep import reseal

_AWAY = 1 << 40
"""Subtracted from message ids of the old chat, so that none equals one of the new chat.

Below zero, so that nothing replies to them; in the old order, in which parts are read.
"""

_LIVE = (ListState.READING, ListState.ASKING, ListState.READY)
_OVER = (
    TaskState.DRAFT,
    TaskState.DELIVERED,
    TaskState.FAILED,
    TaskState.REJECTED,
    TaskState.CANCELLED,
)
_IDS = ("chat_id", "result_chat_id", "person_id", "owner_id")


async def move(connection: AsyncConnection, vault: Vault, old: int, new: int) -> None:
    """Move all data of the chat `old` to `new`. Idempotent."""
    await _leave_messages(connection, old)
    # Names and titles are bound to the id.
    for column in reseal.sealed_columns():
        for each in reseal.bound_to(column):
            if each.name in _IDS:
                await reseal.carry(connection, column, vault, vault, {old: new}, each == old)
    # The group's own row moves, too; what the new chat's first updates stored gives way.
    row = sa.select(chats.c.chat_id).where(chats.c.chat_id == old)
    if (await connection.execute(row)).first() is not None:
        await connection.execute(sa.delete(chats).where(chats.c.chat_id == new))
        await connection.execute(
            sa.update(chats).where(chats.c.chat_id == old).values(chat_id=new, blocked_at=None)
        )
    for table in metadata.sorted_tables:
        if table is chats:
            continue
        # An anonymous admin has the group's own id, so it may be a person's id, too. Rows that
        # have the new id already stay as they are.
        for name in _IDS:
            if name in table.c:
                column = table.c[name]
                await connection.execute(sa.update(table).where(column == old).values({name: new}))
    await connection.execute(sa.update(inbox).where(inbox.c.lane == old).values(lane=new))
    await budgets.move(connection, vault, old, new)


async def _leave_messages(connection: AsyncConnection, chat_id: int) -> None:
    """Detach the old chat's messages, which can't be edited: open work sends new ones."""
    here = lists.c.chat_id == chat_id
    await connection.execute(
        sa.update(lists).where(here).values(card_id=None, reply_to=_away(lists.c.reply_to))
    )
    await connection.execute(
        sa.update(lists).where(here, lists.c.state.in_(_LIVE)).values(shown=None)
    )
    # The question names a message of the old chat: read the list again, to ask again.
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
    runs = (schedules.c.chat_id == chat_id) & (schedules.c.state == ScheduleState.ON)
    await connection.execute(sa.update(schedules).where(runs).values(card_id=None, shown=None))
    await _leave_results(connection, chat_id)


async def _leave_results(connection: AsyncConnection, chat_id: int) -> None:
    result_chat = sa.func.coalesce(tasks.c.result_chat_id, tasks.c.chat_id)
    waiting = (result_chat == chat_id) & (tasks.c.state != TaskState.DELIVERED)
    unsent = sa.select(tasks.c.id).where(waiting)
    await connection.execute(
        sa.delete(pieces).where(pieces.c.document_id.is_(None), pieces.c.task_id.in_(unsent))
    )
    await connection.execute(sa.update(tasks).where(waiting).values(notice_id=None, told_at=None))
    due = (result_chat == chat_id) & (tasks.c.picture == "due")
    await connection.execute(sa.update(tasks).where(due).values(picture_notice_id=None))
    await connection.execute(
        sa.update(tasks)
        .where(tasks.c.chat_id == chat_id, tasks.c.state.not_in(_OVER))
        .values(shown=None)
    )


def _away(column: sa.Column[int]) -> sa.ColumnElement[int]:
    return sa.case((column > 0, column - _AWAY), else_=column)
