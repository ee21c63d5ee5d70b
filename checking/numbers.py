"""A list's numbers as stored: sealed, one per line, in the format of the upload.

Sealing or opening a million numbers takes a while, so both run in threads.
"""

import asyncio

import structlog

from sheets.glass.shapes import Numbers
from storage.database import Database
from storage.lists import lists
from storage.sealing.vault import Vault, WrongKeyError

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
    if sealed is None:
        return None
    try:
        return await asyncio.to_thread(database.vault.open, sealed, "lists.body", list_id)
    except WrongKeyError:
        log.error("list not opened", list=list_id)  # noqa: TRY400 # a traceback tells no more
        return None
