"""Schedules in groups: for whoever made them, paused and moved with the group."""

from sandbox.people.group import Group
from sandbox.people.person import Person
from tests.support.stories.crowd import let_in
from tests.support.stories.schedules import asks, at, schedules, that_day, tomorrow
from tests.support.stories.story import Story
from tests.support.stories.teams import named, started

DUE = at(2026, 12, 22)


async def team(story: Story) -> tuple[Group, Person, Person]:
    """Bob's group, in which Carl has had a list checked; return it, and both in it."""
    await story.says_hello()
    bob, carl = await let_in(story, "Bob"), await let_in(story, "Carl")
    group = story.world.group("Team", bob, [carl], kind="group", bot="left")
    group.adds_bot(bob)
    there = carl.within(group)
    await there.sees("I check lists of phone numbers, also here")
    card = await started(story, there, "customers.txt")
    await there.receives_file()
    await there.sees("Done", in_message=card)
    return group, bob.within(group), there


async def decides(story: Story, decision: str) -> None:
    """Anna decides about Bob's access."""
    page = await story.anna.sees("People", after=await story.anna.sends("/people"))
    await story.anna.presses("· Bob", on=page)
    await story.anna.presses(decision, on=await story.anna.sees("Bob (id", in_message=page))
    await story.passes(1)


async def test_a_paused_group_leaves_a_date_out(story: Story) -> None:
    """Protects the operator: where who added the bot was removed nothing begins, with a word."""
    _, _, there = await team(story)
    await schedules(there, by=named(story, "/tasks"))
    told = await tomorrow(story, there, DUE)
    await decides(story, "Remove")
    await that_day(story, DUE)
    await there.sees("Nothing was begun this time: whoever added me", after=told)
    assert len(story.world.ekyc.posts) == 1
    await decides(story, "Let in")
    after = at(2027, 1, 22)
    await tomorrow(story, there, after)
    await that_day(story, after)
    await there.receives_file()
    assert len(story.world.ekyc.posts) == 2


async def test_a_group_that_moves_takes_its_schedules_along(story: Story) -> None:
    """Protects a team: as a supergroup it goes on, with its card in the new chat."""
    group, _, there = await team(story)
    await schedules(there, by=named(story, "/tasks"))
    group.becomes_supergroup()
    await story.passes(20)
    there = there.within(group)
    await there.sees("✅ Set up")
    await tomorrow(story, there, DUE)
    await that_day(story, DUE)
    await there.receives_file()
    assert len(story.world.ekyc.posts) == 2


async def test_a_schedule_obeys_its_person(story: Story) -> None:
    """Protects whose money it is: who has no say there can't have a list begin anew, or stop it."""
    group, _, there = await team(story)
    dave = story.world.person("Dave")
    group.adds(dave)
    stranger = dave.within(group)
    question = await asks(there, by=named(story, "/tasks"))
    for label in ("Every month", "By itself", "Stop"):
        answer = await stranger.presses(label, on=question)
        assert answer.text == "This card belongs to somebody else."
        await there.presses(label, on=question)
        await story.passes(1)
    assert "Stopped" in question.shown
