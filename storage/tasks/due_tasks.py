"""Tasks with due work: to post, poll, fetch, deliver or show."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.claims import NotOthers
from storage.schema.tables import STALE, chats, tasks
from storage.schema.turns import in_turn
from storage.sealing.vault import Vault
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import MOST, Task, select, selection

_listening = ~sa.exists().where(chats.c.chat_id == tasks.c.chat_id, chats.c.blocked_at.is_not(None))
_result_chat = sa.func.coalesce(tasks.c.result_chat_id, tasks.c.chat_id)
_receiving = ~sa.exists().where(chats.c.chat_id == _result_chat, chats.c.blocked_at.is_not(None))
_by_chat = NotOthers("chat", _result_chat)
_by_service = NotOthers("service", tasks.c.service)
# The person never opened a chat with the bot, and the group can still be told so.
_untold = (_result_chat != tasks.c.chat_id) & tasks.c.told_at.is_(None) & _listening

# The group takes no files, and was told so: somebody has to tap.
_refused = (_result_chat == tasks.c.chat_id) & tasks.c.told_at.is_not(None)


def _whose(states: Sequence[TaskState]) -> tuple[sa.ColumnElement[Any], NotOthers]:
    """A result is fetched by the replica of its chat; other work is the service's replica's."""
    if TaskState.EXPORTED in states:
        return _result_chat, _by_chat
    return tasks.c.service, _by_service


_BUSY: sa.BindParameter[Any] = sa.bindparam("busy", expanding=True)

# Built once: the loops run them at every turn.
_TO_SHOW = selection(
    # SQLite takes the index for a bound, though it bounds nothing.
    *(sa.literal_column(words) for words in (*STALE, "tasks.shown_at >= 0")),
    _listening,
    NotOthers("chat", tasks.c.chat_id),
    order=in_turn(tasks.c.chat_id, tasks.c.shown_at),
)
_TO_DELIVER = selection(
    tasks.c.state == TaskState.FETCHED,
    (_receiving & ~_refused) | _untold,
    _by_chat,
    order=in_turn(_result_chat, tasks.c.next_at),
)


@cache
def _due(states: tuple[TaskState, ...]) -> sa.Select[Any]:
    """The first of each state come from its index in order, however many more are due."""
    whose, not_others = _whose(states)
    firsts = [
        sa.select(tasks.c.id)
        .where(
            tasks.c.state == state,
            tasks.c.next_at <= sa.bindparam("now"),
            whose.not_in(_BUSY),
            not_others,
        )
        .order_by(tasks.c.next_at)
        .limit(MOST)
        .subquery()
        for state in states
    ]
    ids = sa.union_all(*(sa.select(first.c.id) for first in firsts))
    return selection(tasks.c.id.in_(ids), order=(tasks.c.next_at,))


@cache
def _next_due_at(states: tuple[TaskState, ...]) -> sa.Select[Any]:
    whose, not_others = _whose(states)
    return sa.select(sa.func.min(tasks.c.next_at)).where(
        tasks.c.state.in_(states), whose.not_in(_BUSY), not_others
    )


async def due(
    connection: AsyncConnection,
    vault: Vault,
    states: Sequence[TaskState],
    now: float,
    *,
    limit: int = 100,
    busy: Collection[int | str] = (),
) -> list[Task]:
    """Return due tasks in these states, longest waiting first.

    busy: The services (of results: the chats) whose tasks have to wait now.
    """
    return await select(connection, vault, _due(tuple(states)), limit, now=now, busy=list(busy))


async def next_due_at(
    connection: AsyncConnection, states: Sequence[TaskState], busy: Collection[int | str] = ()
) -> float | None:
    """Return when the next task in these states is due, in unix seconds; `busy` as in `due`."""
    found = await connection.execute(_next_due_at(tuple(states)), {"busy": list(busy)})
    return cast("float | None", found.scalar())


async def in_state(connection: AsyncConnection, vault: Vault, state: TaskState) -> list[Task]:
    """Return every task in this state, oldest first."""
    query = selection(tasks.c.state == state, _whose([state])[1])
    return await select(connection, vault, query, 10_000)


async def is_wanted(connection: AsyncConnection, task_id: str, at_post: int) -> bool:
    """Tell whether a task waits for this very POST, and nobody has dropped it meanwhile."""
    query = sa.select(tasks.c.id).where(
        tasks.c.id == task_id,
        tasks.c.state == TaskState.SUBMITTING,
        tasks.c.posts == at_post,
        tasks.c.dropped_at.is_(None),
    )
    return (await connection.execute(query)).first() is not None


async def to_show(connection: AsyncConnection, vault: Vault, limit: int = 200) -> list[Task]:
    """Return tasks with a stale card, in chats that don't block the bot."""
    return await select(connection, vault, _TO_SHOW, limit)


async def to_deliver(connection: AsyncConnection, vault: Vault) -> list[Task]:
    """Return fetched results for chats that accept messages, or with a notice due in the group."""
    return await select(connection, vault, _TO_DELIVER, 100)


async def put_off(connection: AsyncConnection, task_ids: Sequence[str], until: float) -> None:
    """Postpone tasks until `until`: they are being worked on."""
    if task_ids:
        await connection.execute(
            sa.update(tasks).where(tasks.c.id.in_(task_ids)).values(next_at=until)
        )


async def make_due(connection: AsyncConnection, states: Sequence[TaskState], now: float) -> None:
    """Make tasks due that the last process had begun or postponed."""
    await connection.execute(
        sa.update(tasks).where(tasks.c.state.in_(states), tasks.c.next_at > now).values(next_at=now)
    )
