"""*Check again*, below a result and on a finished check that /tasks opens."""

from sandbox.http import faults
from tests.support.stories.baskets import asks_for_many, keeps, sends_file
from tests.support.stories.crowd import DAY, labels
from tests.support.stories.lists import numbers
from tests.support.stories.memory import checked
from tests.support.stories.story import Story
from tests.support.stories.teams import started

ALL = numbers(30)


async def test_a_double_tap_begins_one_list(story: Story) -> None:
    """Protects people from two lists, and two payments, for one wish; a restart changes nothing."""
    anna = await story.says_hello()
    file = await checked(anna, ALL)
    await story.passes(100 * DAY)
    await anna.presses("More…", on=file.message)
    for _ in range(2):
        await anna.presses("Check again", on=file.message)
    await story.restarts()
    await anna.presses("Check again", on=file.message)
    await story.passes(60)
    quotes = [each for each in anna.messages if each.by_bot and "go to the service" in each.shown]
    assert len(quotes) == 1
    await anna.presses("Start", on=quotes[0])
    await anna.sees("Done", in_message=quotes[0])
    assert len(story.world.ekyc.tasks) == 2


async def test_a_failed_check_is_begun_anew_from_tasks(story: Story) -> None:
    """Protects who was told "try again": the list needn't be sent once more."""
    anna = await story.says_hello()
    fault = story.world.ekyc.faults.add("status", faults.Failed("gave up"), times=None)
    sent = await anna.uploads("numbers.txt", "\n".join(ALL).encode())
    card = await anna.sees("30 numbers ready", after=sent)
    await anna.presses("Band", on=card)
    await anna.presses("Start", on=card)
    await anna.sees("gave up on it", in_message=card)
    fault.off()
    page = await anna.sees("Your checks", after=await anna.sends("/tasks"))
    await anna.presses("numbers.txt", on=page)
    opened = await anna.sees("gave up on it", after=page)
    assert labels(opened)[0] == "Check again"
    await anna.presses("Check again", on=opened)
    quote = await anna.sees("30 numbers go to the service", after=opened)
    await anna.presses("Start", on=quote)
    file = await anna.receives_file()
    assert "What changed" not in labels(file.message), "the earlier one has no result"


async def test_a_list_that_is_nowhere_any_more_is_asked_for(story: Story) -> None:
    """Protects people from waiting for a paste that was erased a week later."""
    anna = await story.says_hello()
    card = await anna.sees("numbers ready", after=await anna.sends("\n".join(ALL)))
    await anna.presses("Band", on=card)
    await anna.presses("Start", on=card)
    file = await anna.receives_file()
    await story.passes(9 * DAY)
    await anna.presses("More…", on=file.message)
    answer = await anna.presses("Check again", on=file.message)
    assert answer.text.startswith("Neither the file nor the numbers")
    assert answer.show_alert


async def test_lists_that_were_kept_together_are_begun_anew_together(story: Story) -> None:
    """Protects a list of several: all its files are read once more, each number once."""
    anna = await asks_for_many(story)
    card = await keeps(anna)
    await sends_file(anna, "second.txt", 40, 15)
    await anna.sees("Enough for Band", in_message=card)
    await anna.presses("Band: see the price", on=card)
    await anna.presses("Start", on=card)
    file = await anna.receives_file()
    await story.passes(100 * DAY)
    await anna.presses("More…", on=file.message)
    await anna.presses("Check again", on=file.message)
    quote = await anna.sees("55 numbers go to the service", after=file.message)
    assert "first.txt and 1 more" in quote.shown
    await anna.presses("Start", on=quote)
    await anna.sees("Done", in_message=quote)
    assert story.world.ekyc.tasks[-1].numbers == numbers(55)


async def test_in_a_group_it_is_its_persons_and_the_administrators(story: Story) -> None:
    """Protects a person's list from the rest of the group; an administrator may begin it anew."""
    await story.starts(access="open")
    bob, carol, dave = (story.world.person(name) for name in ("Bob", "Carol", "Dave"))
    group = story.world.group("Team", carol, [bob, dave])
    await started(story, bob.within(group))
    file = await dave.within(group).receives_file()
    await carol.within(group).presses("More…", on=file.message)
    answer = await dave.within(group).presses("Check again", on=file.message)
    assert answer.text == "This card belongs to somebody else."
    await story.passes(60 * DAY)
    await carol.within(group).presses("Check again", on=file.message)
    quote = await bob.within(group).sees("20 numbers go to the service", after=file.message)
    await bob.within(group).presses("Start", on=quote)
    await bob.within(group).sees("Done", in_message=quote)
    second = await dave.within(group).receives_file()
    await bob.within(group).presses("What changed", on=second.message)
    await carol.within(group).sees("list.txt · Telegram activity: what changed")
