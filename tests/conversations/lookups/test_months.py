"""What a lookup costs an instance: its budget of ten minutes, and its plan of a month."""

from datetime import UTC, datetime

from tests.support.stories.lists import numbers
from tests.support.stories.lookups import (
    ACCOUNT,
    YES,
    answers,
    asked,
    hears_nothing,
    instance_of,
    leaps,
    opens,
    times,
    told,
    was_asked,
)
from tests.support.stories.story import Story

DECEMBER = datetime(2026, 12, 1, tzinfo=UTC).timestamp()
HOUR = 3600.0
LATE = 40.0  # a loop checks the clock every half minute


async def test_what_the_service_has_already_costs_no_budget(story: Story) -> None:
    """Protects people from waiting for nothing: only what costs counts for the ten minutes."""
    bob = await opens(story, green_budget=4)
    wanted = numbers(9)
    story.world.green.cached |= {number.removeprefix("+") for number in wanted}
    began = story.clock.now()
    await bob.sends("/check " + "\n".join(wanted))
    await bob.sees("9 of 9 looked up")
    assert max(times(story)) - began < 30
    await story.anna.sends("/instances")
    await story.anna.sees("0 of 4 numbers in ten minutes\nLookups this month (UTC): 0\n")
    assert len(asked(story)) == 9


async def test_owners_see_the_months_lookups(story: Story) -> None:
    """Protects the plan: its use is counted over restarts, and anew from the 1st on."""
    bob = await opens(story)
    await bob.sends("/check " + "\n".join(numbers(3)))
    await bob.sees("3 of 3 looked up")
    await story.restarts()
    await bob.sends(YES)
    await bob.sees("account")
    await story.anna.sends("/instances")
    card = await story.anna.sees("Lookups this month (UTC): 4")
    await leaps(story, DECEMBER - story.clock.now() + 1)
    await story.anna.presses("Refresh", on=card)
    await story.anna.sees("Lookups this month (UTC): 0", in_message=card)
    await bob.sends("/check " + "\n".join(numbers(2, 10)))
    await bob.sees("2 of 2 looked up")
    await story.anna.presses("Refresh", on=card)
    await story.anna.sees("Lookups this month (UTC): 2", in_message=card)


async def test_a_month_that_begins_later_at_the_service(story: Story) -> None:
    """Protects a whole month from a few minutes: on the 1st a used up plan is tried every hour."""
    answers(story)
    bob = await opens(story)
    instance_of(story).quota = 0
    await bob.sends(YES)
    card = await bob.sees("Next try at 2026-12-01 00:00 UTC")
    await hears_nothing(story, DECEMBER)
    await was_asked(story, 2)
    instance_of(story).quota = 100
    await hears_nothing(story, times(story)[1] + HOUR)
    await bob.sees(f"Its chat id: {ACCOUNT}", in_message=card)
    assert HOUR <= times(story)[2] - times(story)[1] < HOUR + LATE
    assert told(story, "holds no more requests this month") == 1
