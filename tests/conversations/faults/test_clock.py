"""A clock that is set back by a day: nothing waits for longer than it does anyway."""

import pytest

from runtime.rate_limits import Hold
from sandbox.http import faults
from tests.support.clocks import StoryClock
from tests.support.stories.faulting import got_it_once, paid, sets_clock
from tests.support.stories.lists import numbers
from tests.support.stories.lookups import YES, answers, opens
from tests.support.stories.steps import started
from tests.support.stories.story import Story

DAY = 86_400.0
NOTICED = 40.0  # seconds: a loop looks at the clock every half minute


async def test_a_list_that_waits_to_be_read(story: Story) -> None:
    """Protects a list that just came, and waits whether more parts of it follow."""
    anna = await story.says_hello()
    await anna.uploads("numbers.txt", "\n".join(numbers(20)).encode())
    await story.passes(0.3)
    sets_clock(story, -DAY)
    await story.passes(NOTICED)
    assert any("20 numbers ready" in message.shown for message in anna.messages)


async def test_a_list_that_waits_to_be_handed_in(story: Story) -> None:
    """Protects a check of a service that is down, also over a restart of the bot."""
    await story.world.ekyc.goes_down()
    card = await started(story)
    await story.anna.sees("The service can't be reached at the moment", in_message=card)
    await story.passes(600)
    await story.stops()
    sets_clock(story, -DAY)
    await story.world.ekyc.comes_back()
    await story.starts()
    await story.passes(NOTICED + 300)
    await story.anna.receives_file()
    got_it_once(story)


@pytest.mark.parametrize("seconds", [DAY, 100.0])
async def test_a_service_that_said_for_how_long(story: Story, seconds: float) -> None:
    """Protects a service that is busy: it is asked not a second before, nor a day later."""
    story.world.ekyc.faults.add("create", faults.too_many(3600), times=1)
    await started(story)
    await story.passes(600)
    assert paid(story) == 0
    sets_clock(story, -seconds)
    await story.passes(NOTICED)
    await story.passes(2900 - NOTICED)
    assert paid(story) == 0
    await story.passes(200 + NOTICED)
    assert paid(story) == 1


async def test_a_card_that_counts(story: Story) -> None:
    """Protects a person who watches: the count goes on."""
    story.world.ekyc.pace.per_second = 1
    card = await started(story, 900)
    await story.anna.sees(" of 900", in_message=card)
    sets_clock(story, -DAY)
    story.world.ekyc.tasks[0].created -= DAY  # the service has a clock of its own
    await story.passes(NOTICED + 200)
    assert int(card.shown.partition(" of 900")[0].split()[-1]) > 100


async def test_a_key_that_is_tried_again(story: Story) -> None:
    """Protects checks of a service that accepts our key again."""
    refused = story.world.ekyc.faults.add("create", faults.Answer(401, "no such key"), times=None)
    also = story.world.ekyc.faults.add("status", faults.Answer(401, "no such key"), times=None)
    await started(story)
    await story.anna.sees("The service doesn't accept this bot's key")
    refused.off()
    also.off()
    sets_clock(story, -DAY)
    await story.passes(NOTICED + 600)
    await story.anna.sees("accepts the key again")


async def test_a_single_number_that_waits(story: Story) -> None:
    """Protects whoever asked: the number is tried again within five minutes, and shown."""
    answers(story)
    bob = await opens(story)
    await story.world.green.goes_down()
    await bob.sends(YES)
    card = await bob.sees("has to wait")
    await story.passes(600)
    sets_clock(story, -DAY)
    await story.world.green.comes_back()
    await story.passes(NOTICED + 300)
    await bob.sees("Its chat id", in_message=card)


def test_a_pause_in_memory() -> None:
    """Protects a service's checks, and chats, from a pause that began on another day."""
    clock = StoryClock()
    hold = Hold(clock)
    hold.set(60.0)
    clock.jump(30.0)
    assert hold.wait() == pytest.approx(30.0)
    clock.jump(-DAY)
    assert hold.wait() == pytest.approx(60.0)
    clock.jump(30.0)
    assert hold.wait() == pytest.approx(30.0)
    hold.set(0.0)
    assert hold.wait() == 0
