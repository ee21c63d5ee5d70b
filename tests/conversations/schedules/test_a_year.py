"""Schedules over a year: announced a day before, begun once, and started as was agreed."""

from datetime import UTC, datetime

from tests.support.stories.crowd import DAY, data_of, labels
from tests.support.stories.schedules import (
    LIST,
    asks,
    at,
    comes,
    finishes,
    schedules,
    that_day,
    tomorrow,
)
from tests.support.stories.story import Story


async def test_a_list_is_checked_every_month_of_a_year(story: Story) -> None:
    """Protects whoever asks who became inactive: twelve results, one for each month, paid once."""
    anna = await story.says_hello()
    await finishes(anna)
    await comes(story, at(2026, 12, 31))
    card = await schedules(anna)
    assert "Every month, next on Jan 31, 2027." in card.shown
    assert "It starts by itself up to 67 numbers and 0.0" in card.shown
    days = ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31", "2027-06-30"]
    days += ["2027-07-31", "2027-08-31", "2027-09-30", "2027-10-31", "2027-11-30", "2027-12-31"]
    for number, day in enumerate(days, 1):
        due = datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() + 43_200
        told = await tomorrow(story, anna, due)
        assert "60 numbers, as last time" in told.shown
        assert labels(told) == ["Skip this time", "Stop"]
        assert len(story.world.ekyc.posts) == number
        if number % 4 == 0:
            await story.restarts()
        await that_day(story, due)
        file = await anna.receives_file()
        assert "customers.txt" in file.caption
        await anna.sees("The list is begun anew", in_message=told)
        assert [post.charged for post in story.world.ekyc.posts] == [True] * (number + 1)
    assert all(sorted(post.numbers) == sorted(LIST.decode().split())
               for post in story.world.ekyc.posts)  # fmt: skip


async def test_each_list_waits_for_start_if_that_was_said(story: Story) -> None:
    """Protects money: without a cap nothing starts, and the quote is one tap away from a result."""
    anna = await story.says_hello()
    await finishes(anna)
    now = story.clock.now()
    card = await schedules(anna, "Every week", "Wait for Start")
    assert "Every week, next on Nov 29, 2026." in card.shown
    assert "Each list waits for Start." in card.shown
    told = await tomorrow(story, anna, now + 7 * DAY)
    await that_day(story, now + 7 * DAY)
    quote = await anna.sees("service", after=told)
    assert len(story.world.ekyc.posts) == 1
    await anna.presses("Check all again", on=quote)
    await anna.presses("Start", on=quote)
    await anna.receives_file()
    assert len(story.world.ekyc.posts) == 2


async def test_one_date_is_skipped_and_the_next_is_not(story: Story) -> None:
    """Protects a month without need: skipped once, however often it is tapped, and no other one."""
    anna = await story.says_hello()
    await finishes(anna)
    await schedules(anna, "Every three months")
    first, second = at(2027, 2, 22), at(2027, 5, 22)
    told = await tomorrow(story, anna, first)
    skips = data_of(told, "Skip")
    await anna.presses("Skip this time", on=told)
    await anna.sees("Skipped this time", in_message=told)
    assert "Every three months, next on May 22, 2027." in told.shown
    assert "Things have moved on" in (await anna.forges(skips, told)).text
    await comes(story, first + DAY)
    assert len(story.world.ekyc.posts) == 1
    later = await tomorrow(story, anna, second)
    await anna.forges(skips, told)
    await that_day(story, second)
    await anna.receives_file()
    assert later is not told
    assert len(story.world.ekyc.posts) == 2


async def test_what_is_stopped_begins_no_more(story: Story) -> None:
    """Protects money: after *Stop*, on whichever card, nothing comes and nothing is spent."""
    anna = await story.says_hello()
    await finishes(anna)
    card = await schedules(anna)
    due = at(2026, 12, 22)
    told = await tomorrow(story, anna, due)
    await anna.presses("Stop", on=card)
    await anna.sees("Stopped. It doesn't begin anew any more.", in_message=told)
    before = anna.messages[-1]
    await comes(story, due + 40 * DAY)
    assert anna.messages[-1] is before
    assert len(story.world.ekyc.posts) == 1
    assert "How often" in (await asks(anna)).shown, "it may be set up once more"


async def test_two_taps_make_one_schedule(story: Story) -> None:
    """Protects from paying twice a month: whoever asks again sees the schedule that there is."""
    anna = await story.says_hello()
    await finishes(anna)
    card = await asks(anna)
    await anna.presses("Every month", on=card)
    await anna.sees("How shall the check start then?", in_message=card)
    agreed = data_of(card, "By itself")
    await anna.forges(agreed, card)
    await anna.forges(agreed, card)
    await anna.sees("✅ Set up", in_message=card)
    page = await anna.sees("Your checks", after=await anna.sends("/tasks"))
    await anna.presses("customers.txt", on=page)
    opened = await anna.sees("Done", after=page)
    await anna.presses("Every month…", on=opened)
    await anna.sees("✅ Set up", after=opened)
    due = at(2026, 12, 22)
    await tomorrow(story, anna, due)
    await that_day(story, due)
    await anna.receives_file()
    assert len(story.world.ekyc.posts) == 2
