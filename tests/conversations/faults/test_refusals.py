"""Chats that refuse everything, in whatever words: they are left alone until they speak."""

import pytest

from sandbox.http import faults
from sandbox.telegram.methods import SAID
from sandbox.telegram.store.chats import Message
from tests.support.stories.faulting import cards, got_it_once
from tests.support.stories.lookups import leaps
from tests.support.stories.steps import files_of, pictures_of
from tests.support.stories.steps import started as started_by_anna
from tests.support.stories.story import Story
from tests.support.stories.teams import started

LASTING = ["CHANNEL_PRIVATE", "group chat was deactivated", "bot is not a member of the group chat"]
HOUR = 3600


@pytest.mark.parametrize("words", LASTING)
async def test_a_chat_that_is_gone_is_left_alone_until_it_speaks(story: Story, words: str) -> None:
    """Protects Telegram from a call each ten seconds, and the result for when the chat is back."""
    story.world.ekyc.pace.per_second = 1
    await story.says_hello()
    group = story.world.group("Team", story.anna)
    there = story.anna.within(group)
    card = await started(story, there)
    await there.sees("of 20", in_message=card)
    refused = faults.Refuse(f"Bad Request: {words}")
    fault = story.world.telegram.faults.add("*", refused, times=None, chat=group.id)
    await story.passes(300)
    assert story.world.storage.fetches
    assert not story.world.telegram.made("sendDocument")
    calls = len(story.world.telegram.calls)
    await leaps(story, HOUR)
    assert not [each for each in story.world.telegram.calls[calls:] if each.chat_id == group.id]
    fault.off()
    await there.sends("/tasks")
    file = await there.receives_file()
    await there.sees("Done", in_message=card)
    assert [file.data] == [task.result_bytes for task in story.world.ekyc.tasks]


async def test_a_refusal_in_words_of_tomorrow_is_asked_ever_less_often(story: Story) -> None:
    """Protects Telegram from a loop over what nobody foresaw; the result comes when it is over."""
    story.world.ekyc.pace.per_second = 1
    await started_by_anna(story)
    await story.anna.sees("of 20")
    refused = faults.Refuse("Bad Request: SOMETHING_NEW")
    fault = story.world.telegram.faults.add(SAID, refused, times=None, chat=story.anna.id)
    await story.passes(HOUR)
    calls = len(story.world.telegram.calls)
    for _ in range(60):
        await leaps(story, 60)
    later = [each for each in story.world.telegram.calls[calls:] if each.method in SAID]
    assert 1 <= len(later) <= 30
    fault.off()
    await story.anna.receives_file()
    await story.anna.sees("Done")
    assert len(cards(story, "numbers.txt")) == 1
    got_it_once(story)


async def test_the_picture_waits_for_a_chat_that_is_gone(story: Story) -> None:
    """Protects the picture: the chat is refused, not the picture."""
    refused = faults.Refuse("Bad Request: PEER_ID_INVALID")
    await story.says_hello()

    def watch(kind: str, _: object, message: Message) -> None:
        if kind == "new" and "the picture comes" in message.shown:
            faulty.append(
                story.world.telegram.faults.add("*", refused, times=None, chat=story.anna.id)
            )

    faulty: list[object] = []
    story.world.state.watchers.append(watch)
    await started_by_anna(story)
    await story.anna.sees("the picture comes")
    await story.passes(600)
    assert (pictures_of(story), files_of(story)) == ([], [])
    story.world.telegram.faults.clear()
    await story.anna.sends("/tasks")
    await story.anna.receives_picture()
    await story.anna.receives_file()
    assert len(files_of(story)) == 1
