"""SQL statements of an update and of a poll, with few finished checks and with a million."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa

from bench.measures import row
from bot.app import App, build_app
from bot.settings import Settings
from sandbox.people.person import Person
from sandbox.world import World
from soak.servers import Server
from storage.database import Database
from storage.engines.postgres import PostgresEngine

FEW, MANY = 1_000, 1_000_000
UPDATES, SETTLED = 50, 3.0

# Tasks that were delivered long ago, each with a list of its own.
_LISTS = """
INSERT INTO lists (id, chat_id, person_id, state, created_at, settle_at, reply_to, shown)
SELECT 'x' || n, n % 5000, n % 5000, 'working', n, n, 1, 'working'
FROM generate_series(CAST($1 AS bigint), CAST($2 AS bigint)) AS n
"""
_TASKS = """
INSERT INTO tasks (id, list_id, chat_id, person_id, check_key, service, state, remote_id, numbers,
                   created_at, finished_at, shown, shown_count)
SELECT 'x' || n, 'x' || n, n % 5000, n % 5000, 'tg_active', 'ekyc', 'delivered', 'x' || n, 100,
       n, n, 'delivered', 100
FROM generate_series(CAST($1 AS bigint), CAST($2 AS bigint)) AS n
"""
_READ = """
SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables
"""


async def rows(home: Path, server: Server, settings_of: Any) -> list[str]:
    """Measure and return the lines to print."""
    found: list[tuple[float, float, float, float]] = []
    async with World(deadline=120.0) as world:
        settings: Settings = settings_of(world, home / "statements", server.make("statements"))
        done = 0
        for count in (FEW, MANY):
            async with _running(settings) as app:
                await _finish(app.database, done + 1, count)
                done = count
                await asyncio.sleep(SETTLED)
                person = world.person(f"Asker {count}")
                updates = await _of_updates(app, person)
                polls = await _of_a_step(app, "poll")
            found.append((*updates, *polls))
    few, many = found
    return [
        *_compared("an update", few[:2], many[:2]),
        *_compared("a turn of the poller", few[2:], many[2:]),
    ]


def _compared(what: str, few: tuple[float, ...], many: tuple[float, ...]) -> list[str]:
    return [
        row(
            f"{measure} of {what} on PostgreSQL, {MANY:,} finished checks in the tables",
            peer=f"{FEW:,} finished checks: {before:.1f}",
            ours=f"{after:.1f}",
            goal=goal,
            met=after <= before * 1.1 + least,
        )
        for measure, before, after, goal, least in (
            ("statements", few[0], many[0], "no more", 0.5),
            ("rows read", few[1], many[1], "no more", 20.0),
        )
    ]


@asynccontextmanager
async def _running(settings: "Settings") -> AsyncGenerator[App]:
    stop = asyncio.Event()
    async with build_app(settings, consent_version=0) as app:
        work = asyncio.create_task(app.run(stop))
        try:
            yield app
        finally:
            stop.set()
            await work


async def _finish(database: Database, first: int, last: int) -> None:
    async with database.write() as connection:
        for statement in (_LISTS, _TASKS):
            await connection.exec_driver_sql(statement, (first, last))
    async with database.read() as connection:
        await connection.exec_driver_sql("SELECT 1")
    assert isinstance(database.engine, PostgresEngine)
    connection = await database.engine.connect()
    await connection.execute("VACUUM ANALYZE lists, tasks")
    await connection.close()


class _Count:
    """Counts the statements inside the block, and the rows that the server reads for them."""

    def __init__(self, app: App) -> None:
        self._database = app.database
        self.statements = Counter[str]()
        self.read = 0

    async def __aenter__(self) -> Self:
        assert isinstance(self._database.engine, PostgresEngine)
        for engine in self._database.engine.engines:
            sa.event.listen(engine.sync_engine, "before_cursor_execute", self._executed)
        self._before = await self._tuples()
        return self

    async def __aexit__(self, *_error: object) -> None:
        assert isinstance(self._database.engine, PostgresEngine)
        for engine in self._database.engine.engines:
            sa.event.remove(engine.sync_engine, "before_cursor_execute", self._executed)
        self.read = await self._tuples() - self._before

    def _executed(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self.statements[statement] += 1

    async def _tuples(self) -> int:
        """Return the rows that the server has read so far; its counters lag a little."""
        await asyncio.sleep(1.5)
        assert isinstance(self._database.engine, PostgresEngine)
        connection = await self._database.engine.connect()
        found = int(await connection.fetchval(_READ))
        await connection.close()
        return found


async def _of_updates(app: App, person: Person) -> tuple[float, float]:
    """Return statements and rows per command."""
    said = await person.sends("/hello")
    await person.sees("know that command", after=said)
    async with _Count(app) as count:
        for _ in range(UPDATES):
            said = await person.sends("/hello")
            await person.sees("know that command", after=said)
    return count.statements.total() / UPDATES, count.read / UPDATES


async def _of_a_step(app: App, name: str) -> tuple[float, float]:
    """Return statements and rows per step of this worker."""
    worker = next(each for each in app.workers if each.name == name)
    async with _Count(app) as count:
        for _ in range(UPDATES):
            await worker._step()  # noqa: SLF001 - one step, without its wake-up
    return count.statements.total() / UPDATES, count.read / UPDATES
