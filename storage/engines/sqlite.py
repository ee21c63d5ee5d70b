"""SQLite: one file, one connection, one process, every commit on disk before it counts."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from storage.engines.aiosqlite_fast import QuickConnection
from storage.engines.base import AwayError, CannotOpenError
from storage.engines.sqlite_backup import BackupError, back_up_before_migrating
from storage.sealing.vault import Vault

BUSY_SECONDS = 5
READS = "numberdesk_reads"

_PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode=WAL",
    # FULL, not NORMAL: the intent to pay must survive a power cut, or it is paid twice.
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    # Erased numbers must not linger in free pages.
    "PRAGMA secure_delete=ON",
)


class SqliteEngine:
    """One connection that everybody in this process takes in turn."""

    replica: str | None = None

    def __init__(self, url: sa.URL, vault: Vault) -> None:
        self._url = url
        self._vault = vault
        self._engine: AsyncEngine = create_async_engine(
            url,
            async_creator=self._connect,
            poolclass=AsyncAdaptedQueuePool,
            # One connection: writers queue here, in order, instead of meeting SQLITE_BUSY.
            pool_size=1,
            max_overflow=0,
            pool_timeout=None,
            # reading() and writing() end their transactions themselves.
            pool_reset_on_return=None,
            # What is stored must not turn up in the text of an error.
            hide_parameters=True,
        )
        self._reads = self._engine.execution_options(**{READS: True})
        sa.event.listen(self._engine.sync_engine, "connect", _prepare)
        sa.event.listen(self._engine.sync_engine, "begin", _begin_immediate)

    async def _connect(self) -> QuickConnection:
        connection = QuickConnection(self._url.database or ":memory:")
        await connection
        return connection

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that is on disk when the block ends, or never was."""
        async with self._engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection]:
        """A look at one state: nobody writes while this block has the connection."""
        async with self._reads.connect() as connection:
            yield connection

    def on_error(self, heard: Callable[[sa.ExceptionContext], None]) -> None:
        """Call `heard` at each error of the database from now on."""
        sa.event.listen(self._engine.sync_engine, "handle_error", heard)

    async def check(self) -> None:
        """Look at the file's pages. Raises CannotOpenError."""
        async with self.reading() as connection:
            found = (await connection.exec_driver_sql("PRAGMA quick_check")).scalar()
        if found != "ok":
            raise CannotOpenError(
                f"{self._url.database} is damaged ({found}); "
                "move it away and put the last backup in its place"
            )

    async def back_up(self, folder: Path, now: float, version: str) -> None:
        """Copy the file beside it. Raises CannotOpenError."""
        path = Path(self._url.database or "")
        try:
            await asyncio.to_thread(
                back_up_before_migrating, path, folder, self._vault, now, version
            )
        except (BackupError, OSError) as error:
            raise CannotOpenError(
                f"the tables are to be changed, and no backup could be made first: {error}",
                passing=True,
            ) from error

    async def fold(self) -> None:
        """Bring the write-ahead log into the file and empty it."""
        async with self.reading() as connection:
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def explain(self, error: DatabaseError | OperationalError | AwayError) -> CannotOpenError:
        """What an error at the start means, and what to do."""
        says = str(getattr(error, "orig", error))
        if not isinstance(error, OperationalError):
            return CannotOpenError(
                f"{self._url.database} is no sound SQLite database ({says}); "
                "move it away and put the last backup in its place"
            )
        if "locked" in says:
            text = "the database is locked by another program; close that one and start again"
        else:
            text = f"the database can't be opened: {says}"
            text += "; check DATABASE_URL, the folder and its rights"
        return CannotOpenError(text, passing=True)

    @property
    def busy(self) -> bool:
        """Whether the connection is in use at this moment."""
        pool = self._engine.pool
        assert isinstance(pool, AsyncAdaptedQueuePool)
        return bool(pool.checkedout())

    async def close(self) -> None:
        """Give the connection back; the write-ahead log is folded into the file."""
        await self._engine.dispose()


def _prepare(connection: Any, _record: Any) -> None:
    # The driver's own idea of when to begin a transaction is switched off: see _begin_immediate.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_immediate(connection: sa.Connection) -> None:
    # IMMEDIATE takes the write lock at once: a transaction that reads and then writes
    # can't find out at its end that somebody else wrote in between.
    if connection.get_execution_options().get(READS):
        return  # the connection is ours alone; a transaction would only cost time
    driver = connection.connection.driver_connection
    assert isinstance(driver, QuickConnection)
    driver.begin("BEGIN IMMEDIATE")
