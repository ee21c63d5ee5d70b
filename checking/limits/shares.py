"""How much of the bot one person may take up."""

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.lists import shares

MOST_PARTS, MOST_PART_BYTES = 500, 60_000_000
"""Of one list, if it has more than one part: what comes then begins another list."""
MOST_WAITING = 20
"""Lists of one person that are not read yet."""
MOST_KEPT_BYTES = 400_000_000
"""Sealed, of one person's lists whose numbers are kept."""


class TooManyListsError(Exception):
    """The person has `MOST_WAITING` lists that are not read yet."""


class TooMuchKeptError(Exception):
    """With this list the person would have more than `MOST_KEPT_BYTES` here."""


async def may_begin(connection: AsyncConnection, person_id: int) -> None:
    """Raise TooManyListsError if the person may not begin another list now."""
    if await shares.waiting(connection, person_id) >= MOST_WAITING:
        raise TooManyListsError


async def has_room(connection: AsyncConnection, person_id: int, *sealed: bytes | None) -> None:
    """Raise TooMuchKeptError if these blobs are too much beside what the person has here."""
    size = sum(len(each or b"") for each in sealed)
    if await shares.kept_bytes(connection, person_id) + size > MOST_KEPT_BYTES:
        raise TooMuchKeptError


async def is_full(connection: AsyncConnection, list_id: str, size: int) -> bool:
    """Tell whether a list takes no further part of so many bytes."""
    count, taken = await shares.extent(connection, list_id)
    return count >= MOST_PARTS or taken + size > MOST_PART_BYTES
