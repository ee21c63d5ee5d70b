"""Both database engines for tests: SQLite in a folder, PostgreSQL on a server of this process."""

import atexit
import os
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from soak.servers import Server, running
from storage.database import Database
from storage.schema.tables import metadata
from storage.sealing.vault import Vault
from tests.support.shared_setup import place_database

BOTH = ("sqlite", "postgresql")
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For tests of what only SQLite has: a file to read, to fill up, to replace."""
NAME = "numberdesk"
BARE = "bare"
# Its data is disposable: no commit waits for the disk.
QUICK = ("fsync = off", "full_page_writes = off", "autovacuum = off")
_RESTART = """
    SELECT setval(format('%I.%I', schemaname, sequencename), start_value, false)
    FROM pg_sequences WHERE last_value IS NOT NULL
"""


@cache
def server() -> Server:
    """Return a PostgreSQL server that lives as long as this process.

    Skips the test if none can be started, but not in CI.
    """
    try:
        block = running(Path(tempfile.mkdtemp(prefix="postgres-")), removed=True)
        started = block.__enter__()
        atexit.register(block.__exit__, None, None, None)
        started.tell(*(f"ALTER SYSTEM SET {setting}" for setting in QUICK))
        started.tell("SELECT pg_reload_conf()")
    except Exception as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no PostgreSQL here: {error}")
    return started


def _address(name: str) -> str:
    return f"postgresql+asyncpg://postgres@/{name}?host={server().folder}"


@asynccontextmanager
async def _connected(name: str) -> AsyncGenerator[Any]:
    connection = await asyncpg.connect(host=server().folder, user="postgres", database=name)
    try:
        yield connection
    finally:
        await connection.close()


@cache
def _emptied() -> str:
    """Return statements that make a used database as good as new.

    A TRUNCATE makes new files for all tables and indexes, which takes longer than most stories.
    """
    tables = [table.delete() for table in reversed(metadata.sorted_tables)]
    return ";".join([*map(str, tables), _RESTART])


_made: list[str] = []


@asynccontextmanager
async def address(engine: str, folder: Path) -> AsyncGenerator[str]:
    """Yield the DATABASE_URL of an empty database; that of PostgreSQL serves one test at a time."""
    if engine == "sqlite":
        place_database(folder / "numberdesk.db")
        yield f"sqlite+aiosqlite:///{folder}/numberdesk.db"
        return
    if not _made:
        async with _connected("postgres") as admin:
            await admin.execute(f"CREATE DATABASE {NAME}")
        database = Database(_address(NAME), Vault(bytes(32)))
        await database.open()
        await database.close()
        _made.append(NAME)
    async with _connected(NAME) as connection:
        await connection.execute(_emptied())
    yield _address(NAME)


@asynccontextmanager
async def bare(engine: str, folder: Path) -> AsyncGenerator[str]:
    """Yield the DATABASE_URL of a database without tables."""
    if engine == "sqlite":
        yield f"sqlite+aiosqlite:///{folder}/bare.db"
        return
    async with _connected("postgres") as admin:
        await admin.execute(f"DROP DATABASE IF EXISTS {BARE} WITH (FORCE)")
        await admin.execute(f"CREATE DATABASE {BARE}")
    yield _address(BARE)
