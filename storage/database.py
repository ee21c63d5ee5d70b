"""The database: open it, read it, write to it."""

import asyncio
import errno
import fcntl
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import IO

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection

from runtime.errors import why
from storage.engines import AwayError, CannotOpenError, LostLeaseError, engine_for
from storage.engines.claims import Alone, Claims
from storage.schema.tables import canary
from storage.schema.upgrading import NewerSchemaError, is_current, migrate, outdated
from storage.sealing.ids import new_id
from storage.sealing.vault import Vault, WrongKeyError

__all__ = [
    "AwayError",
    "CannotOpenError",
    "Database",
    "LostLeaseError",
    "TakenError",
    "Work",
    "lock_folder",
]

Work = Callable[[AsyncConnection], Awaitable[None]]
"""Statements to run on the connection of a write transaction."""

PROBE_BYTES = 16_384  # a few pages
_PASSING = {errno.ENOSPC, errno.EDQUOT, errno.EIO}  # errors of a disk, not of a setting


class TakenError(CannotOpenError):
    """Another process works in the same folder."""


class Database:
    """Access to the tables: `read()` and `write()` give a connection in a transaction."""

    def __init__(self, url: str, vault: Vault) -> None:
        self.vault = vault
        self.life = new_id()
        """Id of this run of the program."""
        self.engine = engine_for(url, vault)
        self.claims: Claims = Alone()
        """What only this process works on."""
        self._waiting: list[tuple[Work, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    def on_error(self, tell: Callable[[str], None]) -> None:
        """Call `tell` with the type name of each database error from now on."""

        def report(context: sa.ExceptionContext) -> None:
            error = context.sqlalchemy_exception or context.original_exception
            tell(type(error).__name__)

        self.engine.on_error(report)

    async def open(self, backups: Path | None = None, now: float = 0.0) -> None:
        """Create or migrate the tables and check the key. Raises CannotOpenError.

        `backups`: the folder for a copy before a migration; `now`: its time in unix seconds.
        """
        with self._explained():
            await self.engine.check()
            if backups is not None:
                async with self.read() as connection:
                    version = await connection.run_sync(outdated)
                if version is not None:
                    await self.engine.back_up(backups, now, version)
            async with self.read() as connection:
                current = await connection.run_sync(is_current)
            if not current:
                async with self.write(patient=True) as connection:
                    await connection.run_sync(migrate)
            async with self.write() as connection:
                if (await connection.execute(sa.select(canary.c.sealed))).scalar() is None:
                    sealed = self.vault.new_canary()
                    await connection.execute(sa.insert(canary).values(sealed=sealed))
            await self._check_key()

    async def examine(self) -> None:
        """Check an existing database and its key, change nothing. Raises CannotOpenError."""
        with self._explained():
            await self.engine.check()
            await self._check_key()

    @contextmanager
    def _explained(self) -> Generator[None]:
        try:
            yield
        except NewerSchemaError as error:
            raise CannotOpenError(
                f"the database was written by a newer Numberdesk (schema {error}); "
                "start that version, or go back to a backup of this one's"
            ) from error
        except (DatabaseError, AwayError) as error:
            raise self.engine.explain(error) from error

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.close()

    @asynccontextmanager
    async def write(
        self, *, fenced: bool = True, patient: bool = False
    ) -> AsyncGenerator[AsyncConnection]:
        """Open the only write transaction: on disk when the block ends, or rolled back.

        fenced: Raise LostLeaseError if other replicas took over our work. Without, only what
            nobody else writes may be written.
        patient: For commands and migrations, whose statements may take very long.
        """
        async with self.engine.writing(fenced=fenced, patient=patient) as connection:
            yield connection

    async def together(self, work: Work) -> None:
        """Run `work` in one transaction with all other work that waits (group commit).

        For many small changes at once: a commit waits for the disk, and one can serve them all.
        Equal work runs once for all its callers. Returns when the work is on disk.
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
                except Exception as error:  # noqa: BLE001 # raised to every caller
                    for _, done in batch:
                        _end(done, error)
                else:
                    for _, done in batch:
                        _end(done, None)
        finally:
            self._writer = None

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncConnection]:
        """Open a read transaction on one consistent state."""
        async with self.engine.reading() as connection:
            yield connection

    async def fold(self) -> None:
        """Remove erased data from the database's files."""
        await self.engine.fold()

    async def _check_key(self) -> None:
        """Refuse to start with a key that can't open what is stored."""
        async with self.read() as connection:
            sealed = (await connection.execute(sa.select(canary.c.sealed))).scalar()
        try:
            self.vault.recognise(sealed or b"")
        except WrongKeyError as error:
            raise CannotOpenError(
                "DATA_KEY (or the key file in DATA_DIR) is not the one this database was "
                "sealed with; put the right key back"
            ) from error


def _end(done: asyncio.Future[None], error: Exception | None) -> None:
    if done.done():  # its caller was cancelled
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)


async def proves_writing(connection: AsyncConnection) -> None:
    """Insert and delete a few pages. Raises OperationalError if the disk is full."""
    probe = sa.insert(canary).values(sealed=bytes(PROBE_BYTES)).returning(canary.c.id)
    row_id = (await connection.execute(probe)).scalar_one()
    await connection.execute(sa.delete(canary).where(canary.c.id == row_id))


def lock_folder(folder: Path) -> IO[str]:
    """Lock `folder` for this process; keep the returned file open.

    Raises TakenError, and CannotOpenError if the folder can't be written to.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = (folder / "numberdesk.lock").open("a+")
    except OSError as error:
        raise CannotOpenError(
            f"DATA_DIR is {folder}, and nothing can be written there ({why(error)}); give that "
            "folder to the bot's user, or put another one there",
            passing=error.errno in _PASSING,
        ) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.seek(0)
        holder = file.read().strip() or "unknown"
        file.close()
        raise TakenError(
            f"another Numberdesk (process {holder}) already works in {folder}; "
            "stop it first, or give this one a DATA_DIR of its own",
            passing=True,
        ) from error
    except OSError as error:
        file.close()
        raise CannotOpenError(
            f"DATA_DIR is {folder}, where files can't be locked ({why(error)}); "
            "put a folder of this machine there"
        ) from error
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file
