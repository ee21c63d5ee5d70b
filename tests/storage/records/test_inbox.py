from collections.abc import Iterable

import pytest
import sqlalchemy as sa

from storage.database import Database
from storage.records import inbox
from storage.records.inbox import MOST_ATTEMPTS, REMEMBER_SECONDS, StoredUpdate
from storage.schema.tables import inbox as table
from tests.support.databases.temporary import NOW


class Inbox:
    """The inbox as the intake uses it, each call in its own commit."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = NOW

    async def store(self, *ids: int, chat_id: int = 1) -> set[int]:
        """Store updates with these ids; return the new ones."""
        updates = [StoredUpdate(each, chat_id, b"sealed %d" % each) for each in ids]
        async with self.database.write() as connection:
            return await inbox.store(connection, updates, self.now)

    async def starts(self) -> list[int]:
        """Return what a process that starts now has to handle."""
        async with self.database.write() as connection:
            chats = list(await inbox.lanes_waiting(connection, None))
            await inbox.set_aside(connection, None, chats, self.now)
            found = await inbox.take_up(connection, None, chats)
            await inbox.forget_old(connection, self.now)
        assert all(each.sealed == b"sealed %d" % each.update_id for each in found)
        return [each.update_id for each in found]

    async def finish(self, ids: Iterable[int]) -> None:
        """Mark these as handled."""
        async with self.database.write() as connection:
            for each in ids:
                await inbox.finish(connection, [each], self.now)

    async def begins(self, *ids: int) -> None:
        """Mark these as begun again."""
        async with self.database.write() as connection:
            for each in ids:
                await inbox.begun_again(connection, each)

    async def aside(self) -> int:
        """Return how many were given up."""
        async with self.database.read() as connection:
            return await inbox.count_set_aside(connection)

    async def waiting(self, chat_id: int = 1) -> int:
        """Return how many of a chat are not handled."""
        async with self.database.read() as connection:
            return await inbox.waiting_in(connection, chat_id)


@pytest.fixture
def box(database: Database) -> Inbox:
    """An empty inbox."""
    return Inbox(database)


async def test_a_redelivered_update_is_no_news(box: Inbox) -> None:
    """Protects against handling an update twice that Telegram delivers twice."""
    assert await box.store(10, 11) == {10, 11}
    assert await box.store(11, 12) == {12}
    await box.finish([10, 11, 12])
    assert await box.store(10, 11, 12) == set()
    assert await box.store() == set()


async def test_ids_may_jump_lower(box: Inbox) -> None:
    """Protects updates after Telegram restarted its ids: a lower id can be new."""
    await box.store(900_000_000)
    await box.finish([900_000_000])
    assert await box.store(7) == {7}
    assert await box.starts() == [7]


async def test_a_restart_takes_up_what_was_left_in_order(box: Inbox) -> None:
    """Protects the order of a conversation over a crash."""
    await box.store(5, 3)
    await box.store(4, chat_id=2)
    await box.finish([3])
    assert await box.starts() == [4, 5]
    assert (await box.waiting(1), await box.waiting(2), await box.waiting(3)) == (1, 1, 0)


async def test_an_update_that_always_crashes_is_set_aside(box: Inbox) -> None:
    """Protects everybody else: after three tries it is set aside, and its content is kept."""
    await box.store(1, 2)
    for _ in range(MOST_ATTEMPTS):
        assert await box.starts() == [1, 2]
        await box.begins(1)
    assert await box.starts() == [2]
    assert (await box.aside(), await box.waiting()) == (1, 1)
    await box.finish([2])
    async with box.database.read() as connection:
        kept = (await connection.execute(sa.select(table.c.update_sealed))).scalars().all()
    assert kept == [b"sealed 1", None]
    assert await box.store(1) == set()


async def test_what_only_waited_is_never_set_aside(box: Inbox) -> None:
    """Protects what waits through an outage: ten restarts count against no update."""
    await box.store(1, 2)
    for _ in range(10):
        assert await box.starts() == [1, 2]


async def test_handled_content_is_erased_and_its_id_remembered(box: Inbox) -> None:
    """Protects what people wrote: only the id stays, for two days."""
    await box.store(1)
    await box.finish([1])
    query = sa.select(table.c.update_id, table.c.update_sealed)
    async with box.database.read() as connection:
        assert (await connection.execute(query)).all() == [(1, None)]
    box.now += REMEMBER_SECONDS - 1
    assert await box.starts() == []
    assert await box.store(1) == set()
    box.now += 2
    await box.starts()
    assert await box.store(1) == {1}


async def test_what_is_not_handled_is_never_forgotten(box: Inbox) -> None:
    """Protects updates from before a long downtime: age alone erases none."""
    await box.store(1)
    box.now += 30 * REMEMBER_SECONDS
    assert await box.starts() == [1]
