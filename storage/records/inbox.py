"""The inbox: updates are stored before they are confirmed to Telegram, and erased when handled.

Each update id is kept for REMEMBER_SECONDS after the update was handled: ids may restart lower,
so the highest one seen proves nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.claims import NotOthers
from storage.schema.tables import inbox
from storage.schema.upserts import insert

REMEMBER_SECONDS = 2 * 24 * 3600
MOST_ATTEMPTS = 2  # after the crash that left it: three in all

_open = inbox.c.handled_at.is_(None) & ~inbox.c.set_aside


@dataclass(frozen=True, slots=True)
class StoredUpdate:
    """One stored update; `lane` is the chat queue that keeps its order.

    left_over: how often it was begun since a crash interrupted it; None if none did, and -1 if the
        process ended in order before it was handled.
    """

    update_id: int
    lane: int
    sealed: bytes
    left_over: int | None = None


async def store(
    connection: AsyncConnection, updates: Iterable[StoredUpdate], now: float
) -> set[int]:
    """Store these updates; return the ids of the new ones."""
    rows = [
        {
            "update_id": update.update_id,
            "lane": update.lane,
            "update_sealed": update.sealed,
            "received_at": now,
            "attempts": 0,
        }
        for update in updates
    ]
    if not rows:
        return set()
    statement = insert(inbox).on_conflict_do_nothing().returning(inbox.c.update_id)
    return set((await connection.execute(statement, rows)).scalars())


async def lanes_waiting(connection: AsyncConnection, replica: str | None) -> dict[int, float]:
    """Return the chat queues that this process may take up, and since when the oldest waits."""
    query = (
        sa.select(inbox.c.lane, sa.func.min(inbox.c.received_at).label("since"))
        .where(_open, _not_taken(replica), NotOthers("chat", inbox.c.lane))
        .group_by(inbox.c.lane)
    )
    return {row.lane: row.since for row in await connection.execute(query)}


async def set_aside(
    connection: AsyncConnection, replica: str | None, chat_queues: list[int], now: float
) -> list[tuple[int, int]]:
    """Give up what was begun MOST_ATTEMPTS times after a crash: it crashes the process.

    Returns id and lane of each. The content is kept, so that the cause can be found.
    """
    given_up = (
        sa.update(inbox)
        .where(_open, _not_taken(replica), inbox.c.lane.in_(chat_queues), _left(replica))
        .where(inbox.c.attempts >= MOST_ATTEMPTS)
        .values(set_aside=True, handled_at=now)
        .returning(inbox.c.update_id, inbox.c.lane)
    )
    return [(row.update_id, row.lane) for row in await connection.execute(given_up)]


async def take_up(
    connection: AsyncConnection, replica: str | None, chat_queues: list[int]
) -> list[StoredUpdate]:
    """Claim the open updates of these chat queues for this process; return them in order."""
    mine = (_open, _not_taken(replica), inbox.c.lane.in_(chat_queues))
    left = _left(replica)
    query = sa.select(
        inbox.c.update_id,
        inbox.c.lane,
        inbox.c.update_sealed,
        sa.case((left, inbox.c.attempts)),
    ).where(*mine)
    rows = (await connection.execute(query.order_by(inbox.c.update_id))).all()
    if replica is not None:
        await connection.execute(sa.update(inbox).where(*mine).values(owner=replica))
    return [StoredUpdate(*row) for row in rows]


async def give_up(connection: AsyncConnection, replica: str | None, known: set[int]) -> None:
    """Release updates that are ours but not `known`: the answer to that commit was lost."""
    await connection.execute(
        sa.update(inbox)
        .where(_open, inbox.c.owner == replica, inbox.c.update_id.not_in(known))
        .values(owner=None)
    )


def _not_taken(replica: str | None) -> sa.ColumnElement[bool]:
    """The condition of an update that this process has not taken up yet."""
    return sa.true() if replica is None else inbox.c.owner.is_distinct_from(replica)


def _left(replica: str | None) -> sa.ColumnElement[bool]:
    """The condition of an update that another process began, or may have.

    Alone, every open update was left by the last process; else those with an owner were.
    """
    return sa.true() if replica is None else inbox.c.owner.is_not(None)


async def begun_again(connection: AsyncConnection, update_id: int) -> None:
    """Count an attempt at an update that the last process left: it may crash this one, too."""
    await connection.execute(
        sa.update(inbox).where(inbox.c.update_id == update_id).values(attempts=inbox.c.attempts + 1)
    )


async def broken_off(connection: AsyncConnection, update_id: int) -> None:
    """Take an attempt back: the process ends in order in the middle of it, and didn't crash."""
    await connection.execute(
        sa.update(inbox).where(inbox.c.update_id == update_id).values(attempts=inbox.c.attempts - 1)
    )


async def left_in_order(connection: AsyncConnection) -> None:
    """Note that the process ends in order: what it leaves open, no crash has left."""
    await connection.execute(
        sa.update(inbox).where(_open, inbox.c.attempts == 0).values(attempts=-1)
    )


async def count_set_aside(connection: AsyncConnection) -> int:
    """Count updates that were set aside because they crash the process."""
    query = sa.select(sa.func.count()).select_from(inbox).where(inbox.c.set_aside)
    return int((await connection.execute(query)).scalar_one())


# Built once: it runs for each update.
_FINISH = (
    sa.update(inbox)
    .where(inbox.c.update_id.in_(sa.bindparam("ids", expanding=True)))
    .values(handled_at=sa.bindparam("now"), update_sealed=None)
)


async def finish(connection: AsyncConnection, update_ids: list[int], now: float) -> None:
    """Mark updates as handled: erase their content, keep their ids."""
    await connection.execute(_FINISH, {"ids": update_ids, "now": now})


async def forget_old(connection: AsyncConnection, now: float) -> None:
    """Delete the ids of updates handled more than REMEMBER_SECONDS ago."""
    await connection.execute(sa.delete(inbox).where(inbox.c.handled_at < now - REMEMBER_SECONDS))


async def waiting_in(connection: AsyncConnection, lane: int) -> int:
    """Count open updates of this chat."""
    query = sa.select(sa.func.count()).select_from(inbox).where(_open, inbox.c.lane == lane)
    return int((await connection.execute(query)).scalar_one())
