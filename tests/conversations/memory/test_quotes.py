"""Quotes of lists of which some answers are remembered: what goes to the service, and its price."""

from pathlib import Path

import pytest

from sandbox.http import faults
from sandbox.services.amounts import LATE, Amounts
from tests.support.stories.crowd import DAY, labels, let_in
from tests.support.stories.lists import numbers
from tests.support.stories.memory import PRICED, checked, opens, splits_stored
from tests.support.stories.story import Story


async def test_a_quote_says_what_is_new_and_only_that_is_sent(story: Story, tmp_path: Path) -> None:
    """Protects money: what was answered before is neither sent nor paid again."""
    own = tmp_path / "own.toml"
    own.write_text(PRICED)
    story.settings["checkers_file"] = own
    anna = await story.says_hello()
    await checked(anna, numbers(1412))
    card = await opens(anna, numbers(2000))
    assert (
        "2,000 numbers · 1,412 were answered in the last 90 days · 588 go to the service"
        " · 0.21 USD instead of 0.70"
    ) in card.shown
    assert labels(card) == ["Check the 588", "Check all again", "‹ Back"]
    assert len(card.shown.splitlines()) <= 8
    story.world.ekyc.pace.per_second = 10
    await anna.presses("Check the 588", on=card)
    await anna.sees("588 of 2,000 go to the service · 1,412 known", in_message=card)
    await anna.sees(" of 588", in_message=card)
    await anna.receives_file()
    assert [len(post.numbers) for post in story.world.ekyc.posts] == [1412, 588]
    assert story.world.ekyc.tasks[1].numbers == numbers(2000)[1412:]


async def test_a_price_beside_memory_is_about_until_one_is_learnt(story: Story) -> None:
    """Protects the person's decision: what is saved is about as listed, then as really charged."""
    amounts = Amounts(estimated=False, told_in=frozenset())
    story.world.ekyc.amounts["band"] = amounts
    anna = await story.says_hello()
    await checked(anna, numbers(1412))
    card = await opens(anna, numbers(2000))
    assert "588 go to the service · ≈ 0.06 USD instead of 0.20" in card.shown
    amounts.told_in = LATE
    await anna.presses("Check the 588", on=card)
    assert "Cost 0.59 USD" in (await anna.receives_file()).caption
    learnt = await opens(anna, numbers(3000))
    assert "1,000 go to the service · 1.00 USD instead of 3.00" in learnt.shown


async def test_all_of_a_list_can_be_checked_again(story: Story, tmp_path: Path) -> None:
    """Protects whoever wants today's answers: all of it goes, at its full price, after a word."""
    own = tmp_path / "own.toml"
    own.write_text(PRICED)
    story.settings["checkers_file"] = own
    anna = await story.says_hello()
    await checked(anna, numbers(30))
    card = await opens(anna, numbers(40))
    await anna.presses("Check all again", on=card)
    await anna.sees("40 numbers go to the service", in_message=card)
    assert "Price: 0.01 USD" in card.shown
    assert len(story.world.ekyc.posts) == 1
    await anna.presses("Start", on=card)
    await anna.receives_file()
    assert story.world.ekyc.tasks[1].numbers == numbers(40)


async def test_who_has_nothing_remembered_sees_no_memory(story: Story) -> None:
    """Protects everybody else's quote: answers of others, and of other checks, are not theirs."""
    await story.says_hello()
    await checked(story.anna, numbers(20))
    bob = await let_in(story, "Bob")
    card = await opens(bob, numbers(20))
    assert "20 numbers go to the service." in card.shown
    other = await opens(story.anna, numbers(20), "Active number")
    assert "20 numbers go to the service." in other.shown
    assert await splits_stored(story) == 0


async def test_nothing_is_remembered_where_a_check_says_so(story: Story, tmp_path: Path) -> None:
    """Protects an operator who wants no memory: `remember_days = 0` leaves the quote as it was."""
    own = tmp_path / "own.toml"
    own.write_text("[band]\nremember_days = 0\n")
    story.settings["checkers_file"] = own
    anna = await story.says_hello()
    await checked(anna, numbers(20))
    card = await opens(anna, numbers(20))
    assert "20 numbers go to the service." in card.shown
    assert labels(card) == ["‹ Back", "Start"]


async def test_what_was_agreed_to_is_what_is_sent(story: Story) -> None:
    """Protects a quote from the clock: answers that it promised are there after their days."""
    anna = await story.says_hello()
    await checked(anna, numbers(30))
    await story.passes(90 * DAY - 600)
    card = await opens(anna, numbers(40))
    await story.passes(2 * DAY)
    await anna.presses("Check the 10", on=card)
    file = await anna.receives_file()
    assert story.world.ekyc.tasks[1].numbers == numbers(40)[30:]
    assert "40 numbers · 10 checked now, in this file · 30 from memory" in file.caption
    late = await opens(anna, numbers(30))
    assert "30 numbers go to the service." in late.shown


async def test_a_quote_knows_what_came_since_it_was_last_opened(story: Story) -> None:
    """Protects money: who looked at a price, and had another list checked, sees the new one."""
    anna = await story.says_hello()
    first = await opens(anna, numbers(40))
    await anna.presses("Back", on=first)
    await checked(anna, numbers(30))
    await anna.presses("Band", on=first)
    await anna.sees("10 go to the service", in_message=first)
    old = first.content.keyboard[0][0]["callback_data"]
    await anna.presses("Back", on=first)
    await anna.presses("Band", on=first)
    await anna.sees("10 go to the service", in_message=first)
    assert "out of date" in (await anna.forges(old, first)).text
    await anna.presses("Check the 10", on=first)
    await anna.receives_file()
    assert [len(post.numbers) for post in story.world.ekyc.posts] == [30, 10]


async def test_a_day_counts_what_is_sent(story: Story) -> None:
    """Protects people's days: remembered answers take nothing from them."""
    await story.says_hello()
    await story.restarts(daily_numbers=100)
    bob = await let_in(story, "Bob")
    await checked(bob, numbers(80))
    card = await opens(bob, numbers(100))
    assert "20 of 100 numbers left" in card.shown
    await bob.presses("Check all again", on=card)
    await bob.sees("more than is left for you today", in_message=card)
    await bob.presses("Back", on=card)
    await bob.presses("Band", on=card)
    await bob.presses("Check the 20", on=card)
    await bob.receives_file()
    over = await opens(bob, numbers(110))
    assert "more than is left for you today" in over.shown
    assert labels(over) == ["Get the 100 from memory, free", "‹ Back"]


async def test_too_few_are_new_for_the_service(story: Story, tmp_path: Path) -> None:
    """Protects whoever has few new numbers: the service's minimum counts what it is sent."""
    own = tmp_path / "own.toml"
    own.write_text("[band]\nminimum = 25\n")
    story.settings["checkers_file"] = own
    anna = await story.says_hello()
    await checked(anna, numbers(30))
    card = await opens(anna, numbers(40))
    assert "takes this check from 25 numbers on, and only 10 are new" in card.shown
    ways = ["Get the 30 from memory, free", "Check all again", "Keep it, add more"]
    assert labels(card) == [*ways, "‹ Back"]
    await anna.presses("Get the 30 from memory", on=card)
    known = await anna.sees("numbers.txt · from memory · Band")
    await anna.sees("all were answered", in_message=known)
    await anna.presses("Get the list from memory, free", on=known)
    file = await anna.receives_file()
    assert "30 numbers from memory" in file.caption
    await anna.presses("Check all again", on=card)
    await anna.presses("Start", on=card)
    await anna.receives_file()
    assert [len(post.numbers) for post in story.world.ekyc.posts] == [30, 40]


@pytest.mark.parametrize("end", ["discarded", "idle", "ended", "forgotten"])
async def test_what_is_remembered_goes_with_the_numbers(story: Story, end: str) -> None:
    """Protects people: a quote keeps its remembered answers no longer than the list's numbers."""
    anna = await story.says_hello()
    await checked(anna, numbers(20))
    card = await opens(anna, numbers(30))
    assert await splits_stored(story) == 1
    if end == "discarded":
        await anna.presses("Back", on=card)
        await anna.presses("Discard", on=card)
        await anna.sees("erased", in_message=card)
    elif end == "idle":
        await story.passes(7 * DAY + 4000)
    elif end == "ended":
        await anna.presses("Check the 10", on=card)
        await anna.receives_file()
        assert await splits_stored(story) == 1
        await story.passes(DAY + 4000)
    else:
        await anna.sends("/forget")
        await anna.presses("Erase everything")
        await anna.sees("is erased")
    assert await splits_stored(story) == 0


async def test_a_whole_list_is_never_sent_in_place_of_its_part(story: Story) -> None:
    """Protects money: where the part that was agreed to is gone, nothing is sent."""
    anna = await story.says_hello()
    await checked(anna, numbers(20))
    card = await opens(anna, numbers(30))
    story.world.ekyc.faults.add("create", faults.too_many(600), times=1)
    await anna.presses("Check the 10", on=card)
    await anna.sees("busy", in_message=card)
    assert story.app is not None
    async with story.app.database.write() as connection:
        await connection.exec_driver_sql("DELETE FROM splits")
    await anna.sees("Nothing was spent", in_message=card)
    assert [len(post.numbers) for post in story.world.ekyc.posts if post.charged] == [20]
