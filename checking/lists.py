"""The ledger of lists: the one place that moves their states and erases their bodies.

Each method is one commit and wakes the courier, which updates the card.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from checking import numbers
from checking.baskets import bring_in, let_out
from checking.limits import shares
from checking.wishes import wishes_with
from runtime.clock import Clock
from runtime.wake_up import WakeUp
from sheets.glass.shapes import ListRead, Numbers, Wish
from storage.database import Database
from storage.lists import baskets, due_lists, list_parts, lists
from storage.lists.list_parts import Source, StoredPart
from storage.lists.lists import ListState, NumberList
from storage.sealing.ids import new_id
from storage.sealing.vault import Vault
from storage.tasks import drafts

S = ListState
NOT_STARTED = (S.READY, S.ASKING, S.UNREADABLE)
NOTHING_READ = lists.Changes(ready=0, duplicates=0, national=0, **lists.WITHOUT_NUMBERS)

log = structlog.get_logger("list")

Also = Callable[[AsyncConnection], Awaitable[None]]
"""Further writes of the same transaction."""


class ListLedger:
    """Moves lists from state to state."""

    def __init__(self, database: Database, clock: Clock, wake_up: WakeUp) -> None:
        self._database = database
        self._vault = database.vault
        self._clock = clock
        self._wake_up = wake_up

    async def take(self, source: Source, part: StoredPart, wait: float, may: Also) -> bool:
        """Add a part to the person's gathering list, which settles `wait` seconds later.

        may: Raises, in the transaction, if the part may not be handed in.
        Returns True if the part begins a list. A repeated update adds nothing. Raises
        TooManyListsError.
        """
        now = self._clock.now()
        async with self._database.write() as connection:
            new = await list_parts.not_yet_in(connection, self._vault, source, part)
            if new is None:
                return False
            await may(connection)
            list_id = await lists.gathering_in(connection, source.chat_id, source.person_id)
            if list_id is not None and await shares.is_full(connection, list_id, new.size):
                await lists.move(connection, self._vault, list_id, (S.GATHERING,), S.READING)
                list_id = None
            begins = list_id is None
            if list_id is None:
                await shares.may_begin(connection, source.person_id)
                list_id = await baskets.begin_list(connection, new_id(), source, now)
            await list_parts.add(
                connection,
                self._vault,
                list_id=list_id,
                chat_id=source.chat_id,
                part=new,
                settle_at=now + wait,
            )
        self._wake_up.notify()
        return begins

    async def settled(self, connection: AsyncConnection, found: NumberList) -> None:
        """End the gathering: the list is to be read."""
        await lists.move(connection, self._vault, found.id, (S.GATHERING,), S.READING)

    async def wait_longer(self, connection: AsyncConnection, found: NumberList, at: float) -> None:
        """Let the list settle at `at` instead: another part may be on its way."""
        await lists.put(connection, self._vault, found.id, settle_at=at)

    async def ready(
        self,
        found: NumberList,
        title: str,
        read: ListRead,
        region: str | None,
        *,
        reading: str = "",
        asks: str | None = None,
    ) -> None:
        """Store the numbers read; the person chooses a check next.

        region: That of its national numbers. reading: What the reading told beside them, as JSON.
        asks: What the card asks first, and the person may leave open. Raises TooMuchKeptError.
        """
        sealed = await numbers.seal(self._vault, found.id, read.numbers)
        left_out = await self._sealed(found.id, read.left_out)
        async with self._database.read() as connection:
            await shares.has_room(connection, found.person_id, sealed["body_sealed"], left_out)
        changes = sealed | lists.Changes(
            title=title,
            ready=read.counts.count,
            duplicates=read.counts.duplicates,
            rejected=read.counts.rejected,
            national=read.counts.national,
            reading=reading,
            asks=asks,
            asked=None,
            left_out_sealed=left_out,
            region=region,
        )
        into = partial(bring_in, member=found, now=self._clock.now(), is_read=True)
        await self._move(found, (S.READING,), S.READY, changes, into)
        log.info("list ready", list=found.id, numbers=read.counts.count)

    async def _sealed(self, list_id: str, left_out: bytes | None) -> bytes | None:
        if left_out is None:
            return None
        return await asyncio.to_thread(self._vault.seal, left_out, "lists.left_out", list_id)

    async def ask(
        self,
        found: NumberList,
        title: str,
        about: str,
        *,
        question: str = "",
        national: int = 0,
        reading: str = "",
    ) -> None:
        """Ask the person a question that the list's reading depends on."""
        changes = lists.Changes(
            title=title, asks=about, asked=question, national=national, reading=reading
        )
        out = partial(bring_in, member=found, now=self._clock.now())
        await self._move(found, (S.READING,), S.ASKING, changes, out)
        log.info("list question asked", list=found.id, about=about)

    async def unreadable(
        self,
        found: NumberList,
        title: str,
        *,
        trouble: str,
        detail: int,
        rejected: int,
        left_out: bytes | None,
        region: str | None = None,
        reading: str = "",
    ) -> None:
        """Store why the list can't be read: `trouble` and its `detail`.

        region, reading: As in `ready`, of a list that may be readable in another way: its texts
            are kept for that.
        """
        changes = NOTHING_READ | lists.Changes(
            title=title,
            trouble=trouble,
            trouble_detail=str(detail),
            rejected=rejected,
            left_out_sealed=await self._sealed(found.id, left_out),
            reading=reading,
            region=region,
        )
        also: list[Also] = [partial(bring_in, member=found, now=self._clock.now())]
        if not reading:
            also.append(partial(list_parts.erase_texts, list_id=found.id))
        if found.kept_for is not None:  # a basket that can't be filled
            also.append(partial(baskets.leave_all, basket_id=found.id))
        await self._move(found, (S.READING,), S.UNREADABLE, changes, *also)
        log.info("list unreadable", list=found.id, trouble=trouble)

    async def read_later(self, found: NumberList, at: float, attempts: int) -> None:
        """Schedule the next attempt at `at`, after so many: the file could not be fetched."""
        async with self._database.write() as connection:
            changes = lists.Changes(attempts=attempts, try_at=at)
            await lists.put(connection, self._vault, found.id, **changes)

    async def read_column(self, found: NumberList, message_id: int, column: int) -> bool:
        """Read the list again with the column that the person chose for one of its parts."""
        return await self._read_again(
            found,
            lists.Changes(),
            lambda connection: list_parts.choose_column(connection, found.id, message_id, column),
        )

    async def read_as(self, found: NumberList, region: str) -> bool:
        """Read the list again with the region that the person chose for its national numbers."""
        wishes = wishes_with(found, "country", on=True)
        return await self._read_again(found, lists.Changes(region=region, wishes=wishes))

    async def read_with(self, found: NumberList, wish: Wish, *, on: bool) -> bool:
        """Read the list again with a wish of the person, or without it."""
        wishes = wishes_with(found, wish, on=on)
        return await self._read_again(found, lists.Changes(wishes=wishes))

    async def _read_again(
        self, found: NumberList, changes: lists.Changes, also: Also | None = None
    ) -> bool:
        """Move the list back to reading; return False if its state has changed meanwhile.

        Drafted checks counted the old numbers, so they are deleted and their buttons stop working.
        """

        async def forget_drafts(connection: AsyncConnection) -> None:
            await drafts.forget(connection, found.id)
            await bring_in(connection, found, self._clock.now())
            if also is not None:
                await also(connection)

        again = lists.Changes(asks=None, asked=None, attempts=0, try_at=0.0)
        return await self._move(found, (found.state,), S.READING, again | changes, forget_drafts)

    async def question(self, found: NumberList, asks: str | None, asked: str | None = None) -> None:
        """Set the question that its card shows; None: the list itself."""
        async with self._database.write() as connection:
            await lists.put(connection, self._vault, found.id, asks=asks, asked=asked)

    async def discard(self, found: NumberList, *also: Also) -> bool:
        """Discard a list, or a basket with its members; return False if a check has started."""
        gone = lists.Changes(
            left_out_sealed=None, asked=None, reading=None, **lists.WITHOUT_NUMBERS
        )

        async def erase(connection: AsyncConnection) -> None:
            await list_parts.erase_texts(connection, found.id)
            await baskets.erase_members(connection, found.id)
            await let_out(connection, found, self._clock.now())
            await drafts.erase_splits(connection)

        return await self._move(found, NOT_STARTED, S.DISCARDED, gone, erase, *also)

    async def derive(
        self, list_id: str, picked: Numbers, title: str, place: lists.Placed
    ) -> str | None:
        """Make a list of some of another list's numbers there, ready for a check.

        Returns its id; None if the other list is gone. Raises TooMuchKeptError.
        """
        derived = new_id()
        sealed = await numbers.seal(self._vault, derived, picked)
        async with self._database.write() as connection:
            of = await lists.get(connection, self._vault, list_id)
            if of is None:
                return None
            await shares.has_room(connection, of.person_id, sealed["body_sealed"])
            await lists.derive(
                connection,
                self._vault,
                list_id=derived,
                of=of,
                title=title,
                ready=picked.count,
                sealed=sealed,
                place=place,
                now=self._clock.now(),
            )
        return derived

    async def shown(self, list_id: str, card_id: int, seen: NumberList | None = None) -> None:
        """Store that its card is the message `card_id`, and shows `seen` (None: as before)."""
        async with self._database.write() as connection:
            await due_lists.shown(connection, self._vault, list_id, card_id, seen)

    async def _move(
        self,
        found: NumberList,
        was: tuple[ListState, ...],
        became: ListState,
        changes: lists.Changes,
        *also: Also,
    ) -> bool:
        """Move the list from one of the states `was`; `also` is part of the transaction."""
        async with self._database.write() as connection:
            done = await lists.move(connection, self._vault, found.id, was, became, **changes)
            for each in also if done else ():
                await each(connection)
        self._wake_up.notify()
        return done


async def take_for_check(connection: AsyncConnection, vault: Vault, list_id: str) -> bool:
    """Mark a list as being checked, in the caller's transaction; return False if it isn't ready."""
    await baskets.close(connection, list_id)
    return await lists.move(connection, vault, list_id, (S.READY,), S.WORKING)


async def give_back(connection: AsyncConnection, vault: Vault, list_id: str) -> None:
    """Make a list ready again, in the caller's transaction, as its check ended at no cost.

    The task's card goes on to show why; a tap on it brings the list's card back.
    """
    await lists.move(connection, vault, list_id, (S.WORKING,), S.READY)
    await lists.put(connection, vault, list_id, shown=S.READY)
