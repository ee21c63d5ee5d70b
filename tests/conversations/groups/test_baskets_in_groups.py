"""A list that is kept in a group is one person's, in one topic."""

from tests.support.stories.baskets import asks_for_many, keeps, sends_file
from tests.support.stories.crowd import let_in
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story
from tests.support.stories.teams import named


async def test_a_basket_is_of_one_person_and_topic(story: Story) -> None:
    """Protects a group's lists from each other: nobody else's numbers and topics join in."""
    await asks_for_many(story)
    bob = await let_in(story, "Bob")
    group = story.world.group("Team", story.anna, [bob], forum=True)
    topic, other = group.opens_topic("Lists"), group.opens_topic("Other")
    anna, check = story.anna.within(group, topic), named(story)
    card = await keeps(anna, caption=check)
    assert f"/check@{story.world.bot_username}" in card.shown
    apart = await sends_file(story.anna.within(group, other), "a.txt", 5, 20, caption=check)
    theirs = await sends_file(bob.within(group, topic), "b.txt", 5, 20, caption=check)
    alone = await sends_file(story.anna, "c.txt", 5, 20)
    assert not [each for each in (apart, theirs, alone) if "Added" in each.shown]
    assert "20 of 50 for Band" in card.shown
    await anna.sends(f"{check} {numbers(1, 20)[0]}")
    await anna.sees("21 of 50 for Band", in_message=card)
    assert story.world.green.asked == []
    answer = await bob.within(group, topic).presses("Don't add more", on=card)
    assert answer.text == "This card belongs to somebody else."
    await sends_file(anna, "d.txt", 29, 21, caption=check)
    await anna.sees("Enough for Band", in_message=card)
    await anna.presses("Band: see the price", on=card)
    await anna.presses("Start", on=card)
    await anna.receives_file()
    assert story.world.ekyc.tasks[0].numbers == numbers(50)
