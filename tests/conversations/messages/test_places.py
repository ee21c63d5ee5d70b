"""Answers stay where they belong: in the topic, below the message, and about what was quoted."""

import json

import pytest

from sandbox.http import faults
from sandbox.people.group import Group
from sandbox.people.person import Person
from sandbox.telegram.store.chats import Chat, Message
from tests.support.stories.lists import numbers
from tests.support.stories.lookups import answers
from tests.support.stories.story import Story
from tests.support.stories.teams import said, started


async def cleaned(story: Story) -> tuple[Group, Person]:
    """Return a group in which another bot deletes what people write, at once."""
    await story.says_hello()
    group = story.world.group("Team", story.anna)

    def clean(kind: str, chat: Chat, message: Message) -> None:
        if kind == "new" and chat is group.chat and not message.by_bot:
            group.cleans(message)

    story.world.state.watchers.append(clean)
    return group, story.anna.within(group)


async def test_every_answer_to_a_message_that_was_cleaned_away(story: Story) -> None:
    """Protects groups whose messages are cleaned at once: each is answered all the same."""
    answers(story)
    group, there = await cleaned(story)
    name = story.world.bot_username
    asked = {
        f"/check@{name}": "There are no numbers in that",
        f"/check@{name} hello 12345": "I didn't find a phone number",
        f"/check@{name} {numbers(1)[0]}": numbers(1)[0],
        f"/settings@{name}": "Settings of this group",
        f"/country@{name}": "country",
        f"/country@{name} Nowhere": "Nowhere",
        f"/help@{name}": "How it works here",
        f"/tasks@{name}": "",
    }
    for text, answer in asked.items():
        await there.sees(answer, after=await there.sends(text))
    await started(story, there)
    await there.receives_file()
    replies = [
        json.loads(each.params["reply_parameters"])
        for each in story.world.telegram.calls
        if each.chat_id == group.id and "reply_parameters" in each.params
    ]
    assert len(replies) > len(asked)
    assert all(each["allow_sending_without_reply"] is True for each in replies)
    assert not [each for each in story.world.telegram.calls if "replied" in each.description]
    assert not said(there, "went wrong")


async def test_a_reply_that_insists_is_refused(story: Story) -> None:
    """Protects the test above: the sandbox refuses what Telegram refuses."""
    anna = await story.says_hello()
    gone = await anna.sends("hello")
    anna.deletes(gone)
    assert story.app is not None
    bot = story.app.bot
    with pytest.raises(Exception, match="message to be replied not found"):
        await bot.send_message(anna.id, "no", reply_to_message_id=gone.message_id)


async def test_country_questions_stay_in_their_topics(story: Story) -> None:
    """Protects forums: two lists ask for a country, and each takes the answer to its own card."""
    await story.says_hello()
    group = story.world.group("Forum", story.anna, forum=True)
    topics = [group.opens_topic(name) for name in ("London", "Paris")]
    national = "\n".join(f"07400 {100000 + 7919 * place % 900000}" for place in range(20))
    cards = []
    for topic in topics:
        there = story.anna.within(group, topic)
        caption = f"/check@{story.world.bot_username}"
        sent = await there.uploads(f"of {topic}.txt", national.encode(), caption=caption)
        card = await there.sees("country", after=sent)
        assert (card.thread_id, card.reply_to) == (topic, sent)
        cards.append(card)
    first = story.anna.within(group, topics[0])
    await first.sends("United Kingdom", reply_to=cards[0])
    await story.world.until(lambda: cards[0].edits or None, "the first card changes")
    await story.passes(20)
    assert [len(card.edits) for card in cards] == [1, 0]
    asked = await first.sends(f"/help@{story.world.bot_username}")
    greeting = await first.sees("How it works here", after=asked)
    await first.sends("Ireland", reply_to=greeting)  # about the list of this topic, not the newest
    await story.passes(20)
    assert [len(card.edits) for card in cards] == [2, 0]


async def test_answers_to_messages_and_taps_stay_in_their_topic(story: Story) -> None:
    """Protects forums: a refused file is told where the button is, a list of checks as a reply."""
    await story.says_hello()
    group = story.world.group("Forum", story.anna, forum=True)
    there = story.anna.within(group, group.opens_topic("Lists"))
    group.forbids_files()
    mixed = "\n".join([*numbers(20), "no number", "neither"]).encode()
    await there.uploads("list.txt", mixed, f"/check@{story.world.bot_username}")
    await there.presses("Show what was left out")
    refused = await there.sees("This group takes no files")
    assert refused.thread_id == there.topic
    asked = await there.sends(f"/tasks@{story.world.bot_username}")
    listed = await there.sees("Nothing here yet", after=asked)
    assert listed.thread_id == there.topic
    assert listed.reply_to is asked


async def test_only_what_is_quoted_is_checked(story: Story) -> None:
    """Protects whoever quotes a part of a long message: the rest of it isn't paid for."""
    answers(story)
    await story.says_hello()
    group = story.world.group("Team", story.anna)
    there = story.anna.within(group)
    many = await there.sends("\n".join(numbers(40)))
    some = "\n".join(numbers(15))
    name = story.world.bot_username
    asked = await there.sends(f"/check@{name}", reply_to=many, quote=some)
    await there.sees("15 numbers ready", after=asked)
    asked = await there.sends(f"/check@{name}", reply_to=many, quote=numbers(1)[0])
    answer = await there.sees(numbers(1)[0], after=asked)
    assert numbers(2)[1] not in answer.shown


async def test_slow_mode_delays_and_loses_nothing(story: Story) -> None:
    """Protects groups in slow mode: one message in a minute, and the result comes once."""
    await story.says_hello()
    group = story.world.group("Team", story.anna)
    group.slows_down(60)
    there = story.anna.within(group)
    await started(story, there)
    asked = await there.sends(f"/help@{story.world.bot_username}")
    await there.sees("How it works here", after=asked)
    file = await there.receives_file()
    assert file.data == story.world.ekyc.tasks[0].result_bytes
    await story.passes(300)
    assert len([each for each in there.messages if each.by_bot and each.document]) == 1


async def test_a_closed_topic_gets_its_answer_in_the_general_one(story: Story) -> None:
    """Protects a result whose topic was closed under its card: card and file come elsewhere."""
    story.world.ekyc.pace.per_second = 1
    await story.says_hello()
    group = story.world.group("Forum", story.anna, forum=True)
    topic = group.opens_topic("Lists")
    there = story.anna.within(group, topic)
    card = await started(story, there)
    await there.sees("of 20", in_message=card)
    group.closes_topic(topic)
    file = await there.receives_file()
    assert file.message.thread_id is None
    assert len([each for each in group.messages if each.by_bot and each.document]) == 1


@pytest.mark.parametrize("words", ["TOPIC_DELETED", "TOPIC_CLOSED", "message thread not found"])
async def test_a_topic_that_is_gone_in_any_words(story: Story, words: str) -> None:
    """Protects an answer to a topic that is gone: it comes in the general one, once."""
    await story.says_hello()
    group = story.world.group("Forum", story.anna, forum=True)
    there = story.anna.within(group, group.opens_topic("Lists"))
    story.world.telegram.faults.add("sendMessage", faults.Refuse(f"Bad Request: {words}"))
    asked = await there.sends(f"/help@{story.world.bot_username}")
    answer = await there.sees("How it works here", after=asked)
    assert answer.thread_id is None
    assert len(said(there, "How it works here")) == 1


async def test_a_file_of_another_topic_is_taken(story: Story) -> None:
    """Protects a reply from one topic to another: Telegram shows its file in a field of its own."""
    await story.says_hello()
    group = story.world.group("Team", story.anna, forum=True)
    lists, talk = (story.anna.within(group, group.opens_topic(name)) for name in ("Lists", "Talk"))
    sent = await lists.uploads("theirs.txt", "\n".join(numbers(20)).encode())
    asked = await talk.sends(f"/check@{story.world.bot_username}", reply_to=sent)
    card = await talk.sees("theirs.txt: 20 numbers ready", after=asked)
    assert (card.thread_id, card.reply_to) == (talk.topic, asked)
