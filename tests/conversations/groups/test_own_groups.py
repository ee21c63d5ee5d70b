"""Administrators of a group of their own, who forge what other chats' cards carry."""

from tests.support.stories.crowd import let_in, quoted
from tests.support.stories.steps import started
from tests.support.stories.story import Story
from tests.support.stories.teams import named


async def test_who_rules_a_group_rules_no_other_chats_lists(story: Story) -> None:
    """Protects lists, money and answers: whose list it is decides the list's chat, not theirs."""
    card = await started(story)
    await story.anna.receives_file()
    bob = await let_in(story, "Bob")
    own = story.world.group("Bob's own", bob, [])
    there = bob.within(own)
    open_quote = await quoted(story.anna, 30, 100)
    await there.sends(named(story, "/settings"))
    stage = await there.sees("Who may hand in")
    result = next(each for each in story.anna.messages if each.by_bot and each.document)
    forged = {
        str(button["callback_data"])
        for message in (card, result, open_quote)
        for row in message.content.keyboard
        for button in row
        if "callback_data" in button
    }
    assert len(forged) > 5
    await story.passes(60)  # until nothing is brought up to date any more
    shown = [message.shown for message in story.anna.messages]
    for data in sorted(forged):
        await there.forges(data, on=stage)
    await story.passes(60)
    assert not [each for each in own.messages if each.by_bot and (each.document or each.photo)]
    assert len(story.world.ekyc.posts) == 1
    assert [message.shown for message in story.anna.messages] == shown
    told = " ".join(each.shown for each in own.messages if each.by_bot)
    assert "numbers.txt" not in told
