"""PostgreSQL: several processes share one database, and their writers take turns.

All statements were written for one writer at a time. So a writer first takes one advisory lock
for the whole database, then checks that its replica still holds its lease: a replica that was
struck off changes nothing, however late it wakes up. Readers see one snapshot and never wait.
docs/decisions/0018 has the costs.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakSet

import sqlalchemy as sa
import structlog
from asyncpg import connect as asyncpg_connect
from asyncpg import exceptions as asyncpg
from sqlalchemy.exc import DatabaseError, DisconnectionError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from runtime.errors import why
from storage.engines.base import AwayError, CannotOpenError
from storage.engines.postgres_address import PostgresAddress
from storage.engines.postgres_errors import GONE, LOST_LEASE, translated
from storage.engines.standstill import end_standstill

OLDEST_VERSION = 14
READERS = 4
WRITERS_LOCK = 0x4E_44  # arbitrary, but the same in every version
# A writer that stops in the middle blocks all others: after this time its session ends.
IDLE_MILLISECONDS = 3_000
# The same of a command or a migration, which may think for a while between two statements.
PATIENT_IDLE_MILLISECONDS = 120_000
AWAY_SECONDS = 20.0  # for which a caller waits for a connection while the server restarts
AWAY_PAUSE = 0.25
# A server that vanished without a word answers nothing: so long each statement is waited for.
COMMAND_SECONDS = 25.0
LOCK_SECONDS = 20.0  # for which a writer waits for the others
UNDO_SECONDS = 2.0
VACUUM_SECONDS = 600.0

# The tables in which rows are erased.
_ERASED = "inbox, lists, parts, tasks, lookups, lookup_cache, inquiries, owner_notes, people"
_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
log = structlog.get_logger("database")


class PostgresEngine:
    """One connection for writing, and a few for reading."""

    def __init__(self, url: sa.URL) -> None:
        self.replica: str | None = None
        self._address = PostgresAddress(url)
        self._gone_at = 0.0
        self._calls = 0
        self._folding: Any = None
        self._open = WeakSet[Any]()
        self._writer = self._engine(1)
        self._readers = self._engine(READERS)

    @property
    def engines(self) -> tuple[AsyncEngine, AsyncEngine]:
        """SQLAlchemy's engines: the writing one and the reading one."""
        return self._writer, self._readers

    def _engine(self, size: int, *, patient: bool = False) -> AsyncEngine:
        engine = create_async_engine(
            "postgresql+asyncpg://",
            async_creator=lambda: self._connect(patient=patient),
            # `_transaction` begins and ends transactions, in one trip each.
            isolation_level="AUTOCOMMIT",
            pool_size=size,
            max_overflow=0,
            pool_timeout=None,
            pool_reset_on_return=None,
            hide_parameters=True,
        )

        def note(_connection: Any, record: Any) -> None:
            record.info["made_at"] = time.monotonic()

        def drop_old(_connection: Any, record: Any, _proxy: Any) -> None:
            if record.info["made_at"] < self._gone_at:
                raise DisconnectionError  # the pool makes another one

        sa.event.listen(engine.sync_engine, "connect", note)
        sa.event.listen(engine.sync_engine, "checkout", drop_old)
        return engine

    async def _connect(self, *, patient: bool) -> Any:
        idle = PATIENT_IDLE_MILLISECONDS if patient else IDLE_MILLISECONDS
        milliseconds = {
            "idle_in_transaction_session_timeout": idle,
            # Behind ours, so that a statement ends there, too, when nobody waits any more.
            "statement_timeout": 0 if patient else (COMMAND_SECONDS + 1) * 1000,
            "lock_timeout": 0 if patient else LOCK_SECONDS * 1000,
        }
        # Compiling these statements costs more than it saves.
        settings = {"jit": "off"} | {name: f"{value:.0f}" for name, value in milliseconds.items()}
        with self.calling():
            connection: Any = await asyncpg_connect(  # type: ignore[no-untyped-call] # asyncpg has no types
                **self._address.arguments(settings),
                command_timeout=None if patient else COMMAND_SECONDS,
            )
        self._address.keep_alive(connection._transport.get_extra_info("socket"))  # noqa: SLF001 # it has no word for it
        self._open.add(connection)
        return connection

    def _begins(self, *, fenced: bool) -> str:
        lock = f"BEGIN; SELECT pg_advisory_xact_lock({WRITERS_LOCK})"
        if self.replica is None or not fenced:
            return lock
        assert self.replica.isalnum()
        me = f"numberdesk.replica = '{self.replica}'"
        return (
            f"{lock}; SET LOCAL {me}; DO $$ BEGIN IF NOT EXISTS "
            f"(SELECT FROM replicas WHERE id = '{self.replica}') THEN "
            f"RAISE EXCEPTION 'lease lost' USING ERRCODE = '{LOST_LEASE}'; END IF; END $$"
        )

    @asynccontextmanager
    async def writing(
        self, *, fenced: bool = True, patient: bool = False
    ) -> AsyncGenerator[AsyncConnection]:
        """Open the only write transaction. Raises LostLeaseError, AwayError."""
        begins = self._begins(fenced=fenced)
        engine = self._engine(1, patient=True) if patient else self._writer
        try:
            async with self._transaction(engine, begins) as connection:
                yield connection
        finally:
            if patient:
                await engine.dispose()

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection]:
        """Read one snapshot for the whole block. Raises AwayError."""
        begin = _READ
        if self.replica is not None:
            begin += f"; SET LOCAL numberdesk.replica = '{self.replica}'"
        async with self._transaction(self._readers, begin) as connection:
            yield connection

    @asynccontextmanager
    async def _transaction(
        self, engine: AsyncEngine, begin: str
    ) -> AsyncGenerator[AsyncConnection]:
        connection, driver = await self._begin_with_retry(engine, begin)
        try:
            try:
                with translated():
                    yield connection
                    await driver.execute("COMMIT")
            except BaseException as error:
                self._note_loss(error)
                await _undo(connection, driver)
                raise
        finally:
            await connection.close()

    async def _begin_with_retry(
        self, engine: AsyncEngine, begin: str
    ) -> tuple[AsyncConnection, Any]:
        """Return a connection in a new transaction; wait while the server restarts."""
        deadline = asyncio.get_running_loop().time() + AWAY_SECONDS
        while True:
            try:
                return await _begin(engine, begin)
            except AwayError as error:
                self._note_loss(error)
                if isinstance(error.__cause__, asyncpg.LockNotAvailableError):
                    await self._end_standstill()
                if asyncio.get_running_loop().time() >= deadline:
                    raise
                await asyncio.sleep(AWAY_PAUSE)

    async def _end_standstill(self) -> None:
        """Take the writers' lock from whoever holds it and stands still. Raises AwayError."""
        connection = await self.connect()
        try:
            with translated():
                ended = await end_standstill(connection, WRITERS_LOCK)
        finally:
            connection.terminate()
        if ended:
            log.warning("standstill ended", connections=ended)

    def _note_loss(self, error: BaseException) -> None:
        """Use no connection again that is older than a loss: it may be as dead, and not know."""
        if isinstance(error, AwayError):
            self._gone_at = time.monotonic()

    async def connect(self) -> Any:
        """Return a connection of asyncpg itself, for listening. Raises AwayError."""
        with translated():
            return await self._connect(patient=False)

    @contextmanager
    def calling(self) -> Generator[None]:
        """Count a call that no pool knows of."""
        self._calls += 1
        try:
            yield
        finally:
            self._calls -= 1

    async def run(self, connection: Any, statement: str, *values: object) -> None:
        """Run a statement on such a connection. Raises AwayError."""
        with translated(), self.calling():
            await connection.execute(statement, *values)

    def on_error(self, handler: Callable[[sa.ExceptionContext], None]) -> None:
        """Call `handler` for each database error from now on."""
        for engine in self.engines:
            sa.event.listen(engine.sync_engine, "handle_error", handler)

    async def check(self) -> None:
        """Check the server's version, and that commits last. Raises CannotOpenError."""
        async with self.reading() as connection:
            text = (await connection.exec_driver_sql("SHOW server_version_num")).scalar_one()
            commits = (await connection.exec_driver_sql("SHOW synchronous_commit")).scalar_one()
        if int(text) // 10_000 < OLDEST_VERSION:
            raise CannotOpenError(f"PostgreSQL {OLDEST_VERSION} or newer is needed")
        if commits == "off":
            raise CannotOpenError(
                "synchronous_commit is off on PostgreSQL, so a power cut could undo what was paid "
                "for; set it to on for the server, this role and this database"
            )

    async def back_up(self, folder: Path, now: float, version: str) -> None:
        """Log the migration: backups of the server are its operator's task."""
        del folder, now
        log.warning("migration started without backup", version=version)

    async def fold(self) -> None:
        """Vacuum erased rows, so that their space is overwritten."""
        connection = self._folding = await self.connect()
        try:
            with translated():
                await connection.execute("SET statement_timeout = 0")
                await connection.execute(f"VACUUM {_ERASED}", timeout=VACUUM_SECONDS)
        finally:
            connection.terminate()

    def explain(self, error: DatabaseError | OperationalError | AwayError) -> CannotOpenError:
        """Return what an error at the start means, and what to do."""
        cause = getattr(error, "orig", None) or error.__cause__ or error
        says = why(cause) if isinstance(cause, OSError) else str(cause)
        return CannotOpenError(
            f"the PostgreSQL database can't be used: {says}; check DATABASE_URL and the server",
            passing=True,
        )

    @property
    def busy(self) -> bool:
        """Tell whether a connection is in use right now."""
        pools: list[Any] = [self._writer.pool, self._readers.pool]
        if self._calls or any(pool.checkedout() for pool in pools):
            return True
        return self._folding is not None and not self._folding.is_closed()

    async def close(self) -> None:
        """Close all connections; a server that says nothing is not waited for."""
        closing = (each.close(timeout=UNDO_SECONDS) for each in self._open)
        await asyncio.gather(*closing, return_exceptions=True)
        await self._writer.dispose()
        await self._readers.dispose()


async def _begin(engine: AsyncEngine, begin: str) -> tuple[AsyncConnection, Any]:
    with translated():
        connection = await engine.connect()
        try:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            try:
                await driver.execute(begin)
            except BaseException:
                await _undo(connection, driver)
                raise
        except BaseException:
            await connection.close()
            raise
        return connection, driver


async def _undo(connection: AsyncConnection, driver: Any) -> None:
    """Roll back; drop a connection that can't."""
    try:
        async with asyncio.timeout(UNDO_SECONDS):
            await driver.execute("ROLLBACK")
    except (asyncpg.PostgresError, *GONE):
        await connection.invalidate()
