"""Schedules whose list, money or person isn't what it was when they were made."""

from pathlib import Path

import pytest

from sandbox.http import faults
from tests.support.stories.crowd import DAY, let_in, said
from tests.support.stories.lists import numbers
from tests.support.stories.schedules import at, comes, finishes, schedules, that_day, tomorrow
from tests.support.stories.story import Story

DUE = at(2026, 12, 22)  # a month after a story begins
GONE = faults.Refuse("Bad Request: wrong file_id or the file is temporarily unavailable")


async def test_a_file_that_is_gone_is_asked_for(story: Story) -> None:
    """Protects a schedule from a file that Telegram lost: a reply takes its place for good."""
    anna = await story.says_hello()
    await finishes(anna)
    await schedules(anna)
    told = await tomorrow(story, anna, DUE)
    lost = story.world.telegram.faults.add("getFile", GONE, times=None)
    await that_day(story, DUE)
    asked = await anna.sees("I can't read the list any more", after=told)
    lost.off()
    await anna.uploads("new.txt", "\n".join(numbers(50, 500)).encode(), reply_to=asked)
    file = await anna.receives_file()
    assert "new.txt" in file.caption
    assert len(story.world.ekyc.posts) == 2
    after = at(2027, 1, 22)
    told = await tomorrow(story, anna, after)
    assert "new.txt" in told.shown
    await that_day(story, after)
    assert "new.txt" in (await anna.receives_file()).caption
    assert sorted(story.world.ekyc.posts[2].numbers) == sorted(numbers(50, 500))


async def test_pasted_numbers_are_asked_for_each_time(story: Story) -> None:
    """Protects privacy and the schedule: texts go after a week, so the person pastes them again."""
    anna = await story.says_hello()
    pasted = await anna.sends("\n".join(numbers(40)))
    card = await anna.sees("40 numbers ready", after=pasted)
    await anna.presses("Telegram activity", on=card)
    await anna.presses("Start", on=card)
    await anna.receives_file()
    await anna.sees("Done", in_message=card)
    made = await schedules(anna, name="Pasted")
    assert "Pasted numbers are erased after seven days" in made.shown
    for number, due in enumerate((DUE, at(2027, 1, 22)), 2):
        told = await tomorrow(story, anna, due)
        await that_day(story, due)
        asked = await anna.sees("I can't read the list any more", after=told)
        await anna.sends("\n".join(numbers(40)), reply_to=asked)
        await anna.receives_file()
        assert len(story.world.ekyc.posts) == number


async def test_an_empty_balance_is_told_and_waits(story: Story) -> None:
    """Protects whoever pays: nothing starts by itself that the account can't pay; *Start* may."""
    anna = await story.says_hello()
    await finishes(anna)
    await schedules(anna)
    story.world.ekyc.balance = 0.0
    told = await tomorrow(story, anna, DUE)
    await that_day(story, DUE)
    await anna.sees("the balance of the account may not be enough", after=told)
    quote = await anna.sees("The balance may not be enough", after=told)
    assert len(story.world.ekyc.posts) == 1
    story.world.ekyc.balance = 100.0
    await anna.presses("Start", on=quote)
    await anna.receives_file()


@pytest.mark.parametrize("what", ["numbers", "price"])
async def test_beyond_what_was_agreed_it_waits(story: Story, tmp_path: Path, what: str) -> None:
    """Protects money: more numbers, or a higher price, than the person agreed to start nothing."""
    own = tmp_path / "own.toml"
    own.write_text("[tg_active]\nprice = 1\n", "utf-8")
    story.settings |= {"checkers_file": own}
    anna = await story.says_hello()
    await finishes(anna)
    await schedules(anna)
    if what == "price":
        own.write_text("[tg_active]\nprice = 2\n", "utf-8")
        await story.restarts()
    told = await tomorrow(story, anna, DUE)
    if what == "numbers":
        lost = story.world.telegram.faults.add("getFile", GONE, times=None)
        await that_day(story, DUE)
        asked = await anna.sees("I can't read the list any more", after=told)
        lost.off()
        await anna.uploads("new.txt", "\n".join(numbers(80)).encode(), reply_to=asked)
        await anna.sees("there are more numbers than the 67 agreed to", after=asked)
    else:
        await that_day(story, DUE)
        await anna.sees("it costs more than the 0.07 USD agreed to", after=told)
    await story.passes(600)
    assert len(story.world.ekyc.posts) == 1
    quote = await anna.sees("go to the service", after=told)
    await anna.presses("Start", on=quote)
    await anna.receives_file()


async def test_a_removed_person_is_told_nothing(story: Story) -> None:
    """Protects the operator: who was removed starts nothing, and owners see that it ended."""
    await story.says_hello()
    bob = await let_in(story, "Bob")
    await finishes(bob)
    await schedules(bob)
    page = await story.anna.sees("Today", after=await story.anna.sends("/stats"))
    assert "Schedules: 1, ended for want of access: 0" in page.shown
    assert "Bob: Telegram activity, every month, next on Dec 22, 2026" in page.shown
    people = await story.anna.sees("People", after=await story.anna.sends("/people"))
    await story.anna.presses("· Bob", on=people)
    await story.anna.presses("Remove", on=people)
    await story.anna.sees("removed, since", in_message=people)
    await story.passes(60)
    before = bob.messages[-1]
    await comes(story, DUE + DAY)
    assert bob.messages[-1] is before
    assert len(story.world.ekyc.posts) == 1
    page = await story.anna.sees("Today", after=await story.anna.sends("/stats"))
    assert "Schedules: 0, ended for want of access: 1" in page.shown


async def test_who_is_forgotten_has_no_schedule(story: Story) -> None:
    """Protects privacy: /forget ends it, and nothing of it is left."""
    anna = await story.says_hello()
    await finishes(anna)
    await schedules(anna)
    question = await anna.sees("Erase", after=await anna.sends("/forget"))
    await anna.presses("Erase", on=question)
    await story.passes(60)
    before = anna.messages[-1]
    await comes(story, DUE + DAY)
    assert anna.messages[-1] is before
    page = await anna.sees("Today", after=await anna.sends("/stats"))
    assert "Schedules" not in page.shown


async def test_a_quota_holds_on_that_day(story: Story) -> None:
    """Protects the quota of the day: a list that doesn't fit into it waits, and says so."""
    story.settings |= {"access": "open", "daily_numbers": 100}
    await story.says_hello()
    bob = story.world.person("Bob")
    await finishes(bob)
    await schedules(bob)
    told = await tomorrow(story, bob, DUE)
    await comes(story, DUE - 3600)
    await finishes(bob, "other.txt", "\n".join(numbers(60, 1000)).encode())
    await that_day(story, DUE)
    await bob.sees("a limit or the terms are in the way", after=told)
    assert len(story.world.ekyc.posts) == 2


async def test_a_check_that_was_turned_off_waits(story: Story) -> None:
    """Protects the owners' word: what they turned off since doesn't start by itself."""
    anna = await story.says_hello()
    await finishes(anna)
    await schedules(anna)
    page = await anna.sees("Telegram activity", after=await anna.sends("/checks"))
    await anna.presses("Telegram activity", on=page)
    told = await tomorrow(story, anna, DUE)
    await that_day(story, DUE)
    await anna.sees("this check isn't on offer at the moment", after=told)
    assert len(story.world.ekyc.posts) == 1


async def test_new_terms_are_agreed_to_first(story: Story) -> None:
    """Protects consent: under terms that changed since nothing starts before they are agreed to."""
    anna = await story.says_hello()
    await finishes(anna)
    await schedules(anna)
    story.consent_version = 1
    await story.restarts()
    told = await tomorrow(story, anna, DUE)
    await that_day(story, DUE)
    await anna.sees("a limit or the terms are in the way", after=told)
    assert len(story.world.ekyc.posts) == 1
    quote = await anna.sees("go to the service", after=told)
    await anna.presses("Start", on=quote)
    await anna.presses("I confirm", on=quote)
    await anna.receives_file()


async def test_who_blocked_the_bot_gets_one_list_when_they_are_back(story: Story) -> None:
    """Protects money and patience: nothing is begun for nobody, then once, a day after a word."""
    anna = await story.says_hello()
    await finishes(anna)
    await schedules(anna)
    anna.blocks_bot()
    await comes(story, DUE + 100 * DAY)
    assert len(story.world.ekyc.posts) == 1
    anna.unblocks_bot()
    told = await anna.sees("Tomorrow, Apr 2, 2027")
    await comes(story, story.clock.now() + DAY + 60)
    await anna.receives_file()
    assert "next on Apr 22, 2027" in told.shown
    await comes(story, story.clock.now() + 5 * DAY)
    assert (len(story.world.ekyc.posts), said(anna, "Tomorrow, ")) == (2, 0)
