"""Drafts: checks that were quoted and not started, and what is remembered of their lists."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import lists, splits, tasks
from storage.tasks.task_money import MoneyChanges
from storage.tasks.task_states import TaskState


@dataclass(frozen=True, slots=True)
class Split:
    """A list for a check that some of its numbers needn't have. Both blobs are sealed.

    numbers: how many go to the service. part: their upload, None for none.
    known: how many are answered from memory. since: when the oldest of their answers was given.
    answers: the remembered answers.
    fingerprint: the list's, when it was split.
    chat_id: who alone may have them, if they are a person's own and the list is in a group.
    """

    numbers: int
    part: bytes | None
    known: int
    since: float
    answers: bytes
    fingerprint: str | None
    chat_id: int | None = None


async def draft(
    connection: AsyncConnection,
    *,
    task_id: str,
    list_id: str,
    check_key: str,
    service: str,
    now: float,
    quoted: MoneyChanges | None = None,
    split: Split | None = None,
) -> str:
    """Return the id of the draft of this check on this list; create it if needed.

    quoted: What its card says that it costs. A draft at another price goes: nothing may
        start at a price that the card of its button doesn't say.
    split: What is remembered of the list, sealed for this task, which isn't created if the list was
        read anew since. An earlier draft with a split goes: its quote isn't shown any more. None:
        the whole list goes to the service.
    """
    same = (
        (tasks.c.list_id == list_id)
        & (tasks.c.check_key == check_key)
        & (tasks.c.state == TaskState.DRAFT)
    )
    said = quoted or {}
    if split is None:
        price = [tasks.c[name].is_not_distinct_from(each) for name, each in said.items()]
        query = sa.select(tasks.c.id).where(same, tasks.c.known == 0, *price)
        known = (await connection.execute(query)).scalar()
        if known:
            return str(known)
        await connection.execute(sa.delete(tasks).where(same, tasks.c.known == 0))
    else:
        await connection.execute(sa.delete(tasks).where(same, tasks.c.known > 0))
    values: dict[str, object] = {
        "id": task_id,
        "list_id": lists.c.id,
        "chat_id": lists.c.chat_id,
        "person_id": lists.c.person_id,
        "check_key": check_key,
        "service": service,
        "state": str(TaskState.DRAFT),
        "numbers": lists.c.ready,
        "created_at": now,
        **said,
    }
    if split is not None:
        values |= {"numbers": split.numbers, "known": split.known, "known_since": split.since}
        values["result_chat_id"] = split.chat_id
    columns = [
        sa.literal(value, tasks.c[name].type) if not isinstance(value, sa.Column) else value
        for name, value in values.items()
    ]
    row = sa.select(*columns).where(lists.c.id == list_id)
    if split is not None:
        row = row.where(lists.c.fingerprint.is_not_distinct_from(split.fingerprint))
    created = await connection.execute(sa.insert(tasks).from_select(list(values), row))
    if split is not None and created.rowcount:
        blobs = {"part_sealed": split.part, "known_sealed": split.answers}
        await connection.execute(sa.insert(splits).values(task_id=task_id, **blobs))
    return task_id


async def forget(connection: AsyncConnection, list_id: str) -> None:
    """Delete the drafts of a list that is read again: their counts are outdated."""
    await connection.execute(
        sa.delete(tasks).where(tasks.c.list_id == list_id, tasks.c.state == TaskState.DRAFT)
    )


async def sealed(connection: AsyncConnection, task_id: str, column: str) -> bytes | None:
    """Return the sealed `part` or `known` of a task's split; None without one, or once erased."""
    query = sa.select(splits.c[f"{column}_sealed"]).where(splits.c.task_id == task_id)
    return (await connection.execute(query)).scalar()


async def erase_splits(connection: AsyncConnection) -> None:
    """Erase what is remembered of lists whose numbers are erased: both tell of the same numbers."""
    erased = sa.select(tasks.c.id).join(lists).where(lists.c.body_sealed.is_(None))
    await connection.execute(sa.delete(splits).where(splits.c.task_id.in_(erased)))


async def fingerprint(connection: AsyncConnection, list_id: str) -> str | None:
    """Return what tells whether a list was read anew since."""
    query = sa.select(lists.c.fingerprint).where(lists.c.id == list_id)
    return (await connection.execute(query)).scalar()
