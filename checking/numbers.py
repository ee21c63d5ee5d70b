"""A list's numbers as stored: sealed, one per line, in the format of the upload.

Sealing or opening a million numbers takes a while, so both run in threads.
"""

import asyncio

import structlog

from sheets.glass.shapes import Numbers
from storage.database import Database
from storage.lists import lists
from storage.sealing.vault import Vault, WrongKeyError
from storage.tasks import drafts
from storage.tasks.tasks import Task

log = structlog.get_logger("list")


def fingerprint(vault: Vault, in_order: bytes) -> str:
    """Return what tells a list again, whatever the order of its numbers. Blocks.

    in_order: E.164, one a line, sorted.
    """
    return vault.digest(in_order, "lists.fingerprint")


async def seal(vault: Vault, list_id: str, numbers: Numbers) -> lists.Changes:
    """Return the columns that store these numbers in that list."""
    return lists.Changes(
        body_sealed=await asyncio.to_thread(vault.seal, numbers.body, "lists.body", list_id),
        blocks_sealed=vault.seal(numbers.blocks, "lists.blocks", list_id),
        fingerprint=numbers.fingerprint,
    )


async def as_upload(database: Database, list_id: str) -> bytes | None:
    """Return the upload of a list; None once it is erased, or if it can't be opened."""
    async with database.read() as connection:
        sealed = await lists.sealed(connection, list_id, "body")
    return await _opened(database, sealed, "lists.body", list_id)


async def upload_of(database: Database, task: Task) -> bytes | None:
    """Return what a task submits of its list: all of it, or its part that isn't remembered.

    None as above. Where the part is gone the whole list is never submitted in its place: nobody
    has agreed to pay for that.
    """
    if not task.known:
        return await as_upload(database, task.list_id)
    async with database.read() as connection:
        sealed = await drafts.sealed(connection, task.id, "part")
    return await _opened(database, sealed, "splits.part", task.id)


async def known_of(database: Database, task: Task) -> bytes | None:
    """Return the remembered answers of a task; None if it has none, and as above."""
    async with database.read() as connection:
        sealed = await drafts.sealed(connection, task.id, "known")
    return await _opened(database, sealed, "splits.known", task.id)


async def _opened(database: Database, sealed: bytes | None, purpose: str, row: str) -> bytes | None:
    if sealed is None:
        return None
    try:
        return await asyncio.to_thread(database.vault.open, sealed, purpose, row)
    except WrongKeyError:
        log.error("list not opened", of=row)  # noqa: TRY400 # a traceback tells no more
        return None
