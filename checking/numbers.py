"""A list's numbers as stored: sealed, one per line, in the format of the upload.

Sealing or opening a million numbers takes a while, so both run in threads.
"""

import asyncio

import polars as pl

from sheets.lists import intake
from storage.database import Database
from storage.lists import lists
from storage.sealing.vault import Vault


async def seal(vault: Vault, numbers: pl.Series) -> lists.Changes:
    """Return the columns that store these numbers (E.164, in the list's order).

    The `fingerprint` depends on the numbers and not on their order.
    """

    def columns() -> lists.Changes:
        in_order = intake.as_upload(numbers.sort())
        return {
            "body_sealed": vault.seal(intake.as_upload(numbers), "lists.body"),
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


async def of_list(database: Database, list_id: str) -> pl.Series | None:
    """Return the numbers of a list, in its order; None once they are erased."""
    body = await as_upload(database, list_id)
    return None if body is None else await asyncio.to_thread(intake.from_upload, body)
