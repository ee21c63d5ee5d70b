"""Daily quotas, and the terms people accept before their first check."""

import asyncio

import pytest

from sandbox.http import faults
from tests.support.stories.crowd import DAY, labels, let_in, quoted, said
from tests.support.stories.lists import numbers
from tests.support.stories.lookups import ACCOUNT, NO, YES, answers, opens
from tests.support.stories.story import Story

OVER = "more than is left for you today"


async def test_a_day_holds_so_many_numbers(story: Story) -> None:
    """Protects the account: an exceeded quota is shown before Start, and renews the next day."""
    await story.says_hello()
    await story.restarts(daily_numbers=100)
    bob = await let_in(story, "Bob")
    card = await quoted(bob, 60)
    assert "100 of 100 numbers left for you today" in card.shown
    await bob.presses("Start", on=card)
    card = await quoted(bob, 60, start=100)
    assert "40 of 100 numbers left" in card.shown
    assert OVER in card.shown
    assert "Start" not in labels(card)
    large = await quoted(bob, 120, start=200)
    assert "larger than all you may have checked in a day (100 numbers)" in large.shown
    assert "Start" not in labels(large)
    await bob.presses("Back", on=card)
    story.clock.jump(DAY)
    await bob.presses("Band", on=card)
    await bob.sees("60 numbers go", in_message=card)
    await bob.presses("Start", on=card)
    # An owner has no limit, and can raise that of others.
    mine = await quoted(story.anna, 120, start=400)
    assert "left for you" not in mine.shown
    assert "Start" in labels(mine)
    await story.anna.sends("/people")
    await story.anna.presses("Bob")
    await story.anna.presses("1,000 a day")
    await bob.presses("Back", on=large)
    await bob.presses("Band", on=large)
    await bob.sees("120 numbers go", in_message=large)
    assert "Start" in labels(large)


async def test_two_starts_at_once_share_one_day(story: Story) -> None:
    """Protects the account from a race: of two lists that fit only one by one, one is started."""
    await story.starts(access="open", daily_numbers=100)
    bob = story.world.person("Bob")
    cards = [await quoted(bob, 60), await quoted(bob, 70, start=100)]
    answers_ = await asyncio.gather(*(bob.presses("Start", on=card) for card in cards))
    assert sum("took what was left" in answer.text for answer in answers_) == 1
    await bob.receives_file()
    await bob.sees(OVER)
    assert len(story.world.ekyc.posts) == 1


async def test_what_was_not_charged_is_given_back(story: Story) -> None:
    """Protects the daily quota: refused and cancelled checks don't count; unclear ones do."""
    await story.starts(access="open", daily_numbers=100)
    bob = story.world.person("Bob")
    story.world.ekyc.faults.add("create", faults.refused(402, "insufficient_balance"), times=1)
    card = await quoted(bob, 60)
    await bob.presses("Start", on=card)
    await bob.sees("Nothing was spent", in_message=card)
    await bob.presses("Band", on=card)
    await bob.sees("100 of 100 numbers left", in_message=card)
    story.world.ekyc.faults.add("create", faults.too_many(600), times=None)
    await bob.presses("Start", on=card)
    await bob.presses("Don't hand it in", on=card)
    story.world.ekyc.faults.clear()
    await bob.presses("Band", on=card)
    await bob.sees("100 of 100 numbers left", in_message=card)
    story.world.ekyc.faults.add("create", faults.ReplyLost(), times=1)
    await bob.presses("Start", on=card)
    await bob.presses("Drop it", on=card)
    await bob.presses("Band", on=card)
    await bob.sees("40 of 100 numbers left", in_message=card)
    assert OVER in card.shown


async def test_terms_are_agreed_to_once_before_the_first_check(story: Story) -> None:
    """Protects the owners of the numbers: no check starts before the terms are accepted."""
    story.consent_version = 1
    await story.says_hello()
    card = await quoted(story.anna, 20)
    await story.anna.presses("Start", on=card)
    await story.anna.sees("Once, before your first check", in_message=card)
    await story.anna.presses("Back", on=card)
    await story.anna.sees("20 numbers go to the service", in_message=card)
    assert not story.world.ekyc.posts
    await story.anna.presses("Start", on=card)
    agree = card.content.keyboard[0][1]["callback_data"]
    await story.anna.presses("I confirm", on=card)
    await story.anna.receives_file()
    assert (await story.anna.forges(agree, card)).text == "That was done already."
    card = await quoted(story.anna, 30, start=100)
    await story.anna.presses("Start", on=card)
    await story.anna.receives_file()
    story.consent_version = 2
    await story.restarts()
    card = await quoted(story.anna, 40, start=200)
    await story.anna.presses("Start", on=card)
    await story.anna.sees("Once, before your first check", in_message=card)
    assert len(story.world.ekyc.posts) == 2


@pytest.mark.parametrize("way", ["message", "command", "list"])
async def test_terms_come_before_the_first_lookup_too(story: Story, way: str) -> None:
    """Protects the same for single lookups; the number that was asked needn't be sent again."""
    story.consent_version = 1
    answers(story)
    bob = await opens(story)
    if way == "list":
        await bob.uploads("few.txt", f"{YES}\n{numbers(1)[0]}".encode())
        await bob.presses("one by one")
    else:
        await bob.sends(YES if way == "message" else f"/check {YES}")
    await bob.sees("Once, before your first check")
    await story.passes(10)
    assert not story.world.green.asked
    await bob.presses("I confirm")
    await bob.sees(ACCOUNT)
    await bob.sends(NO)
    await bob.sees(NO)
    assert said(bob, "Once, before") == 0
