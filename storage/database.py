"""Opening the database: one connection, one process, every commit on disk before it counts."""

import asyncio
import fcntl
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa
from alembic.util import CommandError
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from storage.backup import BackupError, back_up_before_migrating
from storage.crypto import Vault, WrongKeyError
from storage.quick import QuickConnection
from storage.tables import canary
from storage.upgrading import migrate, outdated

BUSY_SECONDS = 5
CANARY = "numberdesk"
Work = Callable[[AsyncConnection], Awaitable[None]]
"""What is to be written, in a transaction that it gets."""

READS = "numberdesk_reads"
PROBE_BYTES = 16_384  # a few pages

_PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode=WAL",
    # FULL, not NORMAL: the intent to pay must survive a power cut, or it is paid twice.
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    # Erased numbers must not linger in free pages.
    "PRAGMA secure_delete=ON",
)


class CannotOpenError(Exception):
    """The database can't be used; the text says why and what to do.

    `passing`: it may be different at the next try, without anybody changing a setting.
    """

    def __init__(self, message: str, *, passing: bool = False) -> None:
        super().__init__(message)
        self.passing = passing


class Database:
    """The one way to the tables: `read()` and `write()` give a connection in a transaction."""

    def __init__(self, url: str, vault: Vault) -> None:
        self.vault = vault
        self._url = sa.make_url(url)
        self._engine: AsyncEngine = create_async_engine(
            self._url,
            async_creator=self._connect,
            poolclass=AsyncAdaptedQueuePool,
            # One connection: writers queue here, in order, instead of meeting SQLITE_BUSY.
            pool_size=1,
            max_overflow=0,
            pool_timeout=None,
            # read() and write() end their transactions themselves.
            pool_reset_on_return=None,
            # What is stored must not turn up in the text of an error.
            hide_parameters=True,
        )
        self._reading = self._engine.execution_options(**{READS: True})
        self._waiting: list[tuple[Work, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None
        sa.event.listen(self._engine.sync_engine, "connect", _prepare)
        sa.event.listen(self._engine.sync_engine, "begin", _begin_immediate)

    def on_error(self, tell: Callable[[str], None]) -> None:
        """Call `tell` with the kind of each error of the database from now on."""

        def heard(context: sa.ExceptionContext) -> None:
            error = context.sqlalchemy_exception or context.original_exception
            tell(type(error).__name__)

        sa.event.listen(self._engine.sync_engine, "handle_error", heard)

    async def _connect(self) -> QuickConnection:
        connection = QuickConnection(self._url.database or ":memory:")
        await connection
        return connection

    async def open(self, backups: Path | None = None, now: float = 0.0) -> None:
        """Create or migrate the tables and check the key. Raises CannotOpenError.

        `backups` is the folder for a copy that is made before a migration, `now` its time.
        """
        with self._explained():
            await self._check_pages()
            if backups is not None:
                await self._back_up(backups, now)
            async with self._engine.connect() as connection:
                await connection.run_sync(migrate)
                await connection.commit()
            async with self.write() as connection:
                if (await connection.execute(sa.select(canary.c.sealed))).scalar() is None:
                    sealed = self.vault.seal_text(CANARY, "canary")
                    await connection.execute(sa.insert(canary).values(sealed=sealed))
            await self._check_key()

    async def examine(self) -> None:
        """Check an existing database and its key, changing nothing. Raises CannotOpenError."""
        with self._explained():
            await self._check_pages()
            await self._check_key()

    async def _back_up(self, folder: Path, now: float) -> None:
        """Keep a copy of what is to be migrated."""
        async with self.read() as connection:
            version = await connection.run_sync(outdated)
        if version is None:
            return
        path = Path(self._url.database or "")
        try:
            await asyncio.to_thread(
                back_up_before_migrating, path, folder, self.vault, now, version
            )
        except (BackupError, OSError) as error:
            raise CannotOpenError(
                f"the tables are to be changed, and no backup could be made first: {error}",
                passing=True,
            ) from error

    async def _check_pages(self) -> None:
        async with self.read() as connection:
            found = (await connection.exec_driver_sql("PRAGMA quick_check")).scalar()
        if found != "ok":
            raise CannotOpenError(
                f"{self._url.database} is damaged ({found}); "
                "move it away and put the last backup in its place"
            )

    @contextmanager
    def _explained(self) -> Generator[None]:
        try:
            yield
        except CommandError as error:
            raise CannotOpenError(
                f"the database was written by a newer Numberdesk ({error}); "
                "start that version, or go back to a backup of this one's"
            ) from error
        except OperationalError as error:
            raise CannotOpenError(_explain(error), passing=True) from error
        except DatabaseError as error:
            raise CannotOpenError(
                f"{self._url.database} is no sound SQLite database ({error.orig}); "
                "move it away and put the last backup in its place"
            ) from error

    async def close(self) -> None:
        """Give the connection back; the write-ahead log is folded into the file."""
        await self._engine.dispose()

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that is on disk when the block ends, or never was."""
        async with self._engine.begin() as connection:
            yield connection

    async def together(self, work: Work) -> None:
        """Write in one transaction with whatever else is to be written at this moment.

        For small changes of which many come at once: a commit waits for the disk, and one may
        serve them all. Work that is equal is done once for all who asked for it. Returns when
        it is on disk.
        """
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((work, done))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_waiting(), name="group commit")
        await done

    async def _write_waiting(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                try:
                    async with self.write() as connection:
                        for work in dict.fromkeys(work for work, _ in batch):
                            await work(connection)
                except Exception as error:  # noqa: BLE001 # each of them is told
                    for _, done in batch:
                        _end(done, error)
                else:
                    for _, done in batch:
                        _end(done, None)
        finally:
            self._writer = None

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncConnection]:
        """A look at one consistent state: nobody writes while this block has the connection."""
        async with self._reading.connect() as connection:
            yield connection

    async def fold(self) -> None:
        """Bring the write-ahead log into the file and empty it: what was erased is gone then."""
        async with self.read() as connection:
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    async def _check_key(self) -> None:
        """Refuse at the start to run with a key that can't open what is stored."""
        async with self.read() as connection:
            sealed = (await connection.execute(sa.select(canary.c.sealed))).scalar()
        try:
            self.vault.open_text(sealed or b"", "canary")
        except WrongKeyError as error:
            raise CannotOpenError(
                "DATA_KEY (or the key file in DATA_DIR) is not the one this database was "
                "sealed with; put the right key back"
            ) from error


def _end(done: asyncio.Future[None], error: Exception | None) -> None:
    if done.done():  # whoever waited was cancelled
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)


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


def _explain(error: OperationalError) -> str:
    text = str(error.orig)
    if "locked" in text:
        return "the database is locked by another program; close that one and start again"
    return f"the database can't be opened: {text}; check DATABASE_URL, the folder and its rights"


async def proves_writing(connection: AsyncConnection) -> None:
    """Take room and give it back. Raises OperationalError, when the disk is full."""
    probe = sa.insert(canary).values(sealed=bytes(PROBE_BYTES)).returning(canary.c.id)
    row_id = (await connection.execute(probe)).scalar_one()
    await connection.execute(sa.delete(canary).where(canary.c.id == row_id))


def lock_folder(folder: Path) -> IO[str]:
    """Make sure that only one process works in `folder`; keep what is returned open.

    Raises CannotOpenError when another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "numberdesk.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.seek(0)
        holder = file.read().strip() or "unknown"
        file.close()
        raise CannotOpenError(
            f"another Numberdesk (process {holder}) already works in {folder}; "
            "stop it first, or give this one a DATA_DIR of its own",
            passing=True,
        ) from error
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file
