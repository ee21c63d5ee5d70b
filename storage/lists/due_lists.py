"""Lists that are due to be read or shown."""

from collections.abc import Collection
from dataclasses import replace
from typing import cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.claims import NotOthers
from storage.lists.lists import COLUMNS, ListState, NumberList, get, select
from storage.schema.tables import chats, lists
from storage.schema.turns import in_turn
from storage.sealing.vault import Vault

_not_others = NotOthers("chat", lists.c.chat_id)

# Built once: the loops run them at every turn.
_settled = (lists.c.state == ListState.GATHERING) & (lists.c.settle_at <= sa.bindparam("now"))
_trying = (lists.c.state == ListState.READING) & (lists.c.try_at <= sa.bindparam("now"))
_SHOWN = [ListState.READING, ListState.ASKING, ListState.READY, ListState.UNREADABLE]
_FIRST = sa.select(*COLUMNS).limit(100)
_DUE = _FIRST.where(_settled | _trying, _not_others).order_by(
    *in_turn(lists.c.person_id, lists.c.created_at)
)
_baskets = lists.alias("baskets")
# What the card of a list in a basket tells isn't known yet.
_unfilled = sa.exists().where(
    _baskets.c.id == lists.c.basket_id, _baskets.c.state == ListState.READING
)
_TO_SHOW = _FIRST.order_by(*in_turn(lists.c.chat_id, lists.c.created_at)).where(
    lists.c.state.in_(_SHOWN),
    lists.c.shown.is_distinct_from(lists.c.state),
    ~sa.exists().where(chats.c.chat_id == lists.c.chat_id, chats.c.blocked_at.is_not(None)),
    (lists.c.state != ListState.READY) | ~_unfilled,
    _not_others,
)


async def due(connection: AsyncConnection, vault: Vault, now: float) -> list[NumberList]:
    """Return lists to read now: settled ones, and those whose next try is due."""
    return await select(connection, vault, _DUE, now=now)


async def next_due_at(connection: AsyncConnection, skip: Collection[object] = ()) -> float | None:
    """Return when the next list (except `skip`) settles or is tried again, in unix seconds."""
    when = sa.case((lists.c.state == ListState.GATHERING, lists.c.settle_at), else_=lists.c.try_at)
    query = sa.select(sa.func.min(when)).where(
        lists.c.state.in_([ListState.GATHERING, ListState.READING]),
        lists.c.id.not_in(skip),
        _not_others,
    )
    return cast("float | None", (await connection.execute(query)).scalar())


async def to_show(connection: AsyncConnection, vault: Vault) -> list[NumberList]:
    """Return lists whose card doesn't show their state yet; a working list's task has the card."""
    return await select(connection, vault, _TO_SHOW)


async def shown(
    connection: AsyncConnection, vault: Vault, list_id: str, card_id: int, seen: NumberList | None
) -> None:
    """Store which message is the card of a list, and that it shows the list as `seen`.

    An edit takes a while: if the list has changed since it was seen, its card is due once more.
    """
    values: dict[str, object] = {"card_id": card_id}
    now = await get(connection, vault, list_id)
    if seen is not None and now is not None:
        same = replace(now, card_id=seen.card_id, shown=seen.shown) == seen
        values["shown"] = seen.state if same else None
    await connection.execute(sa.update(lists).where(lists.c.id == list_id).values(**values))
