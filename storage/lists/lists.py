"""Lists of numbers, from the first message to the erased body.

A list is made of parts: documents and messages that were sent together. Its states:

    gathering   more parts may still come (until `settle_at`)
    reading     settled: its parts are being fetched and read
    asking      read; the person has to choose a column or a country
    ready       read; waits for the person to choose a check
    working     a check was started; its task has the further states
    unreadable  it can't be read; `trouble` says why
    discarded   by the person, or after too long a wait; its body is erased
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Protocol, TypedDict, Unpack, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import lists, tasks
from storage.sealing.vault import Vault


class ListState(StrEnum):
    """The state of a list; the module's docstring explains each."""

    GATHERING = "gathering"
    READING = "reading"
    ASKING = "asking"
    READY = "ready"
    WORKING = "working"
    UNREADABLE = "unreadable"
    DISCARDED = "discarded"


class Placed(Protocol):
    """Anything that came from a message, or goes to one: a list, a task, an inquiry, a place."""

    @property
    def chat_id(self) -> int: ...  # noqa: D102 # as the class says

    @property
    def thread_id(self) -> int | None: ...  # noqa: D102 # the same

    @property
    def reply_to(self) -> int: ...  # noqa: D102 # the same


@dataclass(frozen=True, slots=True)
class NumberList:
    """A list without its numbers. Times are unix seconds."""

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
    root_id: str | None
    asks: str | None
    region: str | None
    thread_id: int | None
    asked: str
    reading: str
    wishes: str | None
    kept_for: str | None
    basket_id: str | None
    again_of: str | None

    @property
    def source_id(self) -> str:
        """Id of the list whose parts hold this one's numbers: the one that was sent."""
        return self.root_id or self.id


class Changes(TypedDict, total=False):
    """Columns of a list that may change; those in `_SEALED` are sealed when stored."""

    title: str
    asked: str | None
    reading: str | None
    wishes: str | None
    settle_at: float
    try_at: float
    attempts: int
    ready: int
    duplicates: int
    rejected: int
    national: int
    trouble: str
    trouble_detail: str
    body_sealed: bytes | None
    blocks_sealed: bytes | None
    left_out_sealed: bytes | None
    fingerprint: str
    asks: str | None
    region: str | None
    card_id: int | None
    cards_lost: int
    shown: str


WITHOUT_NUMBERS = Changes(body_sealed=None, blocks_sealed=None)
"""The numbers and what tells of them are erased together."""
_SEALED = ("title", "asked", "reading")
COLUMNS = [
    *(lists.c[f"{name}_sealed"] for name in _SEALED),
    *(lists.c[field.name] for field in fields(NumberList) if field.name not in _SEALED),
]


async def _many(
    connection: AsyncConnection, vault: Vault, *where: sa.ColumnElement[bool], limit: int = 100
) -> list[NumberList]:
    query = sa.select(*COLUMNS).where(*where).order_by(lists.c.created_at).limit(limit)
    return await select(connection, vault, query)


async def select(
    connection: AsyncConnection, vault: Vault, query: sa.Select[Any], **values: object
) -> list[NumberList]:
    """Return the lists that a query of `COLUMNS` finds; `values` are its parameters."""
    rows = (await connection.execute(query, values)).mappings()
    found = []
    for row in rows:
        columns: dict[str, Any] = dict(row)
        for name in _SEALED:
            text = columns.pop(f"{name}_sealed")
            columns[name] = vault.open_text(text, f"lists.{name}", row["id"]) if text else ""
        columns["state"] = ListState(columns["state"])
        found.append(NumberList(**columns))
    return found


async def get(connection: AsyncConnection, vault: Vault, list_id: str) -> NumberList | None:
    """Return the list with this id, if any."""
    found = await _many(connection, vault, lists.c.id == list_id)
    return found[0] if found else None


async def gathering_in(connection: AsyncConnection, chat_id: int, person_id: int) -> str | None:
    """Return the id of this person's list that still takes parts, if any."""
    query = sa.select(lists.c.id).where(
        lists.c.chat_id == chat_id,
        lists.c.person_id == person_id,
        lists.c.state == ListState.GATHERING,
    )
    return (await connection.execute(query)).scalar()


async def begin(
    connection: AsyncConnection,
    *,
    list_id: str,
    chat_id: int,
    person_id: int,
    reply_to: int,
    now: float,
    thread_id: int | None = None,
) -> None:
    """Create a list that takes parts; `thread_id`: the forum topic, if any."""
    await connection.execute(
        sa.insert(lists).values(
            id=list_id,
            chat_id=chat_id,
            person_id=person_id,
            state=ListState.GATHERING,
            created_at=now,
            settle_at=now,
            reply_to=reply_to,
            thread_id=thread_id,
        )
    )


async def begun_by(connection: AsyncConnection, chat_id: int, message_id: int) -> bool:
    """Tell whether this message began a list already (its update came again)."""
    query = sa.select(lists.c.id).where(
        lists.c.chat_id == chat_id, lists.c.reply_to == message_id, lists.c.root_id.is_(None)
    )
    return (await connection.execute(query)).first() is not None


async def move(
    connection: AsyncConnection,
    vault: Vault,
    list_id: str,
    was: tuple[ListState, ...],
    became: ListState,
    **changes: Unpack[Changes],
) -> bool:
    """Compare and set the state; return False if another change was first."""
    result = await connection.execute(
        sa.update(lists)
        .where(lists.c.id == list_id, lists.c.state.in_(was))
        .values(state=became, **_columns_of(vault, list_id, changes))
    )
    return result.rowcount == 1


async def put(
    connection: AsyncConnection, vault: Vault, list_id: str, **changes: Unpack[Changes]
) -> None:
    """Change columns other than the state."""
    values = _columns_of(vault, list_id, changes)
    await connection.execute(sa.update(lists).where(lists.c.id == list_id).values(**values))


def _columns_of(vault: Vault, list_id: str, changes: Changes) -> dict[str, object]:
    """Return these changes as columns; an empty text becomes None."""
    values: dict[str, object] = dict(changes)
    for name in _SEALED:
        if name in values:
            text = str(values.pop(name) or "")
            sealed = vault.seal_text(text, f"lists.{name}", list_id) if text else None
            values[f"{name}_sealed"] = sealed
    return values


async def asking_in(
    connection: AsyncConnection, vault: Vault, chat_id: int, person_id: int, asks: str
) -> list[NumberList]:
    """Return the person's lists in this chat that wait for an answer of that kind, newest last."""
    return await _many(
        connection,
        vault,
        lists.c.chat_id == chat_id,
        lists.c.person_id == person_id,
        lists.c.asks == asks,
        lists.c.state.in_([ListState.ASKING, ListState.READY, ListState.UNREADABLE]),
    )


async def derive(
    connection: AsyncConnection,
    vault: Vault,
    *,
    list_id: str,
    of: NumberList,
    title: str,
    ready: int,
    sealed: Changes,
    place: Placed,
    now: float,
) -> None:
    """Create a list from `ready` numbers of another one, for another check.

    sealed: The columns with the numbers.
    """
    await connection.execute(
        sa.insert(lists).values(
            id=list_id,
            chat_id=place.chat_id,
            person_id=of.person_id,
            state=ListState.READY,
            created_at=now,
            settle_at=now,
            title_sealed=vault.seal_text(title, "lists.title", list_id),
            ready=ready,
            reply_to=place.reply_to,
            thread_id=place.thread_id,
            region=of.region,
            wishes=of.wishes,
            root_id=of.source_id,
            **sealed,
        )
    )


async def sealed(connection: AsyncConnection, list_id: str, column: str) -> bytes | None:
    """Return the sealed `body`, `left_out` or `blocks` of a list; the first two may be large."""
    query = sa.select(lists.c[f"{column}_sealed"]).where(lists.c.id == list_id)
    return (await connection.execute(query)).scalar()


async def checked_before(connection: AsyncConnection, list_id: str, check_key: str) -> float | None:
    """Return when the same chat last submitted the same numbers to this check, if ever."""
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
