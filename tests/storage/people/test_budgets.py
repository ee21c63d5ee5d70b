"""Budgets and what was spent of them, without the bot."""

from decimal import Decimal

import pytest
import sqlalchemy as sa

from storage.database import Database
from storage.people import budgets, chats, people, usage
from storage.people.budgets import Holder, Period
from storage.schema import tables
from storage.schema.people_tables import budgets as table
from storage.schema.people_tables import spent_before
from storage.sealing.vault import Vault
from storage.tasks import tasks
from storage.upkeep import forget_person, migrate_chat, reseal
from tests.support.databases.temporary import CHAT, NOW, PERSON, new_list, new_task, set_columns

TODAY = usage.day_of(NOW)
YESTERDAY = usage.day_of(NOW, back=1)
LAST_MONTH = usage.day_of(NOW, back=25)
OTHER_KEY = bytes(reversed(range(32)))
TEAM, SUPERGROUP = -4711, -1_000_000_004_711
BOB = Holder(PERSON)


async def spends(
    database: Database, day: str, cost: str, currency: str = "USD", chat_id: int = CHAT
) -> None:
    """Store a check of Bob's."""
    async with database.read() as connection:
        count = await connection.execute(sa.text("SELECT count(*) FROM usage"))
    name = f"t{count.scalar_one()}"
    await new_task(database, name, await new_list(database, f"l{name}", b"+447400000000\n"))
    async with database.write() as connection:
        await set_columns(connection, tables.tasks, name, chat_id=chat_id)
        task = await tasks.get(connection, database.vault, name)
        assert task is not None
        await usage.reserve(
            connection, task, person_id=PERSON, day=day, cost=Decimal(cost), currency=currency
        )


async def spent(database: Database, holder: Holder, today: str = TODAY) -> tuple[str, str]:
    """Return what was spent in dollars, in the day and in the month."""
    async with database.read() as connection:
        found = await budgets.spent(connection, database.vault, holder, "USD", today)
    return f"{found[Period.DAY]:.2f}", f"{found[Period.MONTH]:.2f}"


async def test_days_and_months_are_summed_to_the_cent(database: Database) -> None:
    """Protects money: other months, other currencies and what was given back don't count."""
    for day in (TODAY, TODAY, TODAY, YESTERDAY, LAST_MONTH):
        await spends(database, day, "0.10")
    await spends(database, TODAY, "9", "EUR")
    await spends(database, TODAY, "7")
    async with database.write() as connection:
        await usage.give_back(connection, "t6")
    assert await spent(database, BOB) == ("0.30", "0.40")
    assert await spent(database, Holder(PERSON + 1)) == ("0.00", "0.00")


async def test_being_forgotten_keeps_the_month(database: Database) -> None:
    """Protects budgets, of groups too: /forget leaves what was spent, without saying by whom."""
    await spends(database, YESTERDAY, "0.25")
    await spends(database, TODAY, "0.50", chat_id=TEAM)
    async with database.write() as connection:
        await budgets.set_limit(connection, database.vault, BOB, Period.DAY, Decimal(5))
        for _ in range(2):
            await people.note(connection, database.vault, PERSON, "Bob", NOW)
            await forget_person.forget(connection, database.vault, PERSON, NOW)
    await spends(database, TODAY, "0.10")
    async with database.write() as connection:
        await forget_person.forget(connection, database.vault, PERSON, NOW)
        limits = await budgets.limits(connection, database.vault, BOB)
        found = await connection.execute(sa.select(spent_before.c.person_digest))
        assert str(PERSON) not in "".join(found.scalars())
    assert limits == {Period.DAY: Decimal(5), Period.MONTH: None}
    assert await spent(database, BOB) == ("0.60", "0.85")
    assert await spent(database, Holder(TEAM, is_group=True)) == ("0.50", "0.50")
    async with database.write() as connection:
        await budgets.erase_old(connection, usage.day_of(NOW + 31 * 86_400))
        assert not (await connection.execute(sa.select(spent_before))).all()


async def test_a_new_key_finds_budgets(database: Database) -> None:
    """Protects an owner's word from a change of the key; who can't be found leaves nothing."""
    old, new = database.vault, Vault(OTHER_KEY)
    gone, team = Holder(99), Holder(TEAM, is_group=True)
    await spends(database, TODAY, "0.50")
    async with database.write() as connection:
        await people.note(connection, old, PERSON, "Bob", NOW)
        await chats.seen(connection, TEAM, "en", NOW)
        for holder in (BOB, gone, team):
            await budgets.set_limit(connection, old, holder, Period.MONTH, Decimal("2.5"))
        await budgets.forget(connection, old, PERSON, TODAY)
        await reseal.rekey(connection, old, new)
        for holder in (BOB, team):
            limits = await budgets.limits(connection, new, holder)
            assert limits == {Period.DAY: None, Period.MONTH: Decimal("2.5")}
        used = await budgets.spent(connection, new, BOB, "USD", TODAY)
        assert used[Period.DAY] == 1  # counted twice here: as usage, and as if it were forgotten
        stored = (await connection.execute(sa.select(table.c.holder_digest))).scalars().all()
    assert sorted(stored) == sorted(each.digest(new) for each in (BOB, team))


@pytest.mark.parametrize("times", [1, 2])
async def test_a_supergroup_has_the_budget_of_its_group(database: Database, times: int) -> None:
    """Protects a group's budget from a new id."""
    vault = database.vault
    old, new = (Holder(each, is_group=True) for each in (TEAM, SUPERGROUP))
    async with database.write() as connection:
        await budgets.set_limit(connection, vault, old, Period.DAY, Decimal(3))
        await budgets.set_limit(connection, vault, new, Period.DAY, Decimal(9))
        for _ in range(times):
            await migrate_chat.move(connection, vault, TEAM, SUPERGROUP)
        assert (await budgets.limits(connection, vault, new))[Period.DAY] == 3
        assert (await budgets.limits(connection, vault, old))[Period.DAY] is None
