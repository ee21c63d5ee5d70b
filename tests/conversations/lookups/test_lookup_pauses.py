"""The service's limit (469): who waits, how long, and that everybody is answered in the end."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from sandbox.people.person import Person
from tests.support.stories.lists import numbers
from tests.support.stories.lookups import (
    ACCOUNT,
    YES,
    answers,
    asked,
    buttons,
    clock_of,
    ever_shown,
    gaps,
    hears_nothing,
    instance_of,
    leaps,
    opens,
    said,
    times,
    told,
    utc,
    was_asked,
)
from tests.support.stories.story import Story

PAUSE = 7200.0
LATE = 40.0  # a loop checks the clock every half minute
HAS_TO_WAIT = "has to wait"


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncGenerator[Story]:
    """A story whose lookup service has two instances."""
    async with Story(tmp_path, instances=2) as made:
        yield made


async def reaches_limit(story: Story, person: Person, number: str) -> float:
    """Make this number exceed the limit; the service answers others once its pause is over.

    Returns the time of the limit.
    """
    before, instance = len(asked(story)), instance_of(story)
    instance.limit = 0
    await person.sends(number)
    await was_asked(story, before + 1)
    instance.limit = 50
    await person.sees(f"{number} {HAS_TO_WAIT}")
    return times(story)[-1]


async def test_a_limit_is_waited_out_and_everybody_answered(story: Story) -> None:
    """Protects the account at the service: two hours of silence, one probe, then slowly."""
    answers(story)
    bob = await opens(story)
    people = [bob, *(story.world.person(name) for name in ("Cid", "Dan"))]
    wanted = [YES, *numbers(2)]
    limit = await reaches_limit(story, bob, YES)
    for place, (person, number) in enumerate(zip(people, wanted, strict=True), 1):
        if place > 1:
            await person.sends(number)
        card = await person.sees(f"{number} {HAS_TO_WAIT}")
        assert f"Place in line: {place}. Next try at {utc(limit + PAUSE)}." in card.shown
        assert limit + PAUSE <= clock_of(card) < limit + PAUSE + 60
        assert "The answer comes here by itself" in card.shown
    await story.anna.sends("/instances")
    await story.anna.sees(f"Limit reached: paused until {utc(limit + PAUSE)}")
    await hears_nothing(story, limit + PAUSE)
    for person, number in zip(people, wanted, strict=True):
        card = await person.sees("Telegram account")
        assert number in card.shown
        assert said(person) == [card], "one message, edited"
    assert asked(story) == [YES, *wanted]
    first, *others = gaps(times(story))
    assert PAUSE <= first < PAUSE + LATE
    assert all(5 <= gap < LATE for gap in others)
    assert not any(lookup.in_pause for lookup in story.world.green.asked)
    await story.anna.sees("works again")
    assert (told(story, "has reached its limit"), told(story, "works again")) == (1, 1)


async def test_a_limit_in_other_forms_is_a_limit(pair: Story) -> None:
    """Protects the account at the service: the reason counts, not the HTTP status."""
    answers(pair)
    for instance, status in zip(pair.world.green.instances, (200, 400), strict=True):
        instance.limit, instance.limit_status = 0, status
    await pair.starts()
    await pair.anna.sends(YES)
    await pair.anna.sees(HAS_TO_WAIT)
    assert [lookup.status for lookup in pair.world.green.asked] == [200, 400]
    for instance in pair.world.green.instances:
        instance.limit = 50
    await hears_nothing(pair, times(pair)[0] + PAUSE)
    await pair.anna.sees(f"Its chat id: {ACCOUNT}")
    assert [lookup.in_pause for lookup in pair.world.green.asked] == [False] * 3


async def test_a_restart_does_not_end_a_pause(story: Story) -> None:
    """Protects the account at the service from deployments; the line is kept as well."""
    answers(story)
    bob = await opens(story)
    limit = await reaches_limit(story, bob, numbers(1)[0])
    await story.anna.sends(YES)
    await story.anna.sees(HAS_TO_WAIT)
    await leaps(story, 1800)
    await story.restarts()
    await hears_nothing(story, limit + PAUSE)
    card = await story.anna.sees(f"Its chat id: {ACCOUNT}")
    assert len(said(bob)) == 1
    assert len([each for each in said(story.anna) if YES in each.shown]) == 1
    assert card.reply_to is not None
    assert asked(story) == [*numbers(1), *numbers(1), YES]
    assert PAUSE <= gaps(times(story))[0] < PAUSE + LATE
    assert told(story, "has reached its limit") == 1


async def test_a_limit_right_after_a_pause_doubles_it(story: Story) -> None:
    """Protects the account at the service: a pause that was too short doubles, again and again."""
    answers(story)
    bob = await opens(story)
    limit = await reaches_limit(story, bob, YES)
    instance_of(story).limit = 0
    await hears_nothing(story, limit + PAUSE)
    await was_asked(story, 2)
    instance_of(story).limit = 50
    second = times(story)[-1]
    await story.passes(1)
    await story.anna.sends("/instances")
    await story.anna.sees(f"paused until {utc(second + 2 * PAUSE)}")
    await hears_nothing(story, second + 2 * PAUSE)
    await bob.sees("Its chat id")
    assert told(story, "has reached its limit") == 1
    third = await reaches_limit(story, bob, numbers(1)[0])
    card = await bob.sees(HAS_TO_WAIT)
    assert f"Next try at {utc(third + PAUSE)}" in card.shown
    await hears_nothing(story, third + PAUSE)
    await was_asked(story, 5)
    assert not any(lookup.in_pause for lookup in story.world.green.asked)


async def test_waiting_can_be_cancelled(story: Story) -> None:
    """Protects the way back: a cancelled lookup is not made, and others keep their turn."""
    answers(story)
    bob = await opens(story)
    limit = await reaches_limit(story, bob, numbers(1)[0])
    cid = story.world.person("Cid")
    for person in (bob, cid):
        await person.sends(YES)
        theirs = await person.sees(f"{YES} {HAS_TO_WAIT}")
    stolen = buttons(theirs)[0]["callback_data"]
    mine = said(bob)[-1]
    assert "out of date" in (await bob.forges(stolen, mine)).text
    for card in said(bob):
        await bob.presses("Cancel", on=card)
        await bob.sees("cancelled. Nothing is looked up", in_message=card)
        assert buttons(card) == []
    assert HAS_TO_WAIT in theirs.shown
    await hears_nothing(story, limit + PAUSE)
    await cid.sees(f"Its chat id: {ACCOUNT}", in_message=theirs)
    assert "cancelled" in mine.shown
    await leaps(story, 60)
    assert asked(story) == [*numbers(1), YES]


async def test_ten_numbers_of_one_do_not_hold_up_another(story: Story) -> None:
    """Protects fair turns: a single number is looked up after one of the ten, not after all."""
    bob = await opens(story)
    many = numbers(10)
    cid = story.world.person("Cid")
    instance_of(story).limit = 0
    await bob.sends("/check " + "\n".join(many))
    await was_asked(story, 1)
    instance_of(story).limit = 50
    card = await bob.sees("Place in line: 1. Next try at")
    assert "0 of 10 looked up\n" in card.shown
    await cid.sends(YES)
    theirs = await cid.sees("Place in line: 2.")
    await hears_nothing(story, times(story)[0] + PAUSE)
    await cid.sees("account", in_message=theirs)
    await bob.sees("2 of 10 looked up", in_message=card)
    assert asked(story)[1:4] == [many[0], YES, many[1]]


async def test_nobody_fills_the_line_alone(story: Story) -> None:
    """Protects the line: fifty lookups of one person may wait, and more are refused at once."""
    bob = await opens(story)
    await reaches_limit(story, bob, YES)
    for start in range(0, 40, 10):
        await bob.sends("/check " + "\n".join(numbers(10, start)))
    await bob.sends("\n".join(numbers(10, 40)))
    await bob.sees("10 numbers ready")
    answer = await bob.presses("one by one")
    assert answer.show_alert
    assert "as many lookups waiting as one person may have" in answer.text
    await bob.sends("/check " + "\n".join(numbers(9, 40)))
    await bob.sees("Place in line: 42")
    await bob.sends(numbers(1, 60)[0])
    await bob.sees("You have as many lookups waiting as one person may have. They are all answ")
    await story.anna.sends(numbers(1, 60)[0])
    await story.anna.sees("Place in line: 2")


async def test_a_person_who_blocked_the_bot_is_answered_on_return(story: Story) -> None:
    """Protects answers for a blocked chat: no message meanwhile, and delivery on return."""
    answers(story)
    bob = await opens(story)
    limit = await reaches_limit(story, bob, YES)
    card = said(bob)[-1]
    bob.blocks_bot()
    await hears_nothing(story, limit + PAUSE)
    await was_asked(story, 2)
    calls = len(story.world.telegram.calls)
    await leaps(story, 600)
    assert not [each for each in story.world.telegram.calls[calls:] if each.chat_id == bob.id]
    assert HAS_TO_WAIT in card.shown
    bob.unblocks_bot()
    await bob.sees(f"Its chat id: {ACCOUNT}", in_message=card)
    assert said(bob) == [card]


async def test_the_other_instance_takes_over(pair: Story) -> None:
    """Protects speed: while one instance is at its limit, the other one takes its lookups."""
    answers(pair)
    bob = await opens(pair)
    first, second = (instance.id for instance in pair.world.green.instances)
    instance_of(pair).limit = 0
    await bob.sends(YES)
    card = await bob.sees(f"Its chat id: {ACCOUNT}")
    assert HAS_TO_WAIT not in ever_shown(card)
    assert gaps(times(pair))[0] < LATE
    for number in numbers(3):
        await bob.sends(number)
        card = await bob.sees(number, gone="Looking up")
        assert HAS_TO_WAIT not in ever_shown(card)
    assert [lookup.instance for lookup in pair.world.green.asked] == [first, *[second] * 4]
    assert told(pair, "has reached its limit") == 1


async def test_instances_take_turns(pair: Story) -> None:
    """Protects all instances: the least recently used is first, one request a second each."""
    bob = await opens(pair)
    ids = [instance.id for instance in pair.world.green.instances]
    for number in numbers(3):
        await bob.sends(number)
        await bob.sees(number, gone="Looking up")
    assert [lookup.instance for lookup in pair.world.green.asked] == [ids[0], ids[1], ids[0]]
    await bob.sends("/check " + "\n".join(numbers(6, 3)))
    await bob.sees("6 of 6 looked up")
    for instance in ids:
        moments = [each.time for each in pair.world.green.asked[3:] if each.instance == instance]
        assert len(moments) == 3
        assert all(gap >= 1 for gap in gaps(moments))


async def test_the_budget_of_ten_minutes_is_kept(story: Story) -> None:
    """Protects from the limit itself: four of nine numbers are looked up, the rest in time."""
    budget = 4
    bob = await opens(story, green_budget=budget)
    await bob.sends("/check " + "\n".join(numbers(9)))
    card = await bob.sees("of 9 looked up")
    for _ in range(10):
        await leaps(story, 140)
    await bob.sees("9 of 9 looked up", in_message=card)
    assert said(bob) == [card]
    asks = [(lookup.time, lookup.number) for lookup in story.world.green.asked]
    windows = [{number for at, number in asks if end - 600 < at <= end} for end, _ in asks]
    assert len(asks) == 9
    assert max(len(window) for window in windows) == budget
    assert asks[-1][0] - asks[0][0] < 1500


async def test_a_pause_that_began_while_a_step_waited_to_write_stays_whole(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects the account at the service: a step's time may be seconds old when it may write."""
    bob = await opens(story)
    ended = await reaches_limit(story, bob, YES) + PAUSE
    assert story.app is not None
    line, times_told = story.app.ctx.lookups._line, iter([story.clock.now() - 5])
    now = story.clock.now
    monkeypatch.setattr(story.clock, "now", lambda: next(times_told, now()))
    await line.step()
    monkeypatch.undo()
    async with story.app.database.read() as connection:
        (instance,) = (await line.states(connection)).instances
    assert instance.since + instance.seconds >= ended
