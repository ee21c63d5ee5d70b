"""Remembered answers in groups: whose they are, and who gets to see them."""

from sandbox.people.group import Group
from sandbox.people.person import Person
from tests.support.stories.lists import numbers
from tests.support.stories.memory import checked, opens
from tests.support.stories.sheets_of import answers_of
from tests.support.stories.story import Story
from tests.support.stories.teams import named, sets

OLD, ALL = numbers(20), numbers(30)


async def in_a_group(story: Story, *, privately: bool) -> tuple[Group, Person, Person]:
    """Make a group; return it, Bob, a member who can be reached, and Carol, its administrator."""
    await story.starts(access="open")
    bob, carol = story.world.person("Bob"), story.world.person("Carol")
    for person in (bob, carol):
        await person.sends("/start")
    group = story.world.group("Team", carol, [bob])
    if privately:
        await sets(carol.within(group), "Where results go", "privately")
    return group, bob, carol


async def test_a_group_shares_what_it_was_told(story: Story) -> None:
    """Protects a team's money: what one of them had checked, the others needn't pay again."""
    group, bob, carol = await in_a_group(story, privately=False)
    await checked(bob.within(group), OLD, caption=named(story))
    card = await opens(carol.within(group), ALL, caption=named(story))
    assert "10 go to the service" in card.shown
    private = await opens(carol, ALL)
    assert "30 numbers go to the service." in private.shown


async def test_private_answers_never_go_to_the_group(story: Story) -> None:
    """Protects a person whose own answers are used in a group that changes its rules meanwhile."""
    group, bob, carol = await in_a_group(story, privately=True)
    await checked(bob, OLD)
    card = await opens(bob.within(group), ALL, caption=named(story))
    assert "10 go to the service" in card.shown
    await sets(carol.within(group), "Where results go", "into this group")
    await bob.within(group).presses("Check the 10", on=card)
    file = await bob.receives_file()
    assert "20 from memory" in file.caption
    await story.passes(600)
    assert not [each for each in group.messages if each.by_bot and each.document]


async def test_what_is_remembered_privately_is_had_privately(story: Story) -> None:
    """Protects the same where nothing goes to the service at all."""
    group, bob, _ = await in_a_group(story, privately=True)
    await checked(bob, OLD)
    card = await opens(bob.within(group), OLD, caption=named(story))
    await bob.within(group).presses("Get the list from memory", on=card)
    assert list(answers_of((await bob.receives_file()).data)) == OLD
    await bob.within(group).sees("The list went to the person who handed in", in_message=card)
    assert not [each for each in group.messages if each.by_bot and each.document]


async def test_somebody_elses_answers_are_not_used(story: Story) -> None:
    """Protects people of a group with private results from each other."""
    group, bob, carol = await in_a_group(story, privately=True)
    await checked(bob, OLD)
    card = await opens(carol.within(group), ALL, caption=named(story))
    assert "30 numbers go to the service." in card.shown


async def test_a_result_for_one_alone_is_not_the_groups_to_remember(story: Story) -> None:
    """Protects a person from a group whose rules changed after their quote."""
    group, bob, carol = await in_a_group(story, privately=True)
    await checked(bob, OLD)
    card = await opens(bob.within(group), ALL, caption=named(story))
    assert "10 go to the service" in card.shown
    await sets(carol.within(group), "Where results go", "into this group")
    await bob.within(group).presses("Check the 10", on=card)
    await bob.receives_file()
    await story.passes(600)
    card = await opens(carol.within(group), ALL[20:], caption=named(story))
    assert "10 numbers go to the service" in card.shown
