"""What is due of schedules, on several replicas, and by a clock that was wrong."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock

import sqlalchemy as sa

from checking.again import Again
from checking.people import People
from checking.schedules.calendar import next_due
from checking.schedules.due import DueSchedules
from checking.schedules.schedules import Schedules
from runtime.wake_up import WakeUp
from storage.database import Database
from storage.lists import list_parts
from storage.lists.list_parts import StoredPart
from storage.lists.lists import ListState
from storage.records import schedules
from storage.records.schedules import DAY, Every, Says, Schedule, ScheduleState
from storage.schema import tables
from storage.tasks.task_states import TaskState
from tests.support.clocks import StoryClock
from tests.support.databases.replicas import Others
from tests.support.databases.temporary import (
    CHAT,
    NOW,
    PERSON,
    new_list,
    new_task,
    set_columns,
)


def works(database: Database, clock: StoryClock) -> DueSchedules:
    """Return the work on schedules of one replica; nothing is to be started here."""
    people = People(
        database=database, clock=clock, owners=frozenset(), is_open=True, consent_version=0
    )
    wake_up = WakeUp()
    ctx: Any = SimpleNamespace(
        database=database, clock=clock, ledger=SimpleNamespace(wake_up=wake_up)
    )
    kept = Schedules(database, AsyncMock(), people, clock, wake_up)
    return DueSchedules(kept, AsyncMock(), Again(ctx, people))


async def scheduled(database: Database, *, due_at: float, told_at: float | None) -> Schedule:
    """Store a schedule of a finished check, which is due now."""
    await new_task(database, "t", await new_list(database, "l"))
    made = Schedule(
        id="s",
        chat_id=CHAT,
        thread_id=None,
        person_id=PERSON,
        task_id="t",
        check_key="tg_active",
        every=Every.MONTH,
        first_at=NOW,
        due_at=due_at,
        told_at=told_at,
        next_at=due_at if told_at else due_at - DAY,
        state=ScheduleState.ON,
        says=Says.TOMORROW if told_at else Says.BEGUN,
        shown=Says.TOMORROW,
        card_id=5,
        most_numbers=None,
        most_millionths=None,
        most_currency=None,
        list_id=None,
        is_open=False,
    )
    part = StoredPart(1, "file", 10, "customers.txt", "")
    async with database.write() as connection:
        await set_columns(connection, tables.tasks, "t", state=TaskState.DELIVERED)
        await set_columns(connection, tables.lists, "l", state=ListState.WORKING)
        await list_parts.add(
            connection, database.vault, list_id="l", chat_id=CHAT, part=part, settle_at=NOW
        )
        await schedules.add(connection, made)
    return made


async def stored(database: Database) -> tuple[Schedule, int]:
    """Return the schedule as it is stored, and how many lists there are."""
    async with database.read() as connection:
        found = await schedules.get(connection, "s")
        count = sa.select(sa.func.count()).select_from(tables.lists)
        made = (await connection.execute(count)).scalar_one()
    assert found is not None
    return found, int(made)


async def test_two_replicas_make_one_list(others: Others) -> None:
    """Protects people from a doubled check: of two replicas that see a due date one makes it."""
    first, second = await others.another(), await others.another()
    due_at = next_due(NOW, Every.MONTH, NOW)
    seen = await scheduled(first, due_at=due_at, told_at=due_at - DAY)
    clock = StoryClock(due_at)
    await asyncio.gather(*(works(each, clock).work(seen) for each in (first, second)))
    found, _ = await stored(second)
    async with first.write() as connection:  # it is started before somebody late wakes up
        await set_columns(connection, tables.lists, found.list_id or "", state=ListState.WORKING)
    await works(second, clock).work(seen)
    found, made = await stored(second)
    assert made == 2
    assert (found.says, found.is_open, found.told_at) == (Says.BEGUN, True, None)
    assert found.due_at == next_due(NOW, Every.MONTH, due_at)
    assert found.next_at == found.due_at - DAY


async def test_who_stops_it_at_that_moment_gets_no_list(database: Database) -> None:
    """Protects the word *Stop*: what was seen as due before it makes nothing."""
    due_at = next_due(NOW, Every.MONTH, NOW)
    seen = await scheduled(database, due_at=due_at, told_at=due_at - DAY)
    async with database.write() as connection:
        await schedules.change(connection, seen, state=ScheduleState.STOPPED)
    await works(database, StoryClock(due_at)).work(seen)
    assert (await stored(database))[1] == 1


async def test_a_clock_that_ran_ahead_delays_nothing(database: Database) -> None:
    """Protects schedules from a wrong clock: a date a year too far is planned anew."""
    far = next_due(NOW, Every.MONTH, NOW + 365 * DAY)
    await scheduled(database, due_at=far, told_at=None)
    work = works(database, StoryClock(NOW + DAY))
    (seen,) = await work.due(NOW + DAY, 5, [])
    await work.work(seen)
    found, _ = await stored(database)
    assert found.due_at == next_due(NOW, Every.MONTH, NOW)
    assert await work.due(NOW + DAY, 5, []) == []


async def test_a_card_that_was_never_brought_is_no_end(database: Database) -> None:
    """Protects schedules of who blocked the bot: the next card comes, though the last says so."""
    due_at = next_due(NOW, Every.MONTH, NOW)
    seen = await scheduled(database, due_at=due_at, told_at=None)
    assert (seen.says, seen.shown) == (Says.BEGUN, Says.TOMORROW)
    await works(database, StoryClock(due_at - DAY)).work(seen)
    async with database.read() as connection:
        (waits,) = await schedules.to_show(connection)
    assert (waits.says, waits.next_at) == (Says.TOMORROW, None)


async def test_a_file_that_comes_too_late_leaves_the_next_date(database: Database) -> None:
    """Protects the next date: a file that replies while that is told of is no part of it."""
    due_at = next_due(NOW, Every.MONTH, NOW)
    seen = await scheduled(database, due_at=due_at, told_at=None)
    async with database.write() as connection:
        await set_columns(connection, tables.schedules, "s", says=Says.ASKS)
    asked = replace(seen, says=Says.ASKS)
    work = works(database, StoryClock(due_at - DAY))
    await work.work(asked)
    async with database.write() as connection:
        assert not await schedules.change(connection, asked, says=Says.BEGUN)
    assert (await stored(database))[0].says is Says.TOMORROW
