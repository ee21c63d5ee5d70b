"""SQLite: one file, one connection, one process; every commit is on disk before it counts."""

import asyncio
import os
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from storage.engines.aiosqlite_fast import QuickConnection
from storage.engines.base import AwayError, CannotOpenError
from storage.engines.sqlite_backup import BackupError, back_up_before_migrating
from storage.sealing.vault import Vault

BUSY_SECONDS = 5

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
    """One connection that everything in this process uses in turn."""

    replica: str | None = None

    def __init__(self, url: sa.URL, vault: Vault) -> None:
        self._url = url
        self._vault = vault
        self._engine: AsyncEngine = create_async_engine(
            url,
            async_creator=lambda: QuickConnection(url.database or ":memory:", _PRAGMAS),
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

    @asynccontextmanager
    async def writing(
        self, *, fenced: bool = True, patient: bool = False
    ) -> AsyncGenerator[AsyncConnection]:
        """Open a write transaction: on disk when the block ends, or rolled back."""
        del fenced, patient  # there is nobody else
        async with self._engine.begin() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert isinstance(driver, QuickConnection)
            # IMMEDIATE takes the write lock at once: a transaction that reads and then writes
            # can't find out at its end that another program wrote in between.
            driver.begin("BEGIN IMMEDIATE")
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection]:
        """Read one state: no one writes while this block has the only connection."""
        # So SQLite needs no transaction here; it would only cost time.
        async with self._engine.connect() as connection:
            yield connection

    def on_error(self, handler: Callable[[sa.ExceptionContext], None]) -> None:
        """Call `handler` for each database error from now on."""
        sa.event.listen(self._engine.sync_engine, "handle_error", handler)

    async def check(self) -> None:
        """Check the file's pages, and that it can be written to. Raises CannotOpenError."""
        async with self.reading() as connection:
            found = (await connection.exec_driver_sql("PRAGMA quick_check")).scalar()
        if found != "ok":
            raise CannotOpenError(
                f"{self._url.database} is damaged ({found}); "
                "move it away and put the last backup in its place"
            )
        # SQLite begins to write in such a file without a word, and fails at the first statement.
        file = Path(self._url.database or "")
        for path in (file, *file.parent.glob(f"{file.name}-*")):
            if path.is_file() and not os.access(path, os.W_OK):
                raise CannotOpenError(f"{path} can't be written to; give it to the bot's user")

    async def back_up(self, folder: Path, now: float, version: str) -> None:
        """Copy the database file into `folder`. Raises CannotOpenError."""
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
        """Checkpoint and truncate the write-ahead log."""
        async with self.reading() as connection:
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def explain(self, error: DatabaseError | OperationalError | AwayError) -> CannotOpenError:
        """Return what an error at the start means, and what to do."""
        says = str(getattr(error, "orig", error))
        if not isinstance(error, OperationalError):
            return CannotOpenError(
                f"{self._url.database} is no sound SQLite database ({says}); "
                "move it away and put the last backup in its place"
            )
        if "locked" in says:
            text = "the database is locked by another program; close that one and start again"
        else:
            text = f"the database {self._url.database} can't be opened: {says}"
            text += "; check DATABASE_URL, the folder and its rights"
        # These stay as they are until somebody mends the setting or the rights.
        is_lasting = "unable to open" in says or "readonly" in says
        return CannotOpenError(text, passing=not is_lasting)

    @property
    def busy(self) -> bool:
        """Tell whether the connection is in use right now."""
        pool = self._engine.pool
        assert isinstance(pool, AsyncAdaptedQueuePool)
        return bool(pool.checkedout())

    async def close(self) -> None:
        """Close the connection; SQLite checkpoints the write-ahead log."""
        await self._engine.dispose()
