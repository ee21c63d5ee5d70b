"""The never-check list of a group: whose it is, who empties it, and when it ends."""

import sqlalchemy as sa

from sandbox.people.group import Group
from sandbox.people.person import Person
from storage.schema import tables
from tests.support.stories.excluding import empties, never_checks, sends
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story
from tests.support.stories.teams import named, sets

DAY = 86_400.0
NEVER, ALL = numbers(12), numbers(20)


async def owners(story: Story) -> list[int]:
    """Return the owners of what is stored."""
    assert story.app is not None
    async with story.app.database.read() as connection:
        return list((await connection.execute(sa.select(tables.exclusions.c.owner_id))).scalars())


async def in_a_group(story: Story, *, privately: bool = False) -> tuple[Group, Person, Person]:
    """Make a group; return it, Bob, a member, and Carol, its administrator."""
    await story.starts(access="open")
    bob, carol = story.world.person("Bob"), story.world.person("Carol")
    for person in (bob, carol):
        await person.sends("/start")
    group = story.world.group("Team", carol, [bob], kind="group")
    if privately:
        await sets(carol.within(group), "Where results go", "privately")
    await never_checks(bob.within(group), NEVER, caption=named(story))
    return group, bob, carol


async def test_it_holds_for_all_of_the_group(story: Story) -> None:
    """Protects a team: what one of them never wants checked, the others don't check there."""
    group, bob, carol = await in_a_group(story)
    assert await owners(story) == [group.id]
    card = await sends(carol.within(group), "all.txt", ALL, "8 numbers ready", caption=named(story))
    assert "12 numbers are on your never-check list" in card.shown
    await sends(bob, "own.txt", ALL, "own.txt: 20 numbers ready")


async def test_it_is_each_ones_own_where_results_are(story: Story) -> None:
    """Protects people from one another where the group keeps their results apart."""
    group, bob, carol = await in_a_group(story, privately=True)
    assert await owners(story) == [bob.id]
    await sends(carol.within(group), "c.txt", ALL, "20 numbers ready", caption=named(story))
    await sends(bob, "own.txt", ALL, "own.txt: 8 numbers ready")
    asked = await bob.sends("/privacy")
    await bob.sees("On the never-check list: 12 numbers", after=asked)


async def test_administrators_empty_it(story: Story) -> None:
    """Protects a group from a member who would have everything checked again."""
    group, bob, carol = await in_a_group(story)
    asked = await carol.within(group).sends(named(story, "/settings"))
    page = await carol.within(group).sees("On the never-check list: 12 numbers", after=asked)
    answer = await bob.within(group).presses("Empty the never-check list", on=page)
    assert "Only administrators" in answer.text
    await empties(carol.within(group), page)
    assert await owners(story) == []


async def test_it_moves_along_with_the_group(story: Story) -> None:
    """Protects the wish of a group that becomes a supergroup."""
    group, bob, _ = await in_a_group(story)
    group.becomes_supergroup()
    there = bob.within(group)
    await sends(there, "all.txt", ALL, "8 numbers ready", caption=named(story))
    assert await owners(story) == [group.id]


async def test_forget_takes_ones_own_out_of_the_group(story: Story) -> None:
    """Protects the right to be forgotten: what somebody named for a group goes with them."""
    _, bob, _ = await in_a_group(story)
    await bob.sends("/forget")
    await bob.presses("Erase everything")
    await bob.sees("is erased")
    assert await owners(story) == []


async def test_it_outlives_a_removal_for_a_month(story: Story) -> None:
    """Protects a group whose bot was removed by mistake, and privacy where it stays away."""
    group, _, carol = await in_a_group(story)
    group.removes_bot(carol)
    await story.passes(29 * DAY)
    assert await owners(story) == [group.id]
    await story.passes(3 * DAY)
    assert await owners(story) == []
