"""Tasks: one check of one list at one service, and each change of its state."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Unpack

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import lists, task_events, tasks
from storage.sealing.vault import Vault
from storage.tasks import task_messages, task_money
from storage.tasks.task_messages import MessageChanges, TaskMessages
from storage.tasks.task_money import MoneyChanges, TaskMoney
from storage.tasks.task_states import TaskState

MOST = sa.bindparam("most", type_=sa.Integer)

_earlier = tasks.alias("earlier")
_same_check = [
    _earlier.c.id == lists.c.again_of,
    _earlier.c.check_key == tasks.c.check_key,
    _earlier.c.state == TaskState.DELIVERED,
    sa.func.coalesce(_earlier.c.result_chat_id, _earlier.c.chat_id)
    == sa.func.coalesce(tasks.c.result_chat_id, tasks.c.chat_id),
]
_before = sa.select(_earlier.c.id).where(*_same_check).correlate(lists, tasks).scalar_subquery()


@dataclass(frozen=True, slots=True)
class Task:
    """A task. Times are unix seconds, counts are numbers of the list.

    numbers: how many go to the service. known: how many are answered from memory instead.
    known_since: when the oldest of these answers was given.
    before: the earlier check of the same kind that its list was begun anew from, if the result of
        that went to the same chat.
    """

    id: str
    list_id: str
    chat_id: int
    person_id: int
    check_key: str
    service: str
    state: TaskState
    remote_id: str | None
    numbers: int
    known: int
    known_since: float | None
    total: int
    success: int
    failure: int
    created_at: float
    started_at: float | None
    dropped_at: float | None
    submitted_at: float | None
    progress_at: float | None
    finished_at: float | None
    next_at: float
    attempts: int
    posts: int
    in_a_row: int
    reason: str | None
    reason_text: str
    result_url: str | None
    result_name: str | None
    result_bytes: int | None
    summary: str
    result_chat_id: int | None
    reply_to: int
    thread_id: int | None
    title: str
    messages: TaskMessages
    money: TaskMoney
    before: str | None = None

    @property
    def done(self) -> int:
        """How many numbers the service has checked."""
        return self.success + self.failure

    @property
    def all_numbers(self) -> int:
        """How many numbers its result tells of."""
        return self.numbers + self.known

    @property
    def is_remembered(self) -> bool:
        """True if all its answers are remembered: nothing goes to the service."""
        return self.known > 0 == self.numbers

    @property
    def goes_to(self) -> int:
        """The chat that gets the result."""
        return self.result_chat_id or self.chat_id

    @property
    def is_private(self) -> bool:
        """True if the result goes to the person alone, not to the group."""
        return self.result_chat_id not in {None, self.chat_id}


class Changes(MessageChanges, MoneyChanges, total=False):
    """Columns of a task that may change; the keys of `_SEALED` are sealed when stored."""

    remote_id: str
    total: int
    success: int
    failure: int
    started_at: float
    dropped_at: float | None
    submitted_at: float
    progress_at: float
    finished_at: float
    next_at: float
    attempts: int
    posts: int
    in_a_row: int
    reason: str | None
    reason_text: str
    result_url: str | None
    result_name: str | None
    result_bytes: int
    summary: str
    result_chat_id: int


_SEALED = {
    name: f"tasks.{purpose}"
    for name, purpose in (
        ("reason_text", "reason"),
        ("result_url", "result_url"),
        ("summary", "summary"),
    )
}
"""Sealed values and the purpose of each; the column is `<purpose>_sealed`."""


def _column_of(purpose: str) -> str:
    return purpose.removeprefix("tasks.") + "_sealed"


def _from_row(row: sa.RowMapping, vault: Vault) -> Task:
    values: dict[str, Any] = dict(row)
    for name, purpose in _SEALED.items():
        blob = values.pop(_column_of(purpose))
        values[name] = vault.open_text(blob, purpose, row["id"]) if blob else ""
    title = values.pop("title_sealed")
    values["title"] = vault.open_text(title, "lists.title", row["list_id"]) if title else ""
    values["result_url"] = values["result_url"] or None
    values["state"] = TaskState(values["state"])
    messages = TaskMessages(**{name: values.pop(name) for name in task_messages.NAMES})
    money = TaskMoney(**{name: values.pop(name) for name in task_money.NAMES})
    return Task(**values, messages=messages, money=money)


def _columns(vault: Vault, task_id: str, changes: Changes) -> dict[str, object]:
    values: dict[str, object] = dict(changes)
    for name, purpose in _SEALED.items():
        if name in values:
            text = str(values.pop(name) or "")
            values[_column_of(purpose)] = vault.seal_text(text, purpose, task_id) if text else None
    return values


async def many(
    connection: AsyncConnection,
    vault: Vault,
    *where: sa.ColumnElement[bool],
    order: Sequence[sa.ColumnElement[Any]] = (tasks.c.created_at,),
    limit: int = 100,
) -> list[Task]:
    """Return tasks that match, joined with their list; oldest first unless `order` is given."""
    return await select(connection, vault, selection(*where, order=order), limit)


def selection(
    *where: sa.ColumnElement[bool],
    order: Sequence[sa.ColumnElement[Any]] = (tasks.c.created_at,),
) -> sa.Select[Any]:
    """Return the query of `many`, to keep: building it takes as long as running it."""
    names = ("card_id", "cards_lost", "reply_to", "thread_id", "title_sealed")
    columns = [lists.c[name] for name in names]
    query = sa.select(tasks, *columns, _before.label("before"))
    query = query.join(lists, lists.c.id == tasks.c.list_id).where(*where)
    return query.order_by(*order).limit(MOST)


async def select(
    connection: AsyncConnection, vault: Vault, query: sa.Select[Any], limit: int, **values: object
) -> list[Task]:
    """Return the tasks that a `selection` finds; `values` are its parameters."""
    rows = (await connection.execute(query, {"most": limit, **values})).mappings()
    return [_from_row(row, vault) for row in rows]


async def get(connection: AsyncConnection, vault: Vault, task_id: str) -> Task | None:
    """Return the task with this id, if any."""
    found = await many(connection, vault, tasks.c.id == task_id)
    return found[0] if found else None


async def move(
    connection: AsyncConnection,
    vault: Vault,
    task_id: str,
    *,
    was: Sequence[TaskState],
    became: TaskState,
    now: float,
    at_post: int | None = None,
    **changes: Unpack[Changes],
) -> TaskState | None:
    """Compare and set the state, and store the event; clear a reason not given again.

    Return the old state, or None if it was in none of `was` (another change was first), or was
    posted another number of times than `at_post`.
    """
    old = (
        await connection.execute(
            sa.select(tasks.c.state).where(tasks.c.id == task_id, tasks.c.state.in_(was))
        )
    ).scalar()
    if old is None:
        return None
    # Its card is stale even when the task is back in the state that it shows: its buttons aren't.
    cleared = {"reason": None, "reason_sealed": None, "shown": None}
    values = cleared | _columns(vault, task_id, changes)
    result = await connection.execute(
        sa.update(tasks)
        .where(tasks.c.id == task_id, tasks.c.state == old, *_posted(at_post))
        .values(state=became, **values)
    )
    if result.rowcount != 1:
        return None
    await connection.execute(
        sa.insert(task_events).values(
            task_id=task_id, at=now, was=old, became=became, reason=changes.get("reason")
        )
    )
    return TaskState(old)


def _posted(times: int | None) -> list[sa.ColumnElement[bool]]:
    return [] if times is None else [tasks.c.posts == times]


async def put(
    connection: AsyncConnection,
    vault: Vault,
    task_id: str,
    *,
    at_post: int | None = None,
    **changes: Unpack[Changes],
) -> None:
    """Change columns other than the state, unless it was posted meanwhile; see `move`."""
    query = sa.update(tasks).where(tasks.c.id == task_id, *_posted(at_post))
    await connection.execute(query.values(**_columns(vault, task_id, changes)))


async def remote_id_known(connection: AsyncConnection, service: str, remote_id: str) -> bool:
    """Tell whether a task has this remote id already: a service must not return it twice."""
    query = sa.select(tasks.c.id).where(tasks.c.service == service, tasks.c.remote_id == remote_id)
    return (await connection.execute(query)).first() is not None


async def drop_later(connection: AsyncConnection, task_id: str, at_post: int, now: float) -> bool:
    """Note that a task is to be dropped, unless the service takes it in this POST."""
    result = await connection.execute(
        sa.update(tasks)
        .where(
            tasks.c.id == task_id,
            tasks.c.state == TaskState.SUBMITTING,
            tasks.c.posts == at_post,
            tasks.c.dropped_at.is_(None),
        )
        .values(dropped_at=now)
    )
    return result.rowcount == 1


async def is_dropped(connection: AsyncConnection, task_id: str) -> bool:
    """Tell whether the person dropped the task."""
    query = sa.select(tasks.c.id).where(tasks.c.id == task_id, tasks.c.dropped_at.is_not(None))
    return (await connection.execute(query)).first() is not None
