"""The life of a group: the bot is added, removed, muted, the group migrates, topics end."""

from sandbox.people.group import Group
from sandbox.people.person import Person
from tests.support.stories.crowd import labels, let_in
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story
from tests.support.stories.teams import FILE, READY, named, said, sets, started, submitted

OTHERS = "\n".join(numbers(20, 100)).encode()


async def test_who_may_add_the_bot(story: Story) -> None:
    """Protects the operator's money: strangers can't add the bot to their own groups."""
    await story.starts()
    bob = await let_in(story, "Bob")
    mallory = story.world.person("Mallory")
    theirs = story.world.group("Theirs", mallory, kind="group", bot="left")
    theirs.adds_bot(mallory)
    await mallory.within(theirs).sees("I only stay in groups to which somebody added me")
    await story.passes(20)
    assert theirs.chat.bot_status == "left"
    assert len([each for each in theirs.messages if each.by_bot]) == 1
    mute = story.world.group("Mute", mallory, bot="left")
    mute.mutes_bot(mallory)  # it may not write from the first moment on
    await story.passes(20)
    assert mute.chat.bot_status == "left"
    team = story.world.group("Team", mallory, [bob], bot="left")
    team.adds_bot(bob)
    await bob.within(team).sees("twenty messages a minute")
    await mallory.within(team).sends(f"{named(story)} {numbers(1)[0]}")
    await mallory.within(team).sees("you may not hand in numbers here")
    await started(story, bob.within(team))
    team.removes_bot(mallory)
    await story.passes(300)
    assert not [each for each in team.messages if each.document and each.by_bot]
    team.adds_bot(bob)
    await bob.within(team).receives_file()
    await bob.within(team).sees("Done")


async def test_a_topic_that_is_closed_or_deleted_loses_nothing(story: Story) -> None:
    """Protects results in a forum: what can't go to its topic goes to the general one."""
    await story.says_hello()
    story.world.ekyc.pace.per_second = 0.5
    group = story.world.group("Team", story.anna, forum=True)
    closed = group.opens_topic("Closed")
    there = story.anna.within(group, closed)
    await started(story, there)
    await there.sees("of 20")
    group.closes_topic(closed)
    file = await there.receives_file()
    assert (file.message.thread_id, file.message.reply_to) == (None, None)
    await there.sees("Done")
    gone = group.opens_topic("Gone")
    there = story.anna.within(group, gone)
    await there.uploads("gone.txt", FILE, caption=named(story))
    group.deletes_topic(gone)
    card = await there.sees(f"gone.txt: {READY}")
    assert (card.thread_id, card.reply_to) == (None, None)


async def moved(story: Story, group: Group, person: Person, **how: bool) -> Person:
    """Turn the group into a supergroup; return the person in it."""
    group.becomes_supergroup(**how)
    await story.passes(20)
    return person.within(group)


async def test_a_group_that_moves_before_a_check(story: Story) -> None:
    """Protects a list whose group gets another id: its card goes there, with all decisions."""
    await story.starts()
    bob = await let_in(story, "Bob")
    carol = story.world.person("Carol")
    group = story.world.group("Team", carol, [bob], kind="group", bot="left")
    group.adds_bot(bob)
    await sets(carol.within(group), "Checks", "✓ Band")
    await submitted(story, bob.within(group))
    # Telegram reports that the bot was added, by a person who may not add it.
    there = await moved(story, group, bob, joined=True)
    card = await there.sees(READY)
    assert group.chat.bot_status == "member"
    assert "Band" not in labels(card)
    await there.presses("Telegram activity", on=card)
    await there.presses("Start", on=card)
    await there.receives_file()
    later = await submitted(story, there, "later.txt")
    assert later.reply_to is not None


async def test_a_group_that_moves_during_and_after_checks(story: Story) -> None:
    """Protects running checks: a migration, by message or refused call, moves them along."""
    await story.says_hello()
    for how in ({"told": True}, {"told": False}):
        group = story.world.group("Team", story.anna, kind="group")
        old = story.anna.within(group)
        if how["told"]:
            await started(story, old, "done.txt")
            await old.receives_file()
            await old.receives_picture()
            await old.sees("done.txt · Telegram activity\n✅ Done")
        story.world.ekyc.pace.per_second = 0.5
        await started(story, old, "running.txt", OTHERS)
        await old.sees("of 20")
        there = await moved(story, group, story.anna, **how)
        await there.receives_file()
        await there.sees("running.txt · Telegram activity\n✅ Done")
        assert not said(there, "done.txt")
        if how["told"]:
            await there.sends(named(story, "/tasks"))
            await there.presses("done.txt")
            await there.presses("Send the file again", on=await there.sees("done.txt"))
            await there.receives_file()
    assert len(story.world.ekyc.posts) == 3


async def test_a_bot_that_may_not_write_waits(story: Story) -> None:
    """Protects results in a group that muted the bot: they arrive once it may write again."""
    await story.says_hello()
    story.world.ekyc.pace.per_second = 0.5
    group = story.world.group("Team", story.anna)
    there = story.anna.within(group)
    await started(story, there)
    await there.sees("of 20")
    group.mutes_bot(story.anna, told=False)
    await story.passes(120)
    calls = len(story.world.telegram.calls)
    await story.passes(600)
    assert len([call for call in story.world.telegram.calls[calls:] if call.chat_id]) == 0
    group.unmutes_bot(story.anna)
    await there.receives_file()
    await there.sees("Done")
