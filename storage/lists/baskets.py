"""Baskets: lists that are kept for a check until they have as many numbers as it asks for.

A basket has no parts of its own. Its members are lists like any other, each read by itself, and it
holds the different numbers of all of them. While `kept_for` names a check, whatever its person
sends there becomes a member; an empty `kept_for` is that of a basket that takes no more.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.lists import lists as stored
from storage.lists.list_parts import Source
from storage.lists.lists import ListState, NumberList
from storage.schema.tables import lists, parts
from storage.sealing.vault import Vault

_LIVE = (ListState.READY, ListState.READING)
_ERASED: dict[str, Any] = {
    "state": ListState.DISCARDED,
    "asked_sealed": None,
    "reading_sealed": None,
    "left_out_sealed": None,
    **stored.WITHOUT_NUMBERS,
}


def _takes(chat_id: int, person_id: int, thread_id: int | None) -> list[sa.ColumnElement[bool]]:
    return [
        lists.c.chat_id == chat_id,
        lists.c.person_id == person_id,
        lists.c.thread_id.is_not_distinct_from(thread_id),
        lists.c.kept_for != "",
        lists.c.state.in_(_LIVE),
    ]


async def open_in(
    connection: AsyncConnection, chat_id: int, person_id: int, thread_id: int | None
) -> str | None:
    """Return the id of the basket that takes what this person sends there, if there is one."""
    query = sa.select(lists.c.id).where(*_takes(chat_id, person_id, thread_id))
    return (await connection.execute(query)).scalar()


async def basket_of(connection: AsyncConnection, list_id: str) -> str | None:
    """Return the id of the basket that this list is a member of, if any."""
    query = sa.select(lists.c.basket_id).where(lists.c.id == list_id)
    return (await connection.execute(query)).scalar()


async def begin_list(connection: AsyncConnection, list_id: str, source: Source, now: float) -> str:
    """Create a list that takes parts, in the open basket of its place; return its id."""
    chat_id, person_id, thread_id = source.chat_id, source.person_id, source.thread_id
    await stored.begin(
        connection,
        list_id=list_id,
        chat_id=chat_id,
        person_id=person_id,
        reply_to=source.message_id,
        now=now,
        thread_id=thread_id,
    )
    basket_id = await open_in(connection, chat_id, person_id, thread_id)
    await connection.execute(
        sa.update(lists).where(lists.c.id == list_id).values(basket_id=basket_id)
    )
    return list_id


async def keep(
    connection: AsyncConnection,
    vault: Vault,
    found: NumberList,
    *,
    check_key: str,
    basket_id: str,
    now: float,
) -> str:
    """Keep a ready list for a check, in a basket that is to be filled; return the basket's id.

    The basket gets the list's card and its age. An earlier one of the same place takes no more.
    """
    takes = _takes(found.chat_id, found.person_id, found.thread_id)
    await connection.execute(
        sa.update(lists).where(*takes, lists.c.id != found.id).values(kept_for="", shown=None)
    )
    if found.kept_for is not None:
        await connection.execute(
            sa.update(lists).where(lists.c.id == found.id).values(kept_for=check_key, shown=None)
        )
        return found.id
    await connection.execute(
        sa.insert(lists).values(
            id=basket_id,
            chat_id=found.chat_id,
            person_id=found.person_id,
            state=ListState.READING,
            created_at=found.created_at,
            settle_at=now,
            title_sealed=vault.seal_text(found.title, "lists.title", basket_id),
            card_id=found.card_id,
            reply_to=found.reply_to,
            thread_id=found.thread_id,
            region=found.region,
            wishes=found.wishes,
            kept_for=check_key,
        )
    )
    await connection.execute(
        sa.update(lists)
        .where(lists.c.id == found.id)
        .values(basket_id=basket_id, card_id=None, shown=ListState.READY)
    )
    return basket_id


async def close(connection: AsyncConnection, basket_id: str) -> bool:
    """Have a basket take no more; return False if it does so already, or isn't there any more."""
    result = await connection.execute(
        sa.update(lists)
        .where(lists.c.id == basket_id, lists.c.kept_for != "", lists.c.state.in_(_LIVE))
        .values(kept_for="", shown=None)
    )
    return result.rowcount == 1


async def fill(
    connection: AsyncConnection, basket_id: str, now: float, *, closed: bool = False
) -> bool:
    """Have a basket filled anew; return False if it was started, is gone, or takes no more.

    closed: One that takes no more is filled, too.
    """
    takes = lists.c.kept_for.is_not(None) if closed else lists.c.kept_for != ""
    result = await connection.execute(
        sa.update(lists)
        .where(lists.c.id == basket_id, takes, lists.c.state.in_(_LIVE))
        .values(state=ListState.READING, settle_at=now, attempts=0, try_at=0.0, shown=None)
    )
    return result.rowcount == 1


async def leave(connection: AsyncConnection, list_id: str) -> None:
    """Make a member a list of its own."""
    await connection.execute(
        sa.update(lists).where(lists.c.id == list_id).values(basket_id=None, shown=None)
    )


async def leave_all(connection: AsyncConnection, basket_id: str) -> None:
    """Make all members of a basket lists of their own."""
    await connection.execute(
        sa.update(lists).where(lists.c.basket_id == basket_id).values(basket_id=None, shown=None)
    )


async def move_card(connection: AsyncConnection, basket_id: str, card_id: int) -> None:
    """Make the message that may be a member's card that of its basket."""
    of_member = (lists.c.basket_id == basket_id) & (lists.c.card_id == card_id)
    await connection.execute(sa.update(lists).where(of_member).values(card_id=None))
    await connection.execute(
        sa.update(lists).where(lists.c.id == basket_id).values(card_id=card_id)
    )


async def members(connection: AsyncConnection, basket_id: str) -> list[tuple[str, int, str]]:
    """Return the members that are ready, oldest first: id, count, fingerprint.

    One that is read again still has the numbers of before.
    """
    query = (
        sa.select(lists.c.id, lists.c.ready, lists.c.fingerprint)
        .where(
            lists.c.basket_id == basket_id,
            lists.c.state == ListState.READY,
            lists.c.body_sealed.is_not(None),
        )
        .order_by(lists.c.created_at, lists.c.id)
    )
    return [(row.id, row.ready, row.fingerprint) for row in await connection.execute(query)]


async def leave_erased(connection: AsyncConnection, since: float) -> None:
    """Make members sent since then, that weren't read yet, lists of their own.

    Only those of baskets whose numbers are erased.
    """
    waits = [ListState.GATHERING, ListState.READING, ListState.ASKING]
    await connection.execute(
        sa.update(lists)
        .where(
            lists.c.basket_id.in_(_erased()),
            lists.c.state.in_(waits),
            lists.c.created_at >= since,
        )
        .values(basket_id=None, shown=None)
    )


def _erased() -> sa.Select[Any]:
    """Baskets whose own numbers are erased."""
    gone = lists.alias("gone")
    return sa.select(gone.c.id).where(
        gone.c.kept_for.is_not(None),
        gone.c.state.in_([ListState.DISCARDED, ListState.WORKING]),
        gone.c.body_sealed.is_(None),
    )


async def erase_members(connection: AsyncConnection, *baskets: str) -> None:
    """Erase the members of these baskets; without any, of all whose own numbers are erased."""
    of = lists.c.basket_id.in_(baskets or _erased())
    own = sa.select(lists.c.id).where(of)
    texts = sa.update(parts).where(parts.c.list_id.in_(own), parts.c.text_sealed.is_not(None))
    await connection.execute(texts.values(text_sealed=None))
    over = [ListState.DISCARDED, ListState.WORKING]
    await connection.execute(
        sa.update(lists).where(of, lists.c.state.not_in(over)).values(**_ERASED)
    )
