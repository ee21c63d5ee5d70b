"""Messages that somebody deletes: what the bot announced still comes, once, and nothing loops."""

import pytest

from bot import context
from sandbox.http import faults
from sandbox.telegram.store.chats import Chat, Message
from tests.support.stories.lists import numbers
from tests.support.stories.steps import files_of, pictures_of, started
from tests.support.stories.story import Story
from tests.support.stories.teams import said


def deletes_first(story: Story, text: str) -> list[Message]:
    """Delete the first message of the bot that shows the text, at once; return what was deleted."""
    gone: list[Message] = []

    def watch(kind: str, chat: Chat, message: Message) -> None:
        del kind, chat
        if message.by_bot and text in message.shown and not gone:
            gone.append(message)
            message.deleted = True

    story.world.state.watchers.append(watch)
    return gone


@pytest.mark.parametrize("notice", ["the result is ready", "the picture comes in a moment"])
async def test_an_announcement_that_was_deleted(story: Story, notice: str) -> None:
    """Protects the file and the picture: each is announced once more, and comes once."""
    gone = deletes_first(story, notice)
    await started(story)
    file = await story.anna.receives_file()
    await story.anna.receives_picture()
    assert file.data == story.world.ekyc.tasks[0].result_bytes
    await story.passes(600)
    assert len(gone) == 1
    assert (len(files_of(story)), len(pictures_of(story))) == (1, 1)
    assert not story.world.telegram.made("sendDocument")


async def test_the_announcement_of_a_part_that_was_deleted(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects a result in parts: the part is announced once more, and each comes once."""
    monkeypatch.setattr(context, "CLOUD_UPLOAD", 1500)
    deletes_first(story, "part 2 of")
    await started(story, 900, "Active number")
    await story.anna.sees("Done")
    parts = files_of(story)
    assert len(parts) > 1
    assert len(set(parts)) == len(parts)


def deletes_always(story: Story, text: str, *, until: str) -> list[Message]:
    """Delete each message of the bot that shows the text, without `until`; return the deleted."""
    gone: list[Message] = []

    def watch(kind: str, chat: Chat, message: Message) -> None:
        del kind, chat
        if message.by_bot and text in message.shown and until not in message.shown:
            gone.append(message)
            message.deleted = True

    story.world.state.watchers.append(watch)
    return gone


async def test_a_card_that_is_deleted_again_and_again(story: Story) -> None:
    """Protects from pings whoever doesn't want to watch; that it ended is shown all the same."""
    story.world.ekyc.pace.per_second = 1
    await story.says_hello()
    gone = deletes_always(story, "of 200", until="✅")
    await started(story, 200)
    await story.anna.receives_file()
    done = await story.anna.sees("Done · 200 numbers checked")
    assert len(gone) == 2
    assert not done.deleted
    assert len([each for each in story.anna.messages if each.by_bot and each.document]) == 1


async def test_a_lookup_whose_card_is_deleted_again_and_again(story: Story) -> None:
    """Protects in the same way whoever waits for the answer about a number."""
    anna = await story.says_hello()
    story.world.green.faults.add("*", faults.Answer(503), times=20)
    gone = deletes_always(story, "+447400000000", until="✅")
    await anna.sends(f"/check {numbers(1)[0]}")
    for _ in range(20):
        await story.passes(300)
    assert len(gone) == 2
    about_it = [each.shown for each in anna.messages if each.by_bot and not each.deleted]
    about_it = [shown for shown in about_it if "+447400000000" in shown]
    assert "Telegram account" in about_it[-1]  # an owner's note may come before it, or after


async def test_an_answer_to_a_message_that_was_deleted(story: Story) -> None:
    """Protects a question whose message was cleaned away: it is answered all the same."""
    await story.says_hello()
    group = story.world.group("Team", story.anna)
    there = story.anna.within(group)
    there.deletes(await there.sends(f"/check@{story.world.bot_username} hello"))
    answer = await there.sees("There are no numbers in that")
    assert answer.reply_to is None
    assert not said(there, "went wrong")
