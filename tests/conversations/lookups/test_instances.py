"""/instances: what owners see of the lookup service, and what they can change."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from sandbox.telegram.store.chats import Message
from tests.support.stories.lists import numbers
from tests.support.stories.lookups import (
    ACCOUNT,
    YES,
    answers,
    asked,
    buttons,
    ever_shown,
    hears_nothing,
    instance_of,
    leaps,
    opens,
    said,
    times,
    utc,
    was_asked,
)
from tests.support.stories.story import Story

PAUSE = 7200.0
STUCK = "No lookup can be made at the moment, and I can't tell when"


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncGenerator[Story]:
    """A story whose lookup service has two instances."""
    async with Story(tmp_path, instances=2) as made:
        yield made


async def page(story: Story) -> Message:
    """Open the page as Anna."""
    question = await story.anna.sends("/instances")
    return await story.anna.sees("", after=question)


async def test_owners_see_how_the_instances_stand(pair: Story) -> None:
    """Protects the operator: the page shows each instance, its budget, its state, and the line."""
    answers(pair)
    bob = await opens(pair, green_budget=30)
    first, second = (instance.id for instance in pair.world.green.instances)
    card = await page(pair)
    assert card.shown == (
        "Instances of the lookup service\n\nNobody waits in line.\n\n"
        f"{first}\n🟢 Works\n0 of 30 numbers in ten minutes\nLookups this month (UTC): 0\n\n"
        f"{second}\n🟢 Works\n0 of 30 numbers in ten minutes\nLookups this month (UTC): 0"
    )
    assert card.buttons == [[f"Pause {first}"], [f"Pause {second}"], ["Refresh"]]
    await bob.sends(YES)
    await bob.sees(f"Its chat id: {ACCOUNT}")
    instance_of(pair, 1).limit = 0
    await bob.sends(f"/check {' '.join(numbers(2))}")
    await bob.sees("2 of 2 looked up")
    await pair.anna.presses("Refresh", on=card)
    await pair.anna.sees("Limit reached", in_message=card)
    month = "numbers in ten minutes\nLookups this month (UTC)"
    assert f"3 of 30 {month}: 3\nLast answer: " in card.shown
    assert f"1 of 30 {month}: 0\nLast answer: limit reached (" in card.shown
    (limit,) = (each.time for each in pair.world.green.asked if each.instance == second)
    assert f"{second}\n⏸ Limit reached: paused until {utc(limit + PAUSE)}\n" in card.shown
    assert card.buttons == [[f"Pause {first}"], [f"Resume {second} before its time"], ["Refresh"]]
    await leaps(pair, PAUSE)
    await pair.anna.presses("Refresh", on=card)
    await pair.anna.sees("May be asked again; the next lookup tries it", in_message=card)
    assert card.shown.count("0 of 30") == 2
    assert "Last answer: limit reached (about 2 hours ago)" in card.shown


async def test_others_do_not_know_the_page(story: Story) -> None:
    """Protects the instances from others: the command is unknown, and forged taps fail."""
    bob = await opens(story)
    card = await page(story)
    pause, refresh = (button["callback_data"] for button in buttons(card))
    await bob.sends("/instances")
    theirs = await bob.sees("I don't know that command")
    for data in (pause, pause.replace(":p:", ":r:"), refresh):
        assert "belongs to somebody else" in (await bob.forges(data, theirs)).text
    unknown = pause.replace(str(instance_of(story).id), "1234567")
    assert "out of date" in (await story.anna.forges(unknown, card)).text
    await bob.sends(YES)
    await bob.sees("account")
    assert not card.edits
    assert not theirs.edits


async def test_the_page_without_instances(story: Story) -> None:
    """Protects an owner who misses single lookups: the page names the setting."""
    await story.starts(green_api_instances=None)
    await story.anna.sends("/instances")
    await story.anna.sees("No instance is set up: GREEN_API_INSTANCES is empty")


async def test_a_paused_instance_is_not_asked(story: Story) -> None:
    """Protects an account that an owner wants left alone: only Resume ends the pause."""
    answers(story)
    bob = await opens(story)
    card = await page(story)
    await story.anna.presses("Pause", on=card)
    await story.anna.sees("Paused by an owner, until you resume it", in_message=card)
    await bob.sends(YES)
    theirs = await bob.sees(STUCK)
    assert "comes here by itself" in theirs.shown
    async with asyncio.timeout(10):  # a loop that never sleeps would hold up the clock
        await leaps(story, 2 * PAUSE)
    await story.restarts()
    await leaps(story, 2 * PAUSE)
    await story.anna.presses("Refresh", on=card)
    await story.anna.sees("1 lookup waits in line", in_message=card)
    assert asked(story) == []
    await story.anna.presses("Resume", on=card)
    await story.anna.sees("🟢 Works", in_message=card)
    await bob.sees(f"Its chat id: {ACCOUNT}", in_message=theirs)
    assert said(bob) == [theirs]


async def test_the_others_go_on_while_one_is_paused(pair: Story) -> None:
    """Protects people who ask: a paused instance is no reason to wait for the other."""
    bob = await opens(pair)
    first, second = (instance.id for instance in pair.world.green.instances)
    card = await page(pair)
    await pair.anna.presses(f"Pause {first}", on=card)
    await bob.sends("/check " + "\n".join(numbers(3)))
    await bob.sees("3 of 3 looked up")
    assert {lookup.instance for lookup in pair.world.green.asked} == {second}
    await pair.anna.presses(f"Resume {first}", on=card)
    await bob.sends(YES)
    await bob.sees("account", after=said(bob)[-1])
    assert pair.world.green.asked[-1].instance == first


async def test_a_pause_can_be_ended_before_its_time(story: Story) -> None:
    """Protects impatient owners, and the account: another limit doubles the pause."""
    answers(story)
    bob = await opens(story)
    instance = instance_of(story)
    instance.limit = 0
    await bob.sends(YES)
    theirs = await bob.sees("has to wait")
    card = await page(story)
    assert buttons(card)[0]["style"] == "danger"
    await hears_nothing(story, times(story)[0] + PAUSE / 2)
    await story.anna.presses("before its time", on=card)
    await was_asked(story, 2)
    await story.passes(1)
    await story.anna.presses("Refresh", on=card)
    await story.anna.sees(f"paused until {utc(times(story)[1] + 2 * PAUSE)}", in_message=card)
    instance.limit, instance.paused_until = 50, 0.0
    await hears_nothing(story, times(story)[1] + PAUSE)
    await story.anna.presses("before its time", on=card)
    await bob.sees(f"Its chat id: {ACCOUNT}", in_message=theirs)
    assert said(bob) == [theirs]
    assert "Looking up" not in ever_shown(theirs)
    instance.quota = 0
    await bob.sends(numbers(1)[0])
    theirs = await bob.sees("has to wait", after=theirs)
    card = await page(story)
    assert "The plan's requests are used up" in card.shown
    instance.quota = 9
    await story.anna.presses("Resume", on=card)
    await bob.sees("account", in_message=theirs)
