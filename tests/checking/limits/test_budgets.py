"""Budgets with several replicas on one database."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

from checking.limits.budgets import Budgets, OverBudgetError
from checking.limits.refusals import LimitError
from checking.people import People
from checking.quota import Quotas
from checking.services import catalogue
from checking.services.catalogue import Check
from runtime.money import Money
from storage.database import Database
from storage.people import budgets as stored
from storage.people import chats, usage
from storage.people.budgets import Holder, Period
from storage.records import done_once, services
from storage.tasks import tasks
from tests.support.clocks import StoryClock
from tests.support.databases.replicas import Others
from tests.support.databases.temporary import NOW, PERSON, new_list, new_task

ONE = Money(Decimal(1), "USD")


def priced() -> Check:
    """Return a check whose price is 10 USD for 1,000 numbers."""
    check = catalogue.load(frozenset()).get("band")
    assert check is not None
    return check.model_copy(update={"price": Decimal(10)})


async def starts(database: Database, task_id: str, numbers: int) -> bool:
    """Reserve a POST of a task through a replica; tell whether the budget took it."""
    clock = StoryClock()
    people = People(
        database=database, clock=clock, owners=frozenset(), is_open=True, consent_version=0
    )
    budgets = Budgets(database.vault, clock, (9,), ONE)
    quotas = Quotas(people, database.vault, clock, budgets, daily_numbers=0, daily_lookups=0)
    async with database.read() as connection:
        task = await tasks.get(connection, database.vault, task_id)
    assert task is not None
    with suppress(OverBudgetError):
        async with database.write() as connection:
            await quotas.reserve(connection, replace(task, numbers=numbers), priced(), PERSON)
        return True
    return False


async def test_two_replicas_share_one_budget(others: Others) -> None:
    """Protects the account: of two starts at once, on two machines, one fits."""
    first, second = await others.another(), await others.another()
    for name in ("t1", "t2"):
        await new_task(first, name, await new_list(first, f"l{name}", b"+447400000000\n"))
    done = await asyncio.gather(starts(first, "t1", 60), starts(second, "t2", 60))
    assert sorted(done) == [False, True]
    async with second.read() as connection:
        assert await usage.used(connection, PERSON, usage.day_of(StoryClock().now())) == 60


async def test_a_budget_holds_on_every_replica_at_once(others: Others) -> None:
    """Protects an owner's word: nothing of it is remembered in a process."""
    first, second = await others.another(), await others.another()
    await new_task(first, "t1", await new_list(first, "l1", b"+447400000000\n"))
    assert await starts(second, "t1", 60)
    async with first.write() as connection:
        holder = Holder(PERSON)
        await stored.set_limit(connection, first.vault, holder, Period.DAY, Decimal(5))
    assert await starts(second, "t1", 60)


async def test_one_replica_tells(others: Others) -> None:
    """Protects people from hearing the same from each replica."""
    first, second = await others.another(), await others.another()

    async def tells(database: Database) -> bool:
        async with database.write() as connection:
            return await done_once.first(connection, "balance low ekyc")

    assert sorted(await asyncio.gather(tells(first), tells(second))) == [False, True]
    async with second.write() as connection:
        await done_once.undo(connection, "balance low ekyc")
    assert await tells(first)


async def test_a_start_that_rolls_back_tells_nothing(database: Database) -> None:
    """Protects people from news about a check that never began."""
    budgets = Budgets(database.vault, StoryClock(), (9,), ONE)
    async with database.write() as connection:
        await chats.seen(connection, PERSON, "en", NOW)

    async def waiting(*, breaks: bool) -> list[str]:
        with suppress(LimitError):
            async with database.write() as connection:
                await budgets.admit(connection, PERSON, PERSON, Decimal("0.9"), "USD")
                if breaks:
                    raise LimitError("over")
        async with database.read() as connection:
            found = await services.owner_notes_waiting(connection, database.vault)
        return [each.key for each in found]

    assert await waiting(breaks=True) == []
    assert await waiting(breaks=False) == ["budget-nearly"]
    assert await waiting(breaks=False) == ["budget-nearly"]


async def test_an_anonymous_administrator_is_not_the_group(database: Database) -> None:
    """Protects both budgets: the group's id stands for a person, too, and nobody is told there."""
    vault, group = database.vault, -4711
    budgets = Budgets(vault, StoryClock(), (9,), ONE)
    async with database.write() as connection:
        await chats.seen(connection, group, "en", NOW)
        team = Holder(group, is_group=True)
        await stored.set_limit(connection, vault, team, Period.MONTH, Decimal(3))
        bounds = await budgets.bounds(connection, group, group, Decimal("0.9"), "USD")
        await budgets.admit(connection, group, group, Decimal("0.9"), "USD")
        found = await services.owner_notes_waiting(connection, vault)
    limits = [(each.holder.is_group, each.period, each.limit) for each in bounds.budgets]
    assert limits == [(False, Period.DAY, 1), (True, Period.MONTH, 3)]
    assert found == []


async def test_a_budget_of_nothing_names_the_currency(database: Database) -> None:
    """Protects installations that pay in another currency, and leave budgets to their owners."""
    nothing = Money(Decimal(0), "EUR")
    budgets = Budgets(database.vault, StoryClock(), (9,), nothing)
    async with database.write() as connection:
        assert not (await budgets.bounds(connection, PERSON, PERSON, None, "EUR")).budgets
        holder = Holder(PERSON)
        await stored.set_limit(connection, database.vault, holder, Period.MONTH, Decimal(2))
        bounds = await budgets.bounds(connection, PERSON, PERSON, Decimal(1), "EUR")
    assert (bounds.tightest and bounds.tightest.left, bounds.refusal) == (2, None)
