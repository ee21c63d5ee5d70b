"""A list's numbers as stored: sealed, one per line, in the format of the upload.

Sealing or opening a million numbers takes a while, so both run in threads.
"""

import asyncio

from storage.database import Database
from storage.lists import lists
from storage.sealing.vault import Vault


async def seal(vault: Vault, numbers: bytes, in_order: bytes) -> lists.Changes:
    """Return the columns that store these numbers: E.164, one a line; `in_order` is sorted.

    The `fingerprint` depends on the numbers and not on their order.
    """

    def columns() -> lists.Changes:
        return {
            "body_sealed": vault.seal(numbers, "lists.body"),
            "fingerprint": vault.digest(in_order, "lists.fingerprint"),
        }

    return await asyncio.to_thread(columns)


async def as_upload(database: Database, list_id: str) -> bytes | None:
    """Return the upload of a list; None once it is erased."""
    async with database.read() as connection:
        sealed = await lists.sealed(connection, list_id, "body")
    if sealed is None:
        return None
    return await asyncio.to_thread(database.vault.open, sealed, "lists.body")
