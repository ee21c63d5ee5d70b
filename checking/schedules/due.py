"""What is due of schedules: to announce a list, to begin it, to decide whether it starts.

Nothing here speaks to Telegram. What a schedule says is stored, and the courier brings it.
"""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Unpack

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from checking.again import Again, Begun
from checking.desk import Desk
from checking.limits.refusals import LimitError
from checking.limits.shares import TooManyListsError, TooMuchKeptError
from checking.quotes import Quote
from checking.schedules.schedules import Schedules, after, cap_of
from runtime.due_loop import DueLoop, DueWork, Name
from runtime.errors import CutOffError
from storage.lists import again, lists
from storage.lists.lists import ListState
from storage.records import schedules
from storage.records.schedules import LONGEST, Changes, Says, Schedule, ScheduleState
from storage.tasks import tasks

SCHEDULES_AT_ONCE = 4
AGAIN_SECONDS = 600.0  # after an error

log = structlog.get_logger("schedule")


class _StoppedError(LimitError):
    """The schedule was stopped meanwhile: nothing starts by itself."""


class DueSchedules(DueWork[Schedule]):
    """Works on the schedules that are due."""

    claimed = "chat"

    def __init__(self, of: Schedules, desk: Desk, again: Again) -> None:
        self._database, self._people = of.database, of.people
        self._clock, self._wake_up = of.clock, of.wake_up
        self._desk = desk
        self._again = again
        self.loop = DueLoop(
            "schedules",
            self,
            at_once=SCHEDULES_AT_ONCE,
            clock=of.clock,
            claims=of.database.claims,
            wake_up=of.wake_up,
        )

    def key(self, schedule: Schedule, /) -> str:
        """Return the schedule's id."""
        return schedule.id

    def claim(self, schedule: Schedule, /) -> int:
        """Return its chat: the replica that shows its card reads its lists, too."""
        return schedule.chat_id

    async def due(self, now: float, limit: int, busy: Collection[Name], /) -> Sequence[Schedule]:
        """Return the due schedules."""
        async with self._database.read() as connection:
            found = await schedules.due(connection, now, limit, busy)
        running = self.loop.pool.keys()
        return [each for each in found if each.id not in running]

    async def next_due_at(self, busy: Collection[Name], /) -> float | None:
        """Return when the next is due."""
        del busy  # the end of theirs wakes the loop
        async with self._database.read() as connection:
            return await schedules.next_due_at(connection)

    async def work(self, schedule: Schedule, /) -> None:
        """Do what is due: of a date first, which leaves the list of the one before undecided."""
        now = self._clock.now()
        is_dated = schedule.next_at is not None and schedule.next_at <= now
        try:
            if max(schedule.due_at, schedule.next_at or 0.0) > now + LONGEST[schedule.every]:
                await self._change(schedule, **after(schedule, now, Says.PLANNED))
            elif not is_dated:
                await self._decide(schedule)
            elif schedule.told_at is None:
                await self._announce(schedule)
            else:
                await self._begin(schedule)
        except CutOffError:
            raise  # not the fault of the schedule
        except Exception:
            log.exception("schedule failed", schedule=schedule.id)
            if is_dated:
                await self._change(schedule, next_at=now + AGAIN_SECONDS)
            else:  # its quote says what is wrong to whoever opens it
                await self._change(schedule, is_open=False, says=Says.LIMITS)
        self._wake_up.notify()

    async def _change(self, schedule: Schedule, **changes: Unpack[Changes]) -> None:
        async with self._database.write() as connection:
            await schedules.change(connection, schedule, **changes)

    async def _has_ended(self, connection: AsyncConnection, schedule: Schedule) -> bool:
        """End the schedule of a person without access; nobody is told."""
        person_id = schedule.person_id
        if schedule.chat_id > 0:
            has_access = await self._people.may_use(person_id, connection)
        else:
            person = await self._people.find(connection, person_id)
            is_barred = person is not None and person.is_barred
            has_access = self._people.is_owner(person_id) or not is_barred
        if has_access:
            return False
        await schedules.change(
            connection,
            schedule,
            state=ScheduleState.ENDED,
            says=Says.STOPPED,
            shown=Says.STOPPED,
            next_at=None,
        )
        log.info("schedule ended", schedule=schedule.id)
        return True

    async def _announce(self, schedule: Schedule) -> None:
        """Have the person told of the list of tomorrow: it is begun a day after that."""
        async with self._database.write() as connection:
            if not await self._has_ended(connection, schedule):
                newest = await schedules.newest_task(connection, schedule)
                # Shown also if the card of the month before still says the same.
                told = Changes(task_id=newest, says=Says.TOMORROW, shown="", next_at=None)
                await schedules.change(connection, schedule, **told)

    async def _begin(self, schedule: Schedule) -> None:
        """Make the list of this due date anew, and plan the next date, in one commit."""
        async with self._database.write() as connection:
            if await self._has_ended(connection, schedule):
                return
            newest = await schedules.newest_task(connection, schedule)
            task = await tasks.get(connection, self._database.vault, newest)
        assert task is not None  # the schedule would have gone with it
        planned = after(schedule, max(schedule.due_at, self._clock.now()), Says.BEGUN)
        planned["task_id"] = newest
        says = None
        try:
            also = partial(self._made, schedule=schedule, planned=planned)
            if await self._again.begin(task, task, also) is None:
                says = Says.ASKS
        except _StoppedError:
            return
        except (TooManyListsError, TooMuchKeptError):
            says = Says.FULL
        except LimitError:
            says = Says.PAUSED
        if says is not None:
            planned["says"] = says
            await self._change(schedule, **planned)
        log.info("schedule due", schedule=schedule.id)

    async def _made(
        self, connection: AsyncConnection, begun: Begun, *, schedule: Schedule, planned: Changes
    ) -> None:
        """Store the list that is made, in its transaction; raise if that was done, or stopped."""
        made = Changes(list_id=begun.list_id, is_open=True)
        if not await schedules.change(connection, schedule, **(planned | made)):
            raise _StoppedError("notice-gone")
        if not begun.is_new:  # its card stands far above by now
            await lists.put(connection, self._database.vault, begun.list_id, card_id=None, shown="")

    async def _decide(self, schedule: Schedule) -> None:
        """Start the list that was made, if that was agreed to; else it waits for *Start*."""
        assert schedule.list_id is not None
        vault, why = self._database.vault, None
        async with self._database.read() as connection:
            found = await lists.get(connection, vault, schedule.list_id)
        if found is not None and found.state is ListState.UNREADABLE:
            why = Says.ASKS
        elif found is not None and found.state is ListState.READY:
            why = await self._start(schedule) if cap_of(schedule) else None
            if found.again_of is None:  # sent in place of a file that was gone: it is quoted, too
                async with self._database.write() as connection:
                    await again.mark(connection, found.id, schedule.task_id)
                    await lists.put(connection, vault, found.id, shown="")
        decided = Changes(is_open=False, says=why) if why else Changes(is_open=False)
        await self._change(schedule, **decided)

    async def _start(self, schedule: Schedule) -> Says | None:
        """Start the list by itself, as *Start* does; return why not."""
        assert schedule.list_id is not None
        by = schedule.person_id
        # The whole list: answers of last time tell nothing new, and the cap was agreed for it.
        quote = await self._desk.quote(schedule.list_id, schedule.check_key, by, "whole")
        if quote is None:
            return Says.OFF
        if why := _beyond(schedule, quote):
            return why
        may = partial(self._still_runs, schedule=schedule)
        try:
            await self._desk.start(quote.task, quote.task.posts, by, may)
        except _StoppedError:
            return None
        except LimitError:
            return Says.LIMITS
        return None

    async def _still_runs(self, connection: AsyncConnection, schedule: Schedule) -> None:
        """Note in the start's transaction that it is decided; raise if it was stopped."""
        if not await schedules.change(connection, schedule, is_open=False):
            raise _StoppedError("notice-gone")


def _beyond(schedule: Schedule, quote: Quote) -> Says | None:
    """Tell why a list may not start by itself; None if it may."""
    cap, price, numbers = cap_of(schedule), quote.price, quote.task.numbers
    assert cap is not None
    if numbers > cap.numbers:
        return Says.NUMBERS
    if price is None or price.currency != cap.currency or price.cost(numbers) > cap.cost:
        return Says.DEARER
    if quote.is_too_poor:
        return Says.POOR
    return None if quote.is_startable else Says.LIMITS
