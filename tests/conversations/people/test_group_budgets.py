"""Budgets of groups that near their end: owners are told, once a period."""

from pathlib import Path

from sandbox.people.person import Person
from tests.support.stories.costs import own_prices
from tests.support.stories.crowd import DAY, said, two_owners
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story
from tests.support.stories.teams import named, started

PRICED = "[tg_active]\nprice = 40\n"
NEARLY = "The group Team has 0.20 USD left of its budget for today (1.00 USD)."
SPENT = "The budget of the group Team for today (1.00 USD) is used up."


async def team(story: Story) -> tuple[Person, Person]:
    """Give a new group a dollar a day; return Bob and Anna there."""
    anna, bob = story.anna, story.world.person("Bob")
    group = story.world.group("Team", bob, [anna], bot="left")
    group.adds_bot(bob)
    await bob.within(group).sees("I check lists of phone numbers, also here")
    page = await anna.sees("1. Team", after=await anna.sends("/groups"))
    await anna.presses("Team", on=page)
    await anna.presses("Daily budget", on=page)
    await anna.presses("1 USD", on=page)
    await anna.sees("Spent today: 0.00 USD of 1.00 USD", in_message=page)
    return bob.within(group), anna.within(group)


async def test_owners_hear_that_a_group_nears_its_budget(story: Story, tmp_path: Path) -> None:
    """Protects owners from a team that stands still: nobody in the group can set its budget."""
    file = own_prices(tmp_path, PRICED)
    olga = await two_owners(story, access="open", checkers_file=file)
    bob, anna = await team(story)
    await started(story, bob)
    await bob.receives_file()
    for owner in (story.anna, olga):
        await owner.sees(f"{NEARLY} It begins anew at midnight UTC.")
    assert said(bob, "budget for today (1.00 USD)") == 0
    # Owners have no limit; what they start in a group counts for it.
    await started(story, anna, data="\n".join(numbers(20, 100)).encode())
    await anna.receives_file()
    for owner in (story.anna, olga):
        await owner.sees(SPENT)
    await started(story, anna, data="\n".join(numbers(20, 200)).encode())
    await anna.receives_file()
    await story.restarts()
    assert (said(olga, NEARLY), said(olga, SPENT)) == (1, 1)
    story.clock.jump(DAY)
    await started(story, bob, data="\n".join(numbers(20, 300)).encode())
    await bob.receives_file()
    await story.passes(60)
    assert (said(olga, NEARLY), said(olga, SPENT)) == (2, 1)


async def test_owners_hear_of_it_by_what_the_service_took(story: Story) -> None:
    """Protects owners from surprises: the list price was about, and the service took more."""
    await story.starts(access="open")
    bob, _ = await team(story)
    story.world.ekyc.price = 0.032
    file = "\n".join(numbers(25)).encode()
    sent = await bob.uploads("list.txt", file, caption=named(story))
    card = await bob.sees("25 numbers ready", after=sent)
    await bob.presses("Telegram activity", on=card)
    await bob.presses("Start", on=card)
    await bob.receives_file()
    await story.anna.sees(NEARLY)
