"""PostgreSQL: several processes on one database, whose writers take turns.

Everything here was written for one writer at a time. So a writer first takes one advisory lock
for the whole database, and with it finds out whether its replica still holds its lease: one that
was taken for dead changes nothing any more, however late it wakes up. Readers see one snapshot
and wait for nobody. What that costs stands in docs/decisions/0018.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import structlog
from asyncpg import connect as asyncpg_connect
from asyncpg import exceptions as asyncpg
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from storage.engines.base import AwayError, CannotOpenError, LostLeaseError

OLDEST_VERSION = 14
READERS = 4
WRITERS_LOCK = 0x4E_44  # any number will do, as long as every version knows the same
LOST_LEASE = "ND001"  # SQLSTATE, of a class that PostgreSQL leaves to programs
# A writer that is stopped in the middle holds everybody up: after that long its session ends.
IDLE_MILLISECONDS = 3_000
AWAY_SECONDS = 20.0  # for which whoever wants a connection waits for a server that restarts
AWAY_PAUSE = 0.25
CONNECT_SECONDS = 5.0

# The tables in which something is erased.
_ERASED = "inbox, lists, parts, tasks, lookups, lookup_cache, inquiries, owner_notes, people"
_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_GONE = (
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # what it was in the middle of when the connection broke
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # it shuts down
    asyncpg.CannotConnectNowError,  # it starts
    asyncpg.IdleInTransactionSessionTimeoutError,
    OSError,
    TimeoutError,
)

log = structlog.get_logger("database")


class PostgresEngine:
    """One connection to write with, and a few to read with."""

    def __init__(self, url: sa.URL) -> None:
        self.replica: str | None = None
        self._url = url
        self._writer = self._engine(1)
        self._readers = self._engine(READERS)

    @property
    def engines(self) -> tuple[AsyncEngine, AsyncEngine]:
        """SQLAlchemy's: that which writes, and that which reads."""
        return self._writer, self._readers

    def _engine(self, size: int) -> AsyncEngine:
        return create_async_engine(
            self._url,
            # Transactions are begun and ended below, in one trip each.
            isolation_level="AUTOCOMMIT",
            pool_size=size,
            max_overflow=0,
            pool_timeout=None,
            pool_reset_on_return=None,
            hide_parameters=True,
            connect_args={
                "timeout": CONNECT_SECONDS,
                "server_settings": {
                    "application_name": "numberdesk",
                    "idle_in_transaction_session_timeout": str(IDLE_MILLISECONDS),
                    # What a statement costs is known; compiling it costs more than it saves.
                    "jit": "off",
                },
            },
        )

    def _begins(self) -> str:
        lock = f"BEGIN; SELECT pg_advisory_xact_lock({WRITERS_LOCK})"
        if self.replica is None:
            return lock
        assert self.replica.isalnum()
        me = f"numberdesk.replica = '{self.replica}'"
        return (
            f"{lock}; SET LOCAL {me}; DO $$ BEGIN IF NOT EXISTS "
            f"(SELECT FROM replicas WHERE id = '{self.replica}') THEN "
            f"RAISE EXCEPTION 'lease lost' USING ERRCODE = '{LOST_LEASE}'; END IF; END $$"
        )

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that nobody else writes beside. Raises LostLeaseError, AwayError."""
        async with self._transaction(self._writer, self._begins()) as connection:
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection]:
        """One snapshot, for as long as the block takes. Raises AwayError."""
        begin = _READ
        if self.replica is not None:
            begin += f"; SET LOCAL numberdesk.replica = '{self.replica}'"
        async with self._transaction(self._readers, begin) as connection:
            yield connection

    @asynccontextmanager
    async def _transaction(
        self, engine: AsyncEngine, begin: str
    ) -> AsyncGenerator[AsyncConnection]:
        connection, driver = await self._begun(engine, begin)
        try:
            try:
                with _translated():
                    yield connection
                    await driver.execute("COMMIT")
            except BaseException:
                await _undo(connection, driver)
                raise
        finally:
            await connection.close()

    async def _begun(self, engine: AsyncEngine, begin: str) -> tuple[AsyncConnection, Any]:
        """A connection in a new transaction; a server that restarts is waited for."""
        deadline = asyncio.get_running_loop().time() + AWAY_SECONDS
        while True:
            try:
                return await _begin(engine, begin)
            except AwayError:
                if asyncio.get_running_loop().time() >= deadline:
                    raise
                await asyncio.sleep(AWAY_PAUSE)

    async def connect(self) -> Any:
        """A connection of asyncpg's own, for listening. Raises AwayError."""
        with _translated():
            where = self._writer.dialect.create_connect_args(self._url)[1]
            return await asyncpg_connect(  # type: ignore[no-untyped-call] # asyncpg has no types
                **where, timeout=CONNECT_SECONDS
            )

    async def run(self, connection: Any, statement: str, *values: object) -> None:
        """Run a statement on such a connection. Raises AwayError."""
        with _translated():
            await connection.execute(statement, *values)

    def on_error(self, heard: Callable[[sa.ExceptionContext], None]) -> None:
        """Call `heard` at each error of the database from now on."""
        for engine in self.engines:
            sa.event.listen(engine.sync_engine, "handle_error", heard)

    async def check(self) -> None:
        """Ask the server's version. Raises CannotOpenError."""
        async with self.reading() as connection:
            text = (await connection.exec_driver_sql("SHOW server_version_num")).scalar_one()
        if int(text) // 10_000 < OLDEST_VERSION:
            raise CannotOpenError(f"PostgreSQL {OLDEST_VERSION} or newer is needed")

    async def back_up(self, folder: Path, now: float, version: str) -> None:
        """The server's backups are its operator's: only say what is about to happen."""
        del folder, now
        log.warning("tables are changed; the copy to go back to is yours", version=version)

    async def fold(self) -> None:
        """Free the rows that nobody sees any more, so that their room is written over."""
        async with self._readers.connect() as connection:
            with _translated():
                await connection.exec_driver_sql(f"VACUUM {_ERASED}")

    def explain(self, error: DatabaseError | OperationalError | AwayError) -> CannotOpenError:
        """What an error at the start means, and what to do."""
        says = str(getattr(error, "orig", None) or error.__cause__ or error)
        return CannotOpenError(
            f"the PostgreSQL database can't be used: {says}; check DATABASE_URL and the server",
            passing=True,
        )

    @property
    def busy(self) -> bool:
        """Whether a connection is in use at this moment."""
        pools = (self._writer.pool, self._readers.pool)
        return any(isinstance(pool, AsyncAdaptedQueuePool) and pool.checkedout() for pool in pools)

    async def close(self) -> None:
        """Give all connections back."""
        await self._writer.dispose()
        await self._readers.dispose()


@contextmanager
def _translated() -> Generator[None]:
    """Tell a server that went away and a lost lease from everything else."""
    try:
        yield
    except DBAPIError as error:
        if error.connection_invalidated or isinstance(_cause(error), _GONE):
            raise AwayError("the database went away") from error
        raise
    except _GONE as error:
        raise AwayError("the database is away") from error
    except asyncpg.PostgresError as error:
        if getattr(error, "sqlstate", "") == LOST_LEASE:
            raise LostLeaseError("taken for dead by the other replicas") from error
        raise OperationalError("a transaction", None, error) from error


def _cause(error: DBAPIError) -> BaseException | None:
    """What the driver itself said."""
    return None if error.orig is None else error.orig.__cause__


async def _begin(engine: AsyncEngine, begin: str) -> tuple[AsyncConnection, Any]:
    with _translated():
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
    """Roll back; a connection that can't is thrown away."""
    try:
        await driver.execute("ROLLBACK")
    except (asyncpg.PostgresError, *_GONE):
        await connection.invalidate()
