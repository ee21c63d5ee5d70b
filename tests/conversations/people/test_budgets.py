"""Budgets: how much money people and groups may spend in a day and in a month."""

import asyncio
import json
from pathlib import Path
from typing import Any

from runtime.money import parse_money
from sandbox.http import faults
from sandbox.people.person import Person
from tests.support.stories.crowd import DAY, labels, let_in, link, quoted, said
from tests.support.stories.story import Story
from tests.support.stories.teams import submitted

PRICES = """
[band]
price = 10

[tg_active]
price = 40

[active_check]
price = 10
currency = "EUR"
"""
OVER = "That costs more than is left of"


async def opens(
    story: Story, home: Path, daily: str = "", monthly: str = "", access: str = "open"
) -> Person:
    """Start a bot with prices and budgets; return somebody who may use it if it is open."""
    file = home / "checks.toml"
    file.write_text(PRICES, "utf-8")
    budgets: dict[str, Any] = {"daily_budget": daily, "monthly_budget": monthly}
    given = {name: parse_money(text) if text else None for name, text in budgets.items()}
    story.settings |= {"access": access, "checkers_file": file, **given}
    await story.says_hello()
    return story.world.person("Bob")


async def reopened(person: Person, card: Any, check: str = "Band") -> str:
    """Go back on a card and choose its check again; return what it says."""
    await person.presses("Back", on=card)
    await person.sees("numbers ready", in_message=card)
    await person.presses(check, on=card)
    await person.sees("numbers go to the service", in_message=card)
    return str(card.shown)


async def test_a_day_holds_so_much_money(story: Story, tmp_path: Path) -> None:
    """Protects the account: what a check costs is held against the day."""
    bob = await opens(story, tmp_path, daily="1.00 USD")
    card = await quoted(bob, 60)
    assert "Left of your budget for today: 1.00 USD of 1.00 USD" in card.shown
    await bob.presses("Start", on=card)
    await bob.receives_file()
    card = await quoted(bob, 60, start=100)
    assert f"{OVER} your budget for today (0.40 USD of 1.00 USD)." in card.shown
    assert "It begins anew at midnight UTC." in card.shown
    assert labels(card) == ["‹ Back"]
    exact = await quoted(bob, 40, start=200)
    assert "Left of your budget for today: 0.40 USD of 1.00 USD" in exact.shown
    assert "Start" in labels(exact)
    mine = await quoted(story.anna, 200, start=400)
    assert "budget" not in mine.shown
    assert "Start" in labels(mine)
    story.clock.jump(DAY)
    assert "1.00 USD of 1.00 USD" in await reopened(bob, card)


async def test_two_starts_at_once_share_one_budget(story: Story, tmp_path: Path) -> None:
    """Protects the account from a race: of two lists that fit only one by one, one is started."""
    bob = await opens(story, tmp_path, monthly="1")
    cards = [await quoted(bob, 60), await quoted(bob, 70, start=100)]
    answers = await asyncio.gather(*(bob.presses("Start", on=card) for card in cards))
    refused = [answer.text for answer in answers if OVER in answer.text]
    assert len(refused) == 1
    assert "your budget for this month (" in refused[0]
    assert "It begins anew on the 1st (UTC). Nothing was spent." in refused[0]
    await bob.receives_file()
    await bob.sees(OVER)
    assert len(story.world.ekyc.posts) == 1
    story.clock.jump(9 * DAY)  # from November 22
    again = await quoted(bob, 70, start=200)
    assert "Left of your budget for this month: 1.00 USD of 1.00 USD" in again.shown


async def test_what_was_not_charged_frees_the_budget(story: Story, tmp_path: Path) -> None:
    """Protects budgets: what was refused doesn't count, what may be paid does, each time."""
    bob = await opens(story, tmp_path, daily="1")
    story.world.ekyc.faults.add("create", faults.refused(402, "insufficient_balance"), times=1)
    card = await quoted(bob, 60)
    await bob.presses("Start", on=card)
    await bob.sees("Nothing was spent", in_message=card)
    story.world.ekyc.faults.add("create", faults.ReplyLost(), times=1)
    await bob.presses("Band", on=card)
    await bob.sees("1.00 USD of 1.00 USD", in_message=card)
    await bob.presses("Start", on=card)
    await bob.sees("I don't know whether the service took this list", in_message=card)
    answer = await bob.presses("Send again", on=card)
    assert f"{OVER} your budget for today (0.40 USD of 1.00 USD)." in answer.text
    assert len(story.world.ekyc.posts) == 2
    await bob.presses("Drop it", on=card)
    await bob.presses("Band", on=card)
    await bob.sees("(0.40 USD of 1.00 USD)", in_message=card)


async def test_a_person_is_told_once_that_a_budget_ends(story: Story, tmp_path: Path) -> None:
    """Protects people from surprises and from noise: at 80% and at the end, once a period each."""
    bob = await opens(story, tmp_path, daily="1", monthly="10")
    nearly = "You have 0.15 USD left of your budget for today (1.00 USD)."
    story.world.ekyc.faults.add("create", faults.refused(402, "insufficient_balance"), times=1)
    card = await quoted(bob, 85)
    await bob.presses("Start", on=card)
    await bob.sees(nearly)
    await bob.sees("Ask whoever runs this bot to top it up", in_message=card)
    await bob.presses("Band", on=card)
    await bob.sees("85 numbers go", in_message=card)
    await bob.presses("Start", on=card)
    await bob.receives_file()
    assert said(bob, nearly) == 1
    card = await quoted(bob, 15, start=100)
    await bob.presses("Start", on=card)
    await bob.sees("Your budget for today (1.00 USD) is used up. It begins anew at midnight UTC.")
    await bob.receives_file()
    await story.restarts()
    story.clock.jump(DAY)
    card = await quoted(bob, 85, start=200)
    await bob.presses("Start", on=card)
    await bob.receives_file()
    assert said(bob, nearly) == 2
    assert said(bob, "is used up") == 1
    assert said(bob, "of your budget for this month (10.00 USD).") == 0


async def test_being_forgotten_buys_no_budget(story: Story, tmp_path: Path) -> None:
    """Protects the account: what was spent this month, and an owner's budget, outlive /forget."""
    bob = await opens(story, tmp_path, monthly="1")
    card = await quoted(bob, 60)
    await bob.presses("Start", on=card)
    await bob.receives_file()
    for again in range(2):
        await bob.sends("/forget")
        await bob.presses("Erase everything")
        await bob.sends("/start")
        story.clock.jump(DAY)
        card = await quoted(bob, 60, start=100 * again)
        assert f"{OVER} your budget for this month (0.40 USD of 1.00 USD)." in card.shown
        card = await quoted(bob, 10, start=500)
        assert "Left of your budget for this month: 0.40 USD of 1.00 USD" in card.shown
    story.clock.jump(9 * DAY)
    await story.passes(2 * 3600)
    card = await quoted(bob, 60, start=700)
    assert "1.00 USD of 1.00 USD" in card.shown


async def test_owners_set_change_and_lift_a_budget(story: Story, tmp_path: Path) -> None:
    """Protects owners' word: it holds at once, outlives /forget, and can be taken back."""
    await opens(story, tmp_path, daily="1", access="invited")
    anna, bob = story.anna, await let_in(story, "Bob")
    card = await quoted(bob, 60)
    await bob.presses("Start", on=card)
    await bob.receives_file()
    card = await quoted(bob, 60, start=100)
    assert OVER in card.shown
    page = await anna.sees("Bob", after=await anna.sends("/people"))
    await anna.presses("Bob", on=page)
    await anna.sees(
        "Spent today: 0.60 USD of 1.00 USD\nSpent this month: 0.60 USD", in_message=page
    )
    await anna.presses("Daily budget", on=page)
    await anna.sees("Bob · budget a day", in_message=page)
    assert "✓ As usual" in labels(page)
    await anna.presses("5 USD", on=page)
    await anna.sees("Spent today: 0.60 USD of 5.00 USD", in_message=page)
    assert "✓ 5 USD" in labels(page)
    assert OVER not in await reopened(bob, card)
    await bob.sends("/export")
    stored = json.loads((await bob.receives_file()).data)
    assert [each["day"] for each in stored["budgets"]] == [5_000_000]
    await bob.sends("/forget")
    await bob.presses("Erase everything")
    await bob.sends(await link(story))
    card = await quoted(bob, 250, start=100)
    assert "Left of your budget for today: 4.40 USD of 5.00 USD" in card.shown
    await anna.presses("Back", on=page)
    await anna.sees("Spent today: 0.60 USD of 5.00 USD", in_message=page)
    await anna.presses("Daily budget", on=page)
    await anna.sees("Bob · budget a day", in_message=page)
    await anna.presses("No limit", on=page)
    await anna.sees("Spent today: 0.60 USD\n", in_message=page)
    assert "budget" not in await reopened(bob, card)
    await anna.presses("As usual", on=page)
    await anna.sees("Spent today: 0.60 USD of 1.00 USD", in_message=page)
    assert OVER in await reopened(bob, card)
    await anna.presses("Back", on=page)
    await anna.sees("member, since", in_message=page)
    await anna.presses("Remove", on=page)
    await anna.presses("Let in", on=page)
    await anna.sees("Spent today: 0.60 USD of 1.00 USD", in_message=page)
    answer = await bob.forges(f"m:{bob.id}:0:0:day:0", card)
    assert answer.text == "This card belongs to somebody else."
    assert OVER in await reopened(bob, card)


async def test_owners_set_a_month_on_a_page_of_its_own(story: Story, tmp_path: Path) -> None:
    """Protects owners' word about a month: it has other amounts, and leaves the day alone."""
    await opens(story, tmp_path, monthly="1", access="invited")
    anna, bob = story.anna, await let_in(story, "Bob")
    page = await anna.sees("Bob", after=await anna.sends("/people"))
    await anna.presses("Bob", on=page)
    await anna.presses("Monthly budget", on=page)
    await anna.sees("Bob · budget a month", in_message=page)
    assert "✓ As usual" in labels(page)
    await anna.presses("10 USD", on=page)
    await anna.sees("Spent this month: 0.00 USD of 10.00 USD", in_message=page)
    assert "✓ 10 USD" in labels(page)
    card = await quoted(bob, 600)
    assert "Left of your budget for this month: 10.00 USD of 10.00 USD" in card.shown
    await bob.presses("Start", on=card)
    await bob.receives_file()
    over = await quoted(bob, 500, start=700)
    assert f"{OVER} your budget for this month (4.00 USD of 10.00 USD)." in over.shown
    await anna.presses("No limit", on=page)
    await anna.sees("Spent today: 6.00 USD\nSpent this month: 6.00 USD", in_message=page)
    assert "budget" not in await reopened(bob, over)


async def test_a_group_has_the_budget_that_owners_give_it(story: Story, tmp_path: Path) -> None:
    """Protects the account from a team: all members share it, whoever is forgotten or migrates."""
    bob = await opens(story, tmp_path)
    carol, anna = story.world.person("Carol"), story.anna
    group = story.world.group("Team", bob, [carol, anna], kind="group")
    first = await submitted(story, bob.within(group))
    page = await anna.sees("1. Team", after=await anna.sends("/groups"))
    await anna.presses("Team", on=page)
    await anna.presses("Daily budget", on=page)
    await anna.sees("Team · budget a day", in_message=page)
    assert "✓ No limit" in labels(page)
    assert "As usual" not in " ".join(labels(page))
    await anna.presses("1 USD", on=page)
    await bob.within(group).presses("Telegram activity", on=first)
    left = "Left of this group's budget for today: 1.00 USD of 1.00 USD"
    await bob.within(group).sees(left, in_message=first)
    await bob.within(group).presses("Start", on=first)
    await bob.within(group).receives_file()
    over = f"{OVER} this group's budget for today (0.20 USD of 1.00 USD)."
    second = await submitted(story, carol.within(group), "more.txt")
    await carol.within(group).presses("Telegram activity", on=second)
    await carol.within(group).sees(over, in_message=second)
    await anna.presses("Back", on=page)
    await anna.sees("Spent today: 0.80 USD of 1.00 USD", in_message=page)
    await bob.sends("/start")
    await bob.sends("/forget")
    await bob.presses("Erase everything")
    await bob.sees("is erased")
    group.becomes_supergroup(joined=True)
    third = await submitted(story, carol.within(group), "again.txt")
    await carol.within(group).presses("Telegram activity", on=third)
    await carol.within(group).sees(over, in_message=third)
    assert "Start" not in labels(third)
    own = await quoted(carol, 30, start=700)
    assert "budget" not in own.shown
    fourth = await submitted(story, anna.within(group), "owner.txt")
    await anna.within(group).presses("Telegram activity", on=fourth)
    await anna.within(group).sees("20 numbers go", in_message=fourth)
    assert "Start" in labels(fourth)


async def test_a_price_that_no_budget_can_hold_is_not_started(story: Story, tmp_path: Path) -> None:
    """Protects budgets from checks whose price is unknown, or in another currency."""
    bob = await opens(story, tmp_path, daily="1")
    wanted = "has no price in USD that could be held against it"
    card = await quoted(bob, 20, check="WhatsApp details")
    assert wanted in card.shown
    assert labels(card) == ["‹ Back"]
    await quoted(bob, 30, start=100, check="WhatsApp details")
    other = await quoted(bob, 20, start=200, check="Active number")
    assert wanted in other.shown
    await story.anna.sees("Active number has no price in USD, so nobody with a budget")
    assert said(story.anna, "WhatsApp details has no price in USD") == 1
    mine = await quoted(story.anna, 20, start=300, check="WhatsApp details")
    assert "Start" in labels(mine)
