"""Schedules as people handle them: made, skipped, stopped, given another file."""

from dataclasses import dataclass
from decimal import Decimal

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from checking.limits.refusals import LimitError
from checking.people import People
from checking.prices.price import Price, price_of
from checking.schedules.calendar import next_due
from checking.services.catalogue import Catalogue
from runtime.clock import Clock
from runtime.wake_up import WakeUp
from storage.database import Database
from storage.lists import list_parts
from storage.lists import lists as stored_lists
from storage.records import schedules
from storage.records.schedules import DAY, Changes, Every, Says, Schedule, ScheduleState
from storage.schema.price_tables import MILLION
from storage.sealing.ids import new_id
from storage.tasks import tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task

MOST_SCHEDULES = 20
"""Running schedules of one person."""
SPARE = Decimal("1.1")
"""What is offered as a cap: what the list took, and a tenth more, as lists grow."""

log = structlog.get_logger("schedule")


@dataclass(frozen=True, slots=True)
class Cap:
    """Up to how many numbers, and how much money, a list may start by itself."""

    numbers: int
    millionths: int
    currency: str

    @property
    def cost(self) -> Decimal:
        """The amount of money."""
        return Decimal(self.millionths) / MILLION


def cap_of(schedule: Schedule) -> Cap | None:
    """Return what may start by itself; None if each list waits for *Start*."""
    if schedule.most_numbers is None:
        return None
    return Cap(schedule.most_numbers, schedule.most_millionths or 0, schedule.most_currency or "")


def cap_for(task: Task, price: Price | None) -> Cap | None:
    """Return the cap to offer after this check; None where no price is known."""
    if price is None:
        return None
    numbers = int(task.all_numbers * SPARE) + 1
    return Cap(numbers, round(price.cost(numbers) * MILLION), price.currency)


@dataclass(frozen=True, slots=True)
class Planned:
    """A schedule with what its card tells of it. has_texts: Its list was pasted, in part or whole.

    begins_at: When the next list is begun, if nothing comes in between.
    """

    schedule: Schedule
    task: Task
    price: Price | None
    has_texts: bool
    begins_at: float


class Schedules:
    """Keeps schedules; what is due of them `checking.schedules.due` does."""

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        people: People,
        clock: Clock,
        wake_up: WakeUp,
    ) -> None:
        self.database = database
        self._catalogue = catalogue
        self.people = people
        self.clock = clock
        self.wake_up = wake_up

    async def price(self, task: Task) -> Price | None:
        """Return what such a check costs now."""
        check = self._catalogue.get(task.check_key)
        async with self.database.read() as connection:
            return await price_of(connection, check) if check else None

    async def has_texts(self, task: Task) -> bool:
        """Tell whether a task's list was pasted: texts are kept for a week at most."""
        async with self.database.read() as connection:
            return await self._has_texts(connection, task)

    async def _has_texts(self, connection: AsyncConnection, task: Task) -> bool:
        vault = self.database.vault
        found = await stored_lists.get(connection, vault, task.list_id)
        parts = await list_parts.of_list(connection, vault, found.source_id) if found else []
        return any(part.file_id is None for part in parts)

    async def planned(self, schedule_id: str) -> Planned | None:
        """Return a schedule with what its card tells of it."""
        async with self.database.read() as connection:
            found = await schedules.get(connection, schedule_id)
            if found is None:
                return None
            task = await tasks.get(connection, self.database.vault, found.task_id)
            assert task is not None  # the schedule would have gone with it
            check = self._catalogue.get(found.check_key)
            price = await price_of(connection, check) if check else None
            has_texts = await self._has_texts(connection, task)
        told_at = self.clock.now() if found.told_at is None else found.told_at
        begins_at = max(found.due_at, told_at + DAY)
        return Planned(found, task, price, has_texts, begins_at)

    async def make(
        self, task: Task, person_id: int, every: Every, cap: Cap | None, card_id: int | None
    ) -> Schedule:
        """Begin this finished check anew every week, month or quarter from now on.

        If that is done already, the schedule there is. card_id: The message that becomes its card.
        Raises LimitError.
        """
        now = self.clock.now()
        due_at = next_due(now, every, now)
        made = Schedule(
            id=new_id(),
            chat_id=task.chat_id,
            thread_id=task.thread_id,
            person_id=person_id,
            task_id=task.id,
            check_key=task.check_key,
            every=every,
            first_at=now,
            due_at=due_at,
            told_at=None,
            next_at=due_at - DAY,
            state=ScheduleState.ON,
            says=Says.PLANNED,
            shown=None,
            card_id=card_id,
            most_numbers=cap.numbers if cap else None,
            most_millionths=cap.millionths if cap else None,
            most_currency=cap.currency if cap else None,
            list_id=None,
            is_open=False,
        )
        async with self.database.write() as connection:
            found = await tasks.get(connection, self.database.vault, task.id)
            if found is None or found.state is not TaskState.DELIVERED or found.is_private:
                raise LimitError("notice-gone")
            if running := await schedules.of_task(connection, task.id):
                return running
            await self.people.must_serve(connection, task.chat_id)
            if await schedules.running_of(connection, person_id) >= MOST_SCHEDULES:
                raise LimitError("schedule-too-many", count=MOST_SCHEDULES)
            await schedules.add(connection, made)
        log.info("schedule made", schedule=made.id, every=str(every), check=task.check_key)
        self.wake_up.notify()
        return made

    async def skip(self, schedule_id: str, due_at: float) -> bool:
        """Leave one due date out; return False if it is not that one's turn any more."""
        async with self.database.write() as connection:
            found = await schedules.get(connection, schedule_id)
            if found is None or int(found.due_at) != int(due_at):
                return False
            passed = max(found.due_at, self.clock.now())
            planned = after(found, passed, Says.SKIPPED)
            done = await schedules.change(connection, found, **planned)
        self.wake_up.notify()
        return done

    async def stop(self, schedule_id: str) -> bool:
        """Stop a schedule; return False if it doesn't run."""
        async with self.database.write() as connection:
            found = await schedules.get(connection, schedule_id)
            done = found is not None and await schedules.change(
                connection,
                found,
                state=ScheduleState.STOPPED,
                says=Says.STOPPED,
                next_at=None,
                is_open=False,
            )
        if done:
            log.info("schedule stopped", schedule=schedule_id)
        self.wake_up.notify()
        return done

    async def take_list(self, seen: Schedule, message_id: int) -> bool:
        """Make the list that this message began the schedule's, in place of a file that is gone."""
        async with self.database.write() as connection:
            vault = self.database.vault
            found = await list_parts.list_of(connection, vault, seen.chat_id, message_id)
            done = found is not None and await schedules.change(
                connection, seen, list_id=found.id, is_open=True, says=Says.BEGUN
            )
        self.wake_up.notify()
        return done


def after(schedule: Schedule, passed: float, says: Says) -> Changes:
    """Return the changes that plan the first due date after `passed`, and say so."""
    due_at = next_due(schedule.first_at, schedule.every, passed)
    return Changes(due_at=due_at, told_at=None, next_at=due_at - DAY, says=says)
