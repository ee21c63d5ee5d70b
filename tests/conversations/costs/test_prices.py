"""What a check costs: about as listed, then as learnt, or as the operator says."""

from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from sandbox.services.amounts import LATE, ON_STATUS, Amounts
from storage.records import learnt_prices
from storage.records.learnt_prices import Learnt
from storage.schema.tables import tasks
from tests.support.stories.costs import checked, own_prices, posted, used
from tests.support.stories.crowd import quoted
from tests.support.stories.story import Story


async def amounts_of_task(story: Story) -> tuple[int | None, int | None, str | None]:
    """Return what the service estimated for the one check, and took, in millionths."""
    assert story.app is not None
    names = ("estimated_millionths", "actual_millionths", "amount_currency")
    async with story.app.database.read() as connection:
        row = (await connection.execute(sa.select(*(tasks.c[name] for name in names)))).one()
    return row[0], row[1], row[2]


NEVER = Amounts(estimated=False, told_in=frozenset())


async def test_a_list_price_is_about_until_one_is_learnt(story: Story) -> None:
    """Protects the person's decision: first about what is listed, then what was really charged."""
    anna = await story.says_hello()
    story.world.ekyc.pace.per_second = 100
    card = await quoted(anna, 700)
    assert "Price: ≈ 0.07 USD" in card.shown
    await anna.presses("Start", on=card)
    await anna.sees("of 700\nTime left", in_message=card)
    assert "Cost ≈ 0.07 USD" in card.shown
    file = await anna.receives_file()
    assert "700 numbers checked · Cost 0.70 USD" in file.caption
    await anna.sees("Done · 700", in_message=card)
    assert "Cost 0.70 USD" in card.shown
    assert await used(story) == [("spent", "0.7", "actual", "0.7", "actual")]
    after = await quoted(anna, 350, start=1000)
    assert "Price: 0.35 USD" in after.shown
    cheap = await quoted(anna, 7, start=5000)
    assert "Price: 0.007 USD" in cheap.shown
    other = await quoted(anna, 700, start=6000, check="Telegram activity")
    assert "Price: ≈ 0.25 USD" in other.shown


async def test_what_another_replica_learnt_holds_at_once(story: Story) -> None:
    """Protects one price for all: it is read where a quote is made."""
    anna = await story.says_hello()
    assert "Price: ≈ 0.06 USD" in (await quoted(anna, 600)).shown
    assert story.app is not None
    async with story.app.database.write() as connection:
        learnt = Learnt(Decimal("0.35"), 1000, "USD")
        await learnt_prices.put(connection, "ekyc", "band", learnt, story.clock.now())
    assert "Price: 0.21 USD" in (await quoted(anna, 600, start=2000)).shown


async def test_the_operators_price_is_what_people_see(story: Story, tmp_path: Path) -> None:
    """Protects a reseller: people see the own price to the end, owners the true cost in /stats."""
    file = own_prices(tmp_path, "[active_check]\nprice = 10\ncurrency = 'EUR'\n")
    await story.starts(access="open", checkers_file=file)
    bob = story.world.person("Bob")
    card = await quoted(bob, 100, check="Active number")
    assert "Price: 1.00 EUR" in card.shown
    await bob.presses("Start", on=card)
    assert "Cost 1.00 EUR" in (await bob.receives_file()).caption
    assert not any("0.10" in message.shown for message in bob.messages)
    assert await used(story) == [("spent", "1", "own", "0.1", "actual")]
    await checked(bob, 100, start=200, check="Active number")
    assert "Price: 1.00 EUR" in (await quoted(bob, 100, start=400, check="Active number")).shown
    question = await story.anna.sends("/stats")
    page = await story.anna.sees("Today (UTC): checks 2, numbers 200 · 0.20 USD", after=question)
    assert "Shown to people: 2.00 EUR" in page.shown


async def test_a_price_that_rose_meanwhile_is_asked_about(story: Story, tmp_path: Path) -> None:
    """Protects what people agreed to: a card that said less for certain starts nothing."""
    file = own_prices(tmp_path, "[band]\nprice = 10\n")
    await story.starts(access="open", checkers_file=file)
    bob = story.world.person("Bob")
    card = await quoted(bob, 100)
    assert "Price: 1.00 USD" in card.shown
    own_prices(tmp_path, "[band]\nprice = 20\n")
    await story.restarts()
    answer = await bob.presses("Start", on=card)
    assert "The price has changed since" in answer.text
    await bob.sees("Price: 2.00 USD", in_message=card)
    assert await used(story) == []
    await bob.presses("Start", on=card)
    assert "Cost 2.00 USD" in (await bob.receives_file()).caption


TOLD = {
    "only when exported": Amounts(estimated=False, told_in=LATE),
    "no more when exported": Amounts(estimated=False, told_in=ON_STATUS),
    "only when exported, after an estimate": Amounts(told_in=LATE),
}


@pytest.mark.parametrize("case", TOLD)
async def test_an_amount_counts_whenever_it_is_told(story: Story, case: str) -> None:
    """Protects the account's figures from a service that tells its amount early, or late."""
    story.world.ekyc.amounts["band"] = TOLD[case]
    story.world.ekyc.pace.per_second = 100
    anna = await story.says_hello()
    assert "Cost 0.40 USD" in await checked(anna, 400)
    assert await used(story) == [("spent", "0.4", "actual", "0.4", "actual")]
    assert "Price: 0.40 USD" in (await quoted(anna, 400, start=1000)).shown


async def test_the_services_own_amounts_stand_with_the_task(story: Story) -> None:
    """Protects the bookkeeping: what the service estimated, and what it took, as it said both."""
    amounts = story.world.ekyc.amounts["band"] = Amounts(told_in=LATE)
    story.world.ekyc.pace.per_second = 10
    anna = await story.says_hello()
    card = await posted(anna, 400)
    await anna.sees("of 400", in_message=card)
    assert await amounts_of_task(story) == (400_000, None, "USD")
    amounts.says = "0.3675"
    await anna.receives_file()
    assert await amounts_of_task(story) == (400_000, 367_500, "USD")


async def test_the_last_amount_counts(story: Story) -> None:
    """Protects from a part of the cost: while a list is at work, services tell what is done."""
    amounts = story.world.ekyc.amounts["band"] = Amounts(says="0.05")
    story.world.ekyc.pace.per_second = 10
    anna = await story.says_hello()
    card = await posted(anna, 400)
    await anna.sees("of 400\nTime left", in_message=card)
    assert await used(story) == [("spent", "0.04", "about", "0.05", "estimated")]
    assert "Cost ≈ 0.04 USD" in card.shown
    amounts.says = None
    assert "Cost 0.40 USD" in (await anna.receives_file()).caption
    assert await used(story) == [("spent", "0.4", "actual", "0.4", "actual")]


async def test_without_amounts_the_list_price_stays_about(story: Story) -> None:
    """Protects from a certainty that nobody has: the service tells neither amount."""
    story.world.ekyc.amounts["band"] = NEVER
    anna = await story.says_hello()
    assert "Cost ≈ 0.04 USD" in await checked(anna, 400)
    assert await used(story) == [("spent", "0.04", "about", "0.04", "about")]


async def test_an_estimate_is_about_where_no_price_is_known(story: Story, tmp_path: Path) -> None:
    """Protects a check of the operator's without a price: the service's estimate is shown."""
    story.world.ekyc.minimums["viber"] = 1
    story.world.ekyc.amounts["viber"] = Amounts(told_in=frozenset())
    viber = "[viber]\ntitle = 'Viber'\nservice = 'ekyc'\nflavour = 'tasks_v1'\ntask_type = 'viber'"
    await story.starts(checkers_file=own_prices(tmp_path, viber))
    card = await quoted(story.anna, 400, check="Viber")
    assert "No price is known for this check yet." in card.shown
    await story.anna.presses("Start", on=card)
    assert "Cost ≈ 0.40 USD" in (await story.anna.receives_file()).caption
    assert await used(story) == [("spent", "0.4", "estimated", "0.4", "estimated")]


async def test_the_balance_tells_where_nothing_else_does(story: Story) -> None:
    """Protects people from a check that seems free: by how much the balance fell is shown."""
    anna = await story.says_hello()
    card = await quoted(anna, 50, check="WhatsApp details")
    assert "No price is known for this check yet." in card.shown
    await anna.presses("Start", on=card)
    assert "Cost ≈ 0.05 USD" in (await anna.receives_file()).caption
    assert await used(story) == [("spent", "0.05", "balance", "0.05", "balance")]
    again = await quoted(anna, 50, start=100, check="WhatsApp details")
    assert "No price is known for this check yet." in again.shown


async def test_a_balance_that_others_lower_tells_nothing(story: Story) -> None:
    """Protects the figures from other lists, which were charged at the same time."""
    story.world.ekyc.pace.per_second = 10
    anna = await story.says_hello()
    card = await posted(anna, 100, check="WhatsApp details")
    await anna.sees("of 100", in_message=card)
    await posted(anna, 30, start=500)
    for _ in range(2):
        await anna.receives_file()
    assert ("spent", "", None, "", None) in await used(story)


ABSURD = {
    "nothing": (Amounts(says="0"), "0"),
    "less than nothing": (Amounts(says="-0.40"), "-0.4"),
    "another currency": (Amounts(currency="EUR"), "0.3"),
    "far too much": (Amounts(says="40.00"), "40"),
    "far too little": (Amounts(says="0.0001"), "0.0001"),
}


@pytest.mark.parametrize("case", ABSURD)
async def test_an_absurd_amount_is_told_and_not_learnt(story: Story, case: str) -> None:
    """Protects quotes and people's costs from a service's error; the owners see it."""
    story.world.ekyc.amounts["band"], says = ABSURD[case]
    anna = await story.says_hello()
    assert "Cost ≈ 0.03 USD" in await checked(anna, 300)
    assert await used(story) == [("spent", "0.03", "about", says, "odd")]
    assert "Price: ≈ 0.03 USD" in (await quoted(anna, 300, start=1000)).shown
    question = await anna.sends("/stats")
    page = await anna.sees("Today (UTC)", after=question)
    assert page.shown.startswith("⚠️ A service told 1 amount that can't be right")
    assert case != "another currency" or "0.30 EUR" in page.shown


async def test_a_cent_for_a_few_numbers_is_no_price(story: Story) -> None:
    """Protects the quote of the next thousands from what a service rounded up."""
    story.world.ekyc.amounts["band"] = Amounts(says="0.01")
    anna = await story.says_hello()
    assert "Cost 0.01 USD" in await checked(anna, 30)
    assert "Price: ≈ 0.09 USD" in (await quoted(anna, 900, start=100)).shown


async def learns(story: Story) -> None:
    """Have the service charge 1.50 for 1,500 numbers, on another replica, say."""
    assert story.app is not None
    async with story.app.database.write() as connection:
        learnt = Learnt(Decimal("1.5"), 1500, "USD")
        await learnt_prices.put(connection, "ekyc", "band", learnt, story.clock.now())


async def test_the_least_that_a_service_takes_is_no_price(story: Story) -> None:
    """Protects the quote of the next thousands from ten cents for thirty numbers."""
    amounts = story.world.ekyc.amounts["band"] = Amounts(says="0.10")
    story.world.ekyc.pace.per_second = 100
    anna = await story.says_hello()
    assert "Cost 0.10 USD" in await checked(anna, 30)
    assert "Price: ≈ 0.03 USD" in (await quoted(anna, 300, start=100)).shown
    await learns(story)
    for count, says in ((30, "0.10"), (140, "0.50")):
        amounts.says = says
        assert f"Cost {says} USD" in await checked(anna, count, start=3000 + count)
        assert "Price: 0.35 USD" in (await quoted(anna, 350, start=4000)).shown
    amounts.says = "0.05"
    await checked(anna, 100, start=5000)
    assert "Price: 0.18 USD" in (await quoted(anna, 350, start=4000)).shown


async def test_a_price_that_rose_is_learnt(story: Story) -> None:
    """Protects quotes from a price of yesterday: a list that is no short one may raise it."""
    amounts = story.world.ekyc.amounts["band"] = Amounts()
    story.world.ekyc.pace.per_second = 100
    anna = await story.says_hello()
    await learns(story)
    amounts.says = "0.60"
    await checked(anna, 200, start=2000)
    assert "Price: 1.05 USD" in (await quoted(anna, 350, start=4000)).shown
