"""Transactions: which share a commit, which end without one, and what a failure leaves."""

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.engines.aiosqlite_fast import QuickConnection
from storage.people import chats
from storage.schema.tables import canary
from storage.schema.tables import chats as table


def watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record what goes to SQLite's thread from now on: statements, commits, rollbacks."""
    trips: list[str] = []
    run, commit, rollback = (
        QuickConnection.in_thread,
        QuickConnection.commit,
        QuickConnection.rollback,
    )

    async def in_thread(self: QuickConnection, method: str, statement: str, values: Any) -> Any:
        trips.append(statement.split(maxsplit=1)[0])
        return await run(self, method, statement, values)

    async def committing(self: QuickConnection) -> None:
        trips.extend(["commit"] if self.in_transaction else [])
        await commit(self)

    async def rolling_back(self: QuickConnection) -> None:
        trips.extend(["rollback"] if self.in_transaction else [])
        await rollback(self)

    monkeypatch.setattr(QuickConnection, "in_thread", in_thread)
    monkeypatch.setattr(QuickConnection, "commit", committing)
    monkeypatch.setattr(QuickConnection, "rollback", rolling_back)
    return trips


async def chat_ids(database: Database) -> list[int]:
    """Return the stored chats."""
    async with database.read() as connection:
        return list((await connection.execute(sa.select(table.c.chat_id))).scalars())


async def test_a_statement_is_one_trip(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the speed of everything: a read is one trip, a change is two."""
    trips = watched(monkeypatch)
    async with sqlite.read() as connection:
        await chats.language(connection, 1)
    assert trips == ["SELECT"]
    trips.clear()
    async with sqlite.write() as connection:
        await chats.blocked(connection, 1, 5.0)
    assert trips == ["INSERT", "commit"]
    trips.clear()
    async with sqlite.write():
        pass
    assert trips == []


async def test_many_small_changes_share_a_commit(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects the disk, and latency: a hundred changes at once take a commit or two."""
    trips = watched(monkeypatch)

    async def blocked(chat_id: int) -> None:
        async def work(connection: AsyncConnection) -> None:
            await chats.blocked(connection, chat_id, 5.0)

        await sqlite.together(work)
        assert chat_id in await chat_ids(sqlite)  # when it returns, it is there

    await asyncio.gather(*(blocked(chat_id) for chat_id in range(1, 101)))
    assert trips.count("INSERT") == 100
    assert trips.count("commit") <= 3


async def test_equal_work_is_done_once(database: Database) -> None:
    """Protects the inbox: one statement marks what all chat queues have finished."""
    done = []

    async def work(connection: AsyncConnection) -> None:
        done.append(1)
        await chats.blocked(connection, 1, 5.0)

    await asyncio.gather(*(database.together(work) for _ in range(20)))
    assert len(done) <= 2  # the first may have begun before the others came


async def test_a_failure_is_told_to_everyone_and_ends_nothing(database: Database) -> None:
    """Protects against work that is believed to be stored: nothing of a failed batch is."""

    async def good(connection: AsyncConnection) -> None:
        await chats.blocked(connection, 1, 5.0)

    async def bad(connection: AsyncConnection) -> None:
        row = {"id": 1, "sealed": b"twice"}
        await connection.execute(sa.insert(canary).values(row))

    said = await asyncio.gather(
        database.together(good), database.together(bad), return_exceptions=True
    )
    assert [type(each) for each in said] == [IntegrityError, IntegrityError]
    assert await chat_ids(database) == []
    await database.together(good)
    assert await chat_ids(database) == [1]


async def test_a_waiter_that_is_cancelled_harms_nobody(database: Database) -> None:
    """Protects the others at a stop: a cancelled waiter leaves the batch unchanged."""

    async def work(connection: AsyncConnection) -> None:
        await chats.blocked(connection, 1, 5.0)

    async def more(connection: AsyncConnection) -> None:
        await chats.blocked(connection, 2, 5.0)

    first = asyncio.create_task(database.together(work))
    second = asyncio.create_task(database.together(more))
    await asyncio.sleep(0)
    first.cancel()
    await second
    assert await chat_ids(database) == [1, 2]


async def test_a_broken_write_leaves_nothing_and_no_open_transaction(database: Database) -> None:
    """Protects the next user of the connection from a half-done transaction."""

    async def broken() -> None:
        async with database.write() as connection:
            await chats.blocked(connection, 1, 5.0)
            await connection.exec_driver_sql("SELECT nonsense")

    with pytest.raises(DBAPIError):
        await broken()
    assert await chat_ids(database) == []
    async with database.write() as connection:
        await chats.blocked(connection, 2, 5.0)
    assert await chat_ids(database) == [2]
