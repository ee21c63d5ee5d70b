"""Lists of numbers that people handed in, from the first message to the erased body.

A list is made of parts: documents and messages that came together. Its states:

    gathering   more parts may still come (until `settle_at`)
    reading     settled: its parts are being fetched and read
    ready       read; waits for the person to choose a check
    working     a check was started; its task tells the rest
    unreadable  nothing could be made of it; `trouble` says why
    discarded   the person said so, or it waited too long; its body is erased
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.crypto import Vault
from storage.tables import chats, lists, parts, tasks


class ListState(StrEnum):
    """Where a list stands; the module's docstring draws the way."""

    GATHERING = "gathering"
    READING = "reading"
    READY = "ready"
    WORKING = "working"
    UNREADABLE = "unreadable"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class NumberList:
    """One list, without its numbers. Times are unix seconds."""

    id: str
    chat_id: int
    person_id: int
    state: ListState
    created_at: float
    settle_at: float
    attempts: int
    title: str
    ready: int
    duplicates: int
    rejected: int
    national: int
    trouble: str | None
    trouble_detail: str | None
    card_id: int | None
    reply_to: int
    shown: str | None


@dataclass(frozen=True, slots=True)
class StoredPart:
    """One message of a list: a document (`file_id`) or a text."""

    message_id: int
    file_id: str | None
    size: int  # bytes of the document, UTF-16 units of the text
    name: str
    text: str


_columns = [
    lists.c.title_sealed,
    *(lists.c[field.name] for field in fields(NumberList) if field.name != "title"),
]


def _from_row(row: sa.RowMapping, vault: Vault) -> NumberList:
    values: dict[str, Any] = dict(row)
    sealed = values.pop("title_sealed")
    values["title"] = vault.open_text(sealed, "lists.title") if sealed else ""
    values["state"] = ListState(values["state"])
    return NumberList(**values)


async def _many(
    connection: AsyncConnection, vault: Vault, *where: sa.ColumnElement[bool], limit: int = 100
) -> list[NumberList]:
    query = sa.select(*_columns).where(*where).order_by(lists.c.created_at).limit(limit)
    rows = (await connection.execute(query)).mappings()
    return [_from_row(row, vault) for row in rows]


async def get(connection: AsyncConnection, vault: Vault, list_id: str) -> NumberList | None:
    """The list with this id, if there is one."""
    found = await _many(connection, vault, lists.c.id == list_id)
    return found[0] if found else None


async def gathering_in(connection: AsyncConnection, chat_id: int, person_id: int) -> str | None:
    """The list of this person that still takes parts, if there is one."""
    query = sa.select(lists.c.id).where(
        lists.c.chat_id == chat_id,
        lists.c.person_id == person_id,
        lists.c.state == ListState.GATHERING,
    )
    return (await connection.execute(query)).scalar()


async def gathering(connection: AsyncConnection) -> set[tuple[int, int]]:
    """Chats and people who have a list that still takes parts: never many."""
    query = sa.select(lists.c.chat_id, lists.c.person_id).where(
        lists.c.state == ListState.GATHERING
    )
    return {(row.chat_id, row.person_id) for row in await connection.execute(query)}


async def part_exists(connection: AsyncConnection, chat_id: int, message_id: int) -> bool:
    """Whether this message is a part of some list already (its update came again)."""
    query = sa.select(parts.c.id).where(
        parts.c.chat_id == chat_id, parts.c.message_id == message_id
    )
    return (await connection.execute(query)).first() is not None


async def begin(
    connection: AsyncConnection,
    *,
    list_id: str,
    chat_id: int,
    person_id: int,
    reply_to: int,
    now: float,
) -> None:
    """Open a list that takes parts."""
    await connection.execute(
        sa.insert(lists).values(
            id=list_id,
            chat_id=chat_id,
            person_id=person_id,
            state=ListState.GATHERING,
            created_at=now,
            settle_at=now,
            reply_to=reply_to,
        )
    )


async def add_part(
    connection: AsyncConnection,
    vault: Vault,
    *,
    list_id: str,
    chat_id: int,
    part: StoredPart,
    settle_at: float,
) -> None:
    """Put a message into a gathering list, which now waits until `settle_at` for the next."""
    await connection.execute(
        sa.insert(parts).values(
            list_id=list_id,
            chat_id=chat_id,
            message_id=part.message_id,
            file_id=part.file_id,
            size=part.size,
            name_sealed=vault.seal_text(part.name, "parts.name"),
            text_sealed=vault.seal_text(part.text, "parts.text") if part.text else None,
        )
    )
    await connection.execute(
        sa.update(lists).where(lists.c.id == list_id).values(settle_at=settle_at)
    )


async def parts_of(connection: AsyncConnection, vault: Vault, list_id: str) -> list[StoredPart]:
    """The parts of a list in the order their messages were written."""
    query = sa.select(parts).where(parts.c.list_id == list_id).order_by(parts.c.message_id)
    return [
        StoredPart(
            message_id=row.message_id,
            file_id=row.file_id,
            size=row.size,
            name=vault.open_text(row.name_sealed, "parts.name"),
            text=vault.open_text(row.text_sealed, "parts.text") if row.text_sealed else "",
        )
        for row in await connection.execute(query)
    ]


async def due(connection: AsyncConnection, vault: Vault, now: float) -> list[NumberList]:
    """Lists to read now: settled ones, and those whose reading is to be tried (again)."""
    settled = (lists.c.state == ListState.GATHERING) & (lists.c.settle_at <= now)
    trying = (lists.c.state == ListState.READING) & (lists.c.try_at <= now)
    return await _many(connection, vault, settled | trying)


async def next_due_at(connection: AsyncConnection, skip: Collection[object] = ()) -> float | None:
    """When the next list (but those to skip) settles or is tried again, in unix seconds."""
    when = sa.case((lists.c.state == ListState.GATHERING, lists.c.settle_at), else_=lists.c.try_at)
    query = sa.select(sa.func.min(when)).where(
        lists.c.state.in_([ListState.GATHERING, ListState.READING]), lists.c.id.not_in(skip)
    )
    return cast("float | None", (await connection.execute(query)).scalar())


async def move(
    connection: AsyncConnection,
    list_id: str,
    was: tuple[ListState, ...],
    became: ListState,
    **values: object,
) -> bool:
    """Compare and set the state; False when somebody else was first."""
    result = await connection.execute(
        sa.update(lists)
        .where(lists.c.id == list_id, lists.c.state.in_(was))
        .values(state=became, **values)
    )
    return result.rowcount == 1


async def put(connection: AsyncConnection, list_id: str, **values: object) -> None:
    """Set columns that are no state."""
    await connection.execute(sa.update(lists).where(lists.c.id == list_id).values(**values))


async def erase_body(connection: AsyncConnection, list_id: str) -> None:
    """Erase the numbers."""
    await put(connection, list_id, body_sealed=None)


async def erase_texts(connection: AsyncConnection, list_id: str) -> None:
    """Erase the pasted texts; documents were never kept."""
    await connection.execute(
        sa.update(parts).where(parts.c.list_id == list_id).values(text_sealed=None)
    )


async def sealed(connection: AsyncConnection, list_id: str, column: str) -> bytes | None:
    """The sealed `body` or `left_out` of a list; open it in a thread, it may be large."""
    query = sa.select(lists.c[f"{column}_sealed"]).where(lists.c.id == list_id)
    return (await connection.execute(query)).scalar()


async def to_show(connection: AsyncConnection, vault: Vault) -> list[NumberList]:
    """Lists whose card doesn't show their state yet. A working list is shown by its task."""
    shown = [
        ListState.READING,
        ListState.READY,
        ListState.UNREADABLE,
    ]
    return await _many(
        connection,
        vault,
        lists.c.state.in_(shown),
        lists.c.shown.is_distinct_from(lists.c.state),
        ~sa.exists().where(chats.c.chat_id == lists.c.chat_id, chats.c.blocked_at.is_not(None)),
    )


async def checked_before(connection: AsyncConnection, list_id: str, check_key: str) -> float | None:
    """When the same numbers were last handed to the same check in the same chat, if ever."""
    this = sa.select(lists.c.fingerprint, lists.c.chat_id).where(lists.c.id == list_id).subquery()
    query = (
        sa.select(sa.func.max(tasks.c.submitted_at))
        .join(lists, lists.c.id == tasks.c.list_id)
        .join(
            this, (this.c.fingerprint == lists.c.fingerprint) & (this.c.chat_id == lists.c.chat_id)
        )
        .where(tasks.c.check_key == check_key)
    )
    return cast("float | None", (await connection.execute(query)).scalar())


async def erase_old(connection: AsyncConnection, before: float) -> int:
    """Erase what is kept of lists handed in before that time; give how many were still open.

    A list that a task is at work on keeps its numbers: they may not have been posted yet.
    """
    waiting = [ListState.READY, ListState.UNREADABLE]
    rows = await connection.execute(
        sa.update(lists)
        .where(lists.c.state.in_(waiting), lists.c.created_at < before)
        .values(state=ListState.DISCARDED, body_sealed=None)
    )
    old = sa.select(lists.c.id).where(
        lists.c.created_at < before, lists.c.left_out_sealed.is_not(None)
    )
    await connection.execute(
        sa.update(lists).where(lists.c.id.in_(old)).values(left_out_sealed=None)
    )
    return rows.rowcount
