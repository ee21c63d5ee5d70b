"""A list's numbers as the database keeps them: sealed, one a line, just as they are posted.

A million numbers take a while to seal and to open, so both happen in threads.
"""

import asyncio

import polars as pl

from sheets.lists import intake
from storage.database import Database
from storage.lists import lists
from storage.sealing.vault import Vault


async def seal(vault: Vault, numbers: pl.Series) -> lists.Changes:
    """The columns of a list with these numbers (E.164, in the list's order).

    Two lists of the same numbers have one `fingerprint`, in whatever order they stand.
    """
    return await asyncio.to_thread(_seal, vault, numbers)


def _seal(vault: Vault, numbers: pl.Series) -> lists.Changes:
    in_order = intake.as_upload(numbers.sort())
    return {
        "body_sealed": vault.seal(intake.as_upload(numbers), "lists.body"),
        "fingerprint": vault.digest(in_order, "lists.fingerprint"),
    }


async def as_upload(database: Database, list_id: str) -> bytes | None:
    """What is posted of a list; None once it is erased."""
    async with database.read() as connection:
        sealed = await lists.sealed(connection, list_id, "body")
    if sealed is None:
        return None
    return await asyncio.to_thread(database.vault.open, sealed, "lists.body")


async def of_list(database: Database, list_id: str) -> pl.Series | None:
    """The numbers of a list, in its order; None once they are erased."""
    body = await as_upload(database, list_id)
    return None if body is None else await asyncio.to_thread(intake.from_upload, body)
