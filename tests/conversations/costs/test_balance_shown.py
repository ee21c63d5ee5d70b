"""The balance of the account is the owners': others see it only if SHOW_BALANCE is set."""

from sandbox.http import faults
from tests.support.stories.costs import posted
from tests.support.stories.crowd import quoted
from tests.support.stories.story import Story
from tests.support.stories.teams import submitted

BALANCE = "Balance of the account: 1,000.00 USD"
FELL = "The account's balance fell by 0.30 USD meanwhile"


async def test_owners_see_the_balance_and_others_do_not(story: Story) -> None:
    """Protects the operator's account from everybody's eyes, on quotes and unclear checks."""
    await story.starts(access="open")
    bob = story.world.person("Bob")
    assert BALANCE in (await quoted(story.anna, 300)).shown
    assert "Balance" not in (await quoted(bob, 300, start=1000)).shown
    for person in (bob, story.anna):
        story.world.ekyc.faults.add("create", faults.ReplyLost(), times=1)
        card = await posted(person, 300, start=2000)
        await person.sees("most likely the list was taken", in_message=card)
        assert (FELL in card.shown) == (person is story.anna)


async def test_others_see_it_if_the_operator_wants_that(story: Story) -> None:
    """Protects SHOW_BALANCE: teams that share an account see what is left."""
    await story.starts(access="open", show_balance=True)
    bob = story.world.person("Bob")
    assert BALANCE in (await quoted(bob, 300)).shown


async def test_a_group_does_not_see_what_its_owner_may(story: Story) -> None:
    """Protects the account in a group, where everybody reads the owner's card."""
    anna = await story.says_hello()
    group = story.world.group("Team", anna)
    there = anna.within(group)
    card = await submitted(story, there)
    await there.presses("Band", on=card)
    await there.sees("20 numbers go to the service", in_message=card)
    assert "Balance" not in card.shown


async def test_too_little_is_told_to_all(story: Story) -> None:
    """Protects people from a refusal that could be seen coming, though they see no figures."""
    await story.starts(access="open")
    story.world.ekyc.balance = 0.001
    card = await quoted(story.world.person("Bob"), 300)
    assert "The balance may not be enough" in card.shown
    assert "Balance of" not in card.shown
