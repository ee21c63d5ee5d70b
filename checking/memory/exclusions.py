"""Numbers that are never to be checked: kept as digests, and left out of every later list.

They belong to whom remembered answers do: a person, or a group whose results go to the group.
"""

import asyncio
from functools import partial

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from checking import numbers
from checking.lists import ListLedger
from checking.memory.blocks import owner_of
from checking.wishes import wishes_of
from runtime.clock import Clock
from runtime.confined.files import Files, write
from runtime.threads import to_its_end
from sheets.glass.glass import Glass
from sheets.glass.shapes import HeldExclusions
from storage.database import Database
from storage.lists import lists
from storage.lists.lists import ListState, NumberList
from storage.memory import exclusions
from storage.memory.exclusions import NewExclusion, Standing
from storage.sealing.vault import Vault, WrongKeyError

MOST_NUMBERS = 2_000_000
"""Of one owner. Their digests stand in memory beside each list that is read."""
KEPT = "excluded"
"""What a discarded list has for its `trouble`, if its numbers are never to be checked."""

log = structlog.get_logger("exclusions")


class TooManyExcludedError(Exception):
    """With this list its owner would exclude more than `MOST_NUMBERS`."""


class ExclusionsBrokenError(Exception):
    """They can't be opened, so nobody can tell what is to be left out."""


async def standing(database: Database, found: NumberList) -> Standing:
    """Return how many numbers whoever a list belongs to never checks."""
    async with database.read() as connection:
        owner_id = await owner_of(connection, found.chat_id, found.person_id)
        return await exclusions.standing(connection, owner_id)


async def hold(database: Database, found: NumberList, files: Files) -> HeldExclusions | None:
    """Open what is never to be checked of a list into a file in memory.

    None where there is nothing, or where the person wishes it read, too. Raises
    ExclusionsBrokenError: a list of which nothing is left out may not come of that.
    """
    if "excluded" in wishes_of(found):
        return None
    async with database.read() as connection:
        owner_id = await owner_of(connection, found.chat_id, found.person_id)
        sealed = await exclusions.sealed_of(connection, owner_id)
    if not sealed:
        return None
    into = files.new()
    try:
        sizes = await to_its_end(_open, database.vault, sealed, into)
    except WrongKeyError:
        log.error("exclusions not opened", list=found.id)  # noqa: TRY400 # it says all
        raise ExclusionsBrokenError from None
    return HeldExclusions(into, sizes)


def _open(vault: Vault, sealed: list[tuple[str, bytes]], into: int) -> list[int]:
    sizes = []
    for block_id, blob in sealed:
        body = exclusions.opened(vault, block_id, blob)
        write(into, body)
        sizes.append(len(body))
    return sizes


async def exclude(
    database: Database, glass: Glass, ledger: ListLedger, clock: Clock, found: NumberList
) -> bool:
    """Leave a list's numbers out of every later list, and discard it, in one commit.

    False if it isn't ready any more. Raises TooManyExcludedError, ExclusionsBrokenError,
    TooMuchError and BrokenWorkError.
    """
    posted = await numbers.as_upload(database, found.id)
    if found.state is not ListState.READY or posted is None:
        return False
    async with database.read() as connection:
        owner_id = await owner_of(connection, found.chat_id, found.person_id)
        try:
            key = await exclusions.key_of(connection, database.vault, owner_id)
        except WrongKeyError:
            log.error("exclusions not opened", list=found.id)  # noqa: TRY400 # it says all
            raise ExclusionsBrokenError from None
    digests, count = await glass.digest(posted, key, of=found.person_id)
    block = await asyncio.to_thread(exclusions.seal, database.vault, key, digests, count)
    also = partial(_add, vault=database.vault, found=found, block=block, now=clock.now())
    done = await ledger.discard(found, also)
    if done:
        log.info("list excluded", list=found.id, numbers=count)
    return done


async def _add(
    connection: AsyncConnection, *, vault: Vault, found: NumberList, block: NewExclusion, now: float
) -> None:
    owner_id = await owner_of(connection, found.chat_id, found.person_id)
    if (await exclusions.standing(connection, owner_id)).count + block.count > MOST_NUMBERS:
        raise TooManyExcludedError
    await exclusions.add(connection, block, owner_id=owner_id, list_id=found.id, now=now)
    count = str(block.count)
    await lists.put(connection, vault, found.id, trouble=KEPT, trouble_detail=count)


async def empty(database: Database, owner_id: int) -> int:
    """Take back all that an owner never checks; return how many lists that was."""
    async with database.write() as connection:
        count = await exclusions.empty(connection, owner_id)
    await database.fold()  # the write-ahead log still holds the old pages
    log.info("exclusions emptied", lists=count)
    return count
