"""Baskets: lists kept for a check that asks for more numbers, until they have as many.

What a person sends meanwhile is read as any list is, and then its numbers are in the basket, too:
different ones once. Nothing of it goes to a service before *Start*.
"""

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from checking import numbers
from checking.limits import shares
from checking.services.catalogue import HIGHEST_MAXIMUM
from runtime.clock import Clock
from runtime.wake_up import WakeUp
from sheets.glass.glass import Glass
from sheets.glass.shapes import Numbers
from storage.database import Database
from storage.lists import baskets, lists
from storage.lists.lists import Changes, ListState, NumberList
from storage.sealing.ids import new_id
from storage.tasks import drafts

S = ListState
log = structlog.get_logger("list")


async def bring_in(
    connection: AsyncConnection, member: NumberList, now: float, *, is_read: bool = False
) -> None:
    """Have the basket of a list filled anew, as what the list holds, or its state, has changed.

    member: As it was before. One without numbers brings some only when it `is_read`.

    If the basket was started meanwhile, or takes no more, the list becomes one of its own. A basket
    that takes no more goes on to hold what it had of its members.
    """
    basket_id = await baskets.basket_of(connection, member.id)
    if basket_id is None or not (is_read or member.ready):
        return
    if await baskets.fill(connection, basket_id, now, closed=member.ready > 0):
        await drafts.forget(connection, basket_id)  # they count what it had
    else:
        await baskets.leave(connection, member.id)


async def let_out(connection: AsyncConnection, member: NumberList, now: float) -> bool:
    """Have a member leave its basket; return False if that was started, or is gone."""
    basket_id = await baskets.basket_of(connection, member.id)
    if basket_id is None:
        return False
    if member.ready:
        if not await baskets.fill(connection, basket_id, now, closed=True):
            return False
        await drafts.forget(connection, basket_id)
    await baskets.leave(connection, member.id)
    return True


class Baskets:
    """A person's actions on baskets, and their filling."""

    def __init__(self, database: Database, glass: Glass, clock: Clock, wake_up: WakeUp) -> None:
        self._database = database
        self._vault = database.vault
        self._glass = glass
        self._clock = clock
        self._wake_up = wake_up

    async def keep(self, list_id: str, check_key: str) -> str | None:
        """Keep a list for a check: what its person sends there next is added to it.

        Returns the id of the basket, None if the list isn't ready (any more).
        """
        async with self._database.write() as connection:
            found = await lists.get(connection, self._vault, list_id)
            if found is None or found.state is not S.READY or found.basket_id is not None:
                return None
            basket_id = await baskets.keep(
                connection,
                self._vault,
                found,
                check_key=check_key,
                basket_id=new_id(),
                now=self._clock.now(),
            )
        self._wake_up.notify()
        log.info("list kept", list=basket_id, check=check_key)
        return basket_id

    async def close(self, basket: NumberList) -> bool:
        """Have a basket take no more: it is a list like any other then. False: it is already."""
        async with self._database.write() as connection:
            done = await baskets.close(connection, basket.id)
        self._wake_up.notify()
        return done

    async def move_card(self, basket: NumberList, card_id: int) -> None:
        """Store another message as the basket's card; it was that of a member, if of any."""
        if card_id == basket.card_id:
            return
        async with self._database.write() as connection:
            await baskets.move_card(connection, basket.id, card_id)

    async def take_out(self, found: NumberList) -> bool:
        """Make a member a list of its own; return False if its basket was started, or is gone."""
        now = self._clock.now()
        async with self._database.write() as connection:
            done = await let_out(connection, found, now)
        self._wake_up.notify()
        return done

    async def fill(self, basket: NumberList) -> None:
        """Store the different numbers of a basket's members in it; it is ready then.

        If a member came or went meanwhile, it is left as it is, to be filled anew. One that is too
        much beside the others becomes a list of its own.
        """
        vault = self._vault
        async with self._database.read() as connection:
            found = await baskets.members(connection, basket.id)
        if not found:  # they were erased, or are read again
            async with self._database.write() as connection:
                if not await baskets.members(connection, basket.id):
                    await lists.move(connection, vault, basket.id, (S.READING,), S.DISCARDED)
                    await baskets.leave_all(connection, basket.id)
            self._wake_up.notify()
            return
        bodies = [await numbers.as_upload(self._database, list_id) for list_id, _, _ in found]
        joined = await self._glass.join([body for body in bodies if body], of=basket.person_id)
        sealed = await numbers.seal(vault, basket.id, joined)
        again = sum(count for _, count, _ in found) - joined.count
        changes = sealed | Changes(ready=joined.count, duplicates=again, asks=None, asked=None)
        async with self._database.write() as connection:
            if len(found) > 1 and not await self._has_room(connection, basket, joined, sealed):
                await baskets.leave(connection, found[-1][0])
            elif await baskets.members(connection, basket.id) == found:
                await lists.move(connection, vault, basket.id, (S.READING,), S.READY, **changes)
                log.info("basket filled", list=basket.id, numbers=joined.count)
        self._wake_up.notify()

    async def _has_room(
        self, connection: AsyncConnection, basket: NumberList, joined: Numbers, sealed: Changes
    ) -> bool:
        try:
            await shares.has_room(connection, basket.person_id, sealed["body_sealed"])
        except shares.TooMuchKeptError:
            return False
        return joined.count <= HIGHEST_MAXIMUM
