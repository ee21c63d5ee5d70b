"""Groups that are paused: whoever added the bot there has no access any more."""

import pytest

from checking.people import People
from sandbox.http import faults
from sandbox.people.group import Group
from sandbox.people.person import Person
from tests.support.stories.crowd import DAY, let_in
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story
from tests.support.stories.teams import FILE, named, said, started, submitted

PAUSED = "I am paused here"


async def team(story: Story, **kind: str) -> tuple[Group, Person, Person]:
    """Bob adds the bot to a group that Carl is in; return it, Bob, and Carl within it."""
    await story.says_hello()
    bob, carl = await let_in(story, "Bob"), await let_in(story, "Carl")
    group = story.world.group("Team", bob, [carl], bot="left", **kind)
    group.adds_bot(bob)
    there = carl.within(group)
    await there.sees("I check lists of phone numbers, also here")
    return group, bob, there


async def decides(story: Story, person: str, decision: str, became: str) -> None:
    """Anna decides about a person on the page of people."""
    page = await story.anna.sees("People", after=await story.anna.sends("/people"))
    await story.anna.presses(f"· {person}", on=page)
    await story.anna.presses(decision, on=await story.anna.sees(f"{person} (id", in_message=page))
    await story.anna.sees(became, in_message=page)


async def test_a_group_rests_while_who_added_it_is_removed(story: Story) -> None:
    """Protects the operator's money: who is removed takes their groups along, until let in."""
    _, _, there = await team(story)
    story.world.ekyc.pace.per_second = 0.5
    running = await started(story, there, "running.txt")
    await there.sees("running.txt · Telegram activity\n", in_message=running)
    waiting = await submitted(story, there, "waiting.txt")
    await there.presses("Telegram activity", on=waiting)
    await decides(story, "Bob", "Remove", "removed, since")
    posts = len(story.world.ekyc.posts)
    asked = await there.uploads("new.txt", FILE, caption=named(story))
    assert (await there.sees(PAUSED, after=asked)).reply_to is asked
    asked = await there.sends(f"{named(story)} {numbers(1, 500)[0]}")
    assert (await there.sees(PAUSED, after=asked)).reply_to is asked
    answer = await there.presses("Start", on=waiting)
    assert answer.text.startswith("⏸ I am paused here")
    assert answer.show_alert
    await there.receives_file()
    await there.sees("Done", in_message=running)
    assert (len(story.world.ekyc.posts), said(there, "new.txt")) == (posts, [])
    await decides(story, "Bob", "Let in", "member, since")
    await there.presses("Start", on=waiting)
    await there.receives_file()
    await submitted(story, there, "new.txt")


async def test_somebody_else_takes_a_paused_group_over(story: Story) -> None:
    """Protects a group from the fate of one member: who has access may add the bot again."""
    group, bob, there = await team(story)
    await decides(story, "Bob", "Remove", "removed, since")
    await there.sees(PAUSED, after=await there.sends(f"{named(story)} {numbers(1)[0]}"))
    story.clock.jump(7 * DAY + 1)
    await bob.presses(
        "Ask for access", on=await bob.sees("Or tap", after=await bob.sends("/start"))
    )
    await there.sees(PAUSED, after=await there.sends(f"{named(story)} {numbers(1)[0]}"))
    group.removes_bot(bob)
    group.adds_bot(there)
    await submitted(story, there)


async def test_a_paused_group_that_moves_is_still_paused(story: Story) -> None:
    """Protects results on their way: the bot stays in a paused group that becomes a supergroup."""
    group, _, there = await team(story, kind="group")
    story.world.ekyc.pace.per_second = 0.5
    await started(story, there)
    await there.sees("of 20")
    await decides(story, "Bob", "Remove", "removed, since")
    group.becomes_supergroup(joined=True)
    await story.passes(20)
    there = there.within(group)
    await there.receives_file()
    assert group.chat.bot_status == "member"
    await there.sees(PAUSED, after=await there.sends(f"{named(story)} {numbers(1)[0]}"))


async def test_an_unclear_check_is_not_sent_again_while_paused(story: Story) -> None:
    """Protects the operator's money: a second POST is a start, too."""
    _, _, there = await team(story)
    story.world.ekyc.faults.add("create", faults.ReplyLost(), times=1)
    card = await started(story, there)
    await there.sees("I don't know whether the service took", in_message=card)
    await decides(story, "Bob", "Remove", "removed, since")
    assert PAUSED in (await there.presses("Send again", on=card)).text
    await story.passes(60)
    assert len(story.world.ekyc.posts) == 1
    await decides(story, "Bob", "Let in", "member, since")
    await there.presses("Send again", on=card)
    await there.receives_file()


async def test_an_owner_is_never_removed(story: Story) -> None:
    """Protects owners from their past: in OWNER_IDS, being removed earlier counts no more."""
    group, bob, there = await team(story)
    await decides(story, "Bob", "Remove", "removed, since")
    await story.restarts(owner_ids=[story.anna.id, bob.id])
    card = await submitted(story, there)
    boss = bob.within(group)
    await boss.presses("Telegram activity", on=card)
    await boss.presses("Start", on=card)
    await there.receives_file()


@pytest.mark.parametrize("wanted", ["list", "start", "lookup"])
async def test_a_removal_elsewhere_pauses_at_once(story: Story, wanted: str) -> None:
    """Protects replicas: a removal by another of them holds in the transaction that decides."""
    _, bob, there = await team(story)
    card = await submitted(story, there)
    await there.presses("Telegram activity", on=card)
    app = story.app
    assert app is not None
    people = app.ctx.people
    if app.database.claims.replica is not None:  # as another replica does it
        owners = frozenset([story.anna.id])
        people = People(database=app.database, clock=story.clock, owners=owners, is_open=False)
    await people.remove(bob.id, by=story.anna.id, by_name="Anna")
    if wanted == "start":
        assert PAUSED in (await there.presses("Start", on=card)).text
    else:
        text = " ".join(numbers(1 if wanted == "lookup" else 12, 300))
        await there.sees(PAUSED, after=await there.sends(f"{named(story)} {text}"))
    await story.passes(30)
    assert (len(story.world.ekyc.posts), said(there, "12 numbers")) == (0, [])
