"""The parts of a list: documents and messages that were sent together."""

from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.lists.lists import ListState, NumberList, begun_by
from storage.lists.lists import get as stored_list
from storage.schema.tables import lists, parts
from storage.sealing.vault import Vault

_OPEN = (ListState.GATHERING, ListState.READING, ListState.ASKING, ListState.READY)


@dataclass(frozen=True, slots=True)
class Member:
    """The list of a basket that a part is from: its id, and how that list was read."""

    list_id: str
    region: str | None
    wishes: str | None


@dataclass(frozen=True, slots=True)
class StoredPart:
    """One message of a list: a document (`file_id`), a text, or a document with a text.

    member: Whose part it is, where it was asked for as that of a basket.
    """

    message_id: int
    file_id: str | None
    size: int  # bytes of the document, UTF-16 units of the text
    name: str
    text: str
    column: int | None = None
    member: Member | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The message that sent a part; `thread_id` is its forum topic."""

    chat_id: int
    person_id: int
    message_id: int
    thread_id: int | None


async def exists(connection: AsyncConnection, chat_id: int, message_id: int) -> bool:
    """Tell whether this message is a part of a list already (its update came again)."""
    query = sa.select(parts.c.id).where(
        parts.c.chat_id == chat_id, parts.c.message_id == message_id
    )
    return (await connection.execute(query)).first() is not None


async def list_of(
    connection: AsyncConnection, vault: Vault, chat_id: int, message_id: int
) -> NumberList | None:
    """Return the list that this message is a part of, if any."""
    query = sa.select(parts.c.list_id).where(
        parts.c.chat_id == chat_id, parts.c.message_id == message_id
    )
    list_id = (await connection.execute(query)).scalar()
    return await stored_list(connection, vault, list_id) if list_id else None


async def not_yet_in(
    connection: AsyncConnection, vault: Vault, source: Source, part: StoredPart
) -> StoredPart | None:
    """Return the part, or None if it was received already.

    In a group several people may submit the same file, or one person again later. A message
    is a part of one list only, so the part then gets the id of the submitting message.
    """
    chat_id, message_id = source.chat_id, source.message_id
    if await begun_by(connection, chat_id, message_id):
        return None
    known = await list_of(connection, vault, chat_id, part.message_id)
    if known is None:
        return part
    theirs = known.person_id == source.person_id and known.state in _OPEN
    if theirs or await exists(connection, chat_id, message_id):
        return None
    return replace(part, message_id=message_id)


async def add(
    connection: AsyncConnection,
    vault: Vault,
    *,
    list_id: str,
    chat_id: int,
    part: StoredPart,
    settle_at: float,
) -> None:
    """Add a message to a gathering list, which now waits until `settle_at` for the next."""
    await connection.execute(
        sa.insert(parts).values(
            list_id=list_id,
            chat_id=chat_id,
            message_id=part.message_id,
            file_id=part.file_id,
            size=part.size,
            name_sealed=vault.seal_text(part.name, "parts.name", list_id),
            text_sealed=vault.seal_text(part.text, "parts.text", list_id) if part.text else None,
        )
    )
    await connection.execute(
        sa.update(lists).where(lists.c.id == list_id).values(settle_at=settle_at)
    )


async def of_list(connection: AsyncConnection, vault: Vault, list_id: str) -> list[StoredPart]:
    """Return the parts of a list in the order of messages.

    Of a basket those of its members that were read, one member after the other.
    """
    member = (lists.c.basket_id == list_id) & (lists.c.ready > 0)
    query = (
        sa.select(parts, lists.c.region, lists.c.wishes)
        .join(lists, lists.c.id == parts.c.list_id)
        .where((lists.c.id == list_id) | member)
        .order_by(lists.c.created_at, lists.c.id, parts.c.message_id)
    )
    return [
        StoredPart(
            message_id=row.message_id,
            file_id=row.file_id,
            size=row.size,
            name=vault.open_text(row.name_sealed, "parts.name", row.list_id),
            text=vault.open_text(row.text_sealed, "parts.text", row.list_id)
            if row.text_sealed
            else "",
            column=row.column_no,
            member=Member(row.list_id, row.region, row.wishes) if row.list_id != list_id else None,
        )
        for row in await connection.execute(query)
    ]


async def choose_column(
    connection: AsyncConnection, list_id: str, message_id: int, column: int
) -> None:
    """Store which column of a part holds the numbers; -1: all that fit."""
    await connection.execute(
        sa.update(parts)
        .where(parts.c.list_id == list_id, parts.c.message_id == message_id)
        .values(column_no=column)
    )


async def erase_texts(connection: AsyncConnection, list_id: str) -> None:
    """Erase the pasted texts; documents are never stored."""
    await connection.execute(
        sa.update(parts).where(parts.c.list_id == list_id).values(text_sealed=None)
    )
