"""Telegram down, messages that can't be edited, deleted accounts, and a very busy group."""

import pytest

from sandbox.http import faults
from sandbox.telegram.methods import SAID
from tests.support.stories.crowd import let_in
from tests.support.stories.faulting import cards, got_it_once
from tests.support.stories.lists import numbers
from tests.support.stories.lookups import leaps
from tests.support.stories.steps import started
from tests.support.stories.story import Story

PEOPLE, MINUTE = 5, 60
HEAD = "numbers.txt · Telegram activity"


async def test_a_card_too_old_to_edit_is_sent_anew_once(story: Story) -> None:
    """Protects a person who watches: one new card, which counts on, and no flood of cards."""
    story.world.ekyc.pace.per_second = 1
    card = await started(story, 100)
    await story.anna.sees("of 100", in_message=card)
    old = card.shown
    refused = faults.Refuse("Bad Request: message can't be edited")
    story.world.telegram.faults.add("editMessageText", refused, times=1)
    await story.anna.receives_file()
    await story.anna.sees("Done")
    assert card.shown == old
    first, second = cards(story, HEAD)
    assert first is card
    assert "✅ Done · 100 numbers checked" in second.shown
    got_it_once(story)


async def test_an_hour_without_telegram_loses_no_result(story: Story) -> None:
    """Protects a file that became ready during an outage: it arrives by itself, once."""
    story.world.ekyc.pace.per_second = 1
    card = await started(story, 100)
    await story.anna.sees("of 100", in_message=card)
    await story.world.telegram.goes_down()
    await story.passes(3600)
    assert story.world.storage.fetches
    await story.world.telegram.comes_back()
    await story.anna.receives_file()
    await story.anna.sees("Done", in_message=card)
    got_it_once(story)


@pytest.mark.parametrize(("code", "words"), [(400, "Logged out"), (401, "Unauthorized")])
async def test_an_hour_in_which_the_bot_is_refused_loses_nothing(
    story: Story, code: int, words: str
) -> None:
    """Protects file, picture and notes while a bot is moved: each comes afterwards, once."""
    story.world.ekyc.pace.per_second = 1
    card = await started(story, 100)
    other = await let_in(story, "Bob")
    await story.anna.sees("of 100", in_message=card)
    refused = faults.Refuse(words, code)
    places = ("sendMessage", "editMessageText", "editMessageMedia", "sendDocument", "sendPhoto")
    off = [story.world.telegram.faults.add(place, refused, times=None) for place in places]
    story.world.ekyc.faults.add("status", faults.refused(401, "unauthorized"), times=1)
    await other.uploads("numbers.txt", "\n".join(numbers(30, 200)).encode())
    await story.passes(3600)
    assert story.world.storage.fetches
    for fault in off:
        fault.off()
    await story.anna.receives_file()
    await story.anna.sees("Done", in_message=card)
    await other.sees("30 numbers ready")
    await story.anna.sees("refuses this bot's key")
    await story.world.until(lambda: any(m.photo for m in story.anna.messages) or None, "a picture")
    got_it_once(story)


async def test_a_webhook_that_somebody_set_is_taken_off(story: Story) -> None:
    """Protects people from a bot that gets nothing any more: somebody with the token set it."""
    anna = await story.says_hello()
    assert story.app is not None
    await story.app.bot.set_webhook("https://somebody.example/hook")
    asked = await anna.sends("/tasks")
    await anna.sees("Nothing here yet", after=asked)


async def test_a_deleted_account_is_left_alone(story: Story) -> None:
    """Protects Telegram from useless calls, and the result for a person who comes back."""
    story.world.ekyc.pace.per_second = 1
    card = await started(story, 60)
    await story.anna.sees("of 60", in_message=card)
    gone = faults.Refuse("Forbidden: user is deactivated", 403)
    fault = story.world.telegram.faults.add("*", gone, times=None, chat=story.anna.id)
    await story.passes(300)
    assert story.world.storage.fetches
    calls = len(story.world.telegram.calls)
    await leaps(story, 1800)
    assert not [each for each in story.world.telegram.calls[calls:] if each.chat_id]
    fault.off()
    await story.anna.sends("/tasks")
    await story.anna.receives_file()
    await story.anna.sees("Done", in_message=card)
    got_it_once(story)


async def test_checks_at_once_keep_to_a_groups_minutes(story: Story) -> None:
    """Protects a group from flood limits: five lists at once, and each gets its file."""
    story.world.ekyc.price = 0.00035  # as listed: nobody is asked again for a price learnt since
    await story.starts(access="open")
    people = [story.world.person(f"P{place}") for place in range(PEOPLE)]
    group = story.world.group("Team", people[0], people[1:])
    there = [person.within(group) for person in people]
    for place, each in enumerate(there):
        text = "\n".join(numbers(5, 50 * place)).encode()
        await each.uploads(f"{each.name}.txt", text, f"/check@{story.world.bot_username}")
    for button in ("Telegram activity", "Start"):
        for each in there:
            card = await each.sees(f"{each.name}.txt")
            await each.presses(button, on=card)
    for each in there:
        await each.sees(f"{each.name}.txt · Telegram activity\n✅ Done")
    files = [each.document.data for each in group.messages if each.by_bot and each.document]
    assert sorted(files) == sorted(task.result_bytes for task in story.world.ekyc.tasks)
    assert len(files) == len(story.world.ekyc.posts) == PEOPLE
    assert not story.world.telegram.floods
    calls = [each for each in story.world.telegram.calls if each.chat_id == group.id]
    times = [each.time for each in calls if each.method in SAID]
    assert len(times) > 20
    assert all(times[at + 20] - times[at] >= MINUTE for at in range(len(times) - 20))
