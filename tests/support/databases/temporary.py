"""Real databases for tests, in a folder of the test's own."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.lists import lists
from storage.lists.lists import ListState
from storage.schema import tables
from storage.sealing.vault import Vault
from storage.tasks import drafts

KEY = bytes(range(32))
NOW = 1_795_348_800.0
CHAT, PERSON = 4711, 4712


def address(folder: Path) -> str:
    """Return the DATABASE_URL of a database in this folder."""
    return f"sqlite+aiosqlite:///{folder}/numberdesk.db"


@asynccontextmanager
async def opened(folder: Path, key: bytes = KEY) -> AsyncGenerator[Database]:
    """Yield an open database in this folder."""
    async with opened_at(address(folder), key) as database:
        yield database


@asynccontextmanager
async def opened_at(url: str, key: bytes = KEY) -> AsyncGenerator[Database]:
    """Yield an open database; it is closed even if it would not open."""
    database = Database(url, Vault(key))
    try:
        await database.open()
        yield database
    finally:
        await database.close()


async def set_columns(
    connection: AsyncConnection, table: sa.Table, row_id: str, **values: object
) -> None:
    """Set columns of a row directly, to begin a test in the middle of a story."""
    await connection.execute(sa.update(table).where(table.c.id == row_id).values(**values))


async def new_list(database: Database, list_id: str, numbers: bytes = b"", now: float = NOW) -> str:
    """Create a list that was read, with these numbers; return its id."""
    async with database.write() as connection:
        await lists.begin(
            connection, list_id=list_id, chat_id=CHAT, person_id=PERSON, reply_to=1, now=now
        )
        await set_columns(
            connection,
            tables.lists,
            list_id,
            state=ListState.READY,
            ready=numbers.count(b"\n"),
            body_sealed=database.vault.seal(numbers, "lists.body", list_id),
            fingerprint=database.vault.digest(numbers, "lists.fingerprint"),
        )
    return list_id


async def new_task(
    database: Database, task_id: str, list_id: str, check_key: str = "tg_active"
) -> str:
    """Create a draft of a check of this list; return its id."""
    async with database.write() as connection:
        return await drafts.draft(
            connection,
            task_id=task_id,
            list_id=list_id,
            check_key=check_key,
            service="ekyc",
            now=NOW,
        )
