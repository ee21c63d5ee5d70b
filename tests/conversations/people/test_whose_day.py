"""Whose day a check or a lookup counts for, and who may start one at that very moment."""

import pytest

from sandbox.http import faults
from sandbox.people.person import Person
from storage.people.people import PersonStanding
from storage.schema.tables import people
from tests.support.stories.crowd import DAY, let_in, quoted
from tests.support.stories.lookups import opens
from tests.support.stories.story import Story
from tests.support.stories.teams import started, submitted

LEFT = "numbers left for you today"


async def left(person: Person, start: int, count: int = 20) -> str:
    """Return what the page before *Start* says of the day, if less than half of it would stay."""
    card = await quoted(person, count, start=start)
    return next((line for line in card.shown.splitlines() if LEFT in line), "")


async def test_whoever_taps_start_pays_from_their_day(story: Story) -> None:
    """Protects people's days from others: an administrator who starts a list of Bob's pays."""
    await story.starts(access="open", daily_numbers=50)
    bob, carol = story.world.person("Bob"), story.world.person("Carol")
    group = story.world.group("Team", carol, [bob])
    card = await submitted(story, bob.within(group))
    await carol.within(group).presses("Telegram activity", on=card)
    await carol.within(group).presses("Start", on=card)
    await carol.within(group).receives_file()
    assert await left(carol, 100) == f"30 of 50 {LEFT}."
    assert not await left(bob, 200)


async def test_send_again_counts_again(story: Story) -> None:
    """Protects the account: a list that is paid twice counts twice, and not beyond the day."""
    await story.starts(access="open", daily_numbers=50)
    bob = story.world.person("Bob")
    story.world.ekyc.faults.add("create", faults.ReplyLost(), times=2)
    card = await quoted(bob, 20)
    await bob.presses("Start", on=card)
    await bob.presses("Send again", on=card)
    await bob.sees("I don't know whether the service took this list", in_message=card)
    await story.passes(1)
    story.world.ekyc.faults.clear()
    answer = await bob.presses("Send again", on=card)
    assert "took what was left for you today" in answer.text
    assert len(story.world.ekyc.posts) == 2
    await bob.presses("Drop it", on=card)
    assert await left(bob, 100) == f"10 of 50 {LEFT}."


async def test_a_free_second_post_is_given_back(story: Story) -> None:
    """Protects people's days: of a list sent twice, the POST that was refused doesn't count."""
    await story.starts(access="open", daily_numbers=50)
    bob = story.world.person("Bob")
    story.world.ekyc.faults.add("create", faults.ReplyLost(), times=1)
    card = await quoted(bob, 20)
    await bob.presses("Start", on=card)
    await bob.sees("I don't know whether", in_message=card)
    story.world.ekyc.faults.add("create", faults.refused(402, "insufficient_balance"), times=1)
    await bob.presses("Send again", on=card)
    await bob.sees("balance", in_message=card)
    assert await left(bob, 100) == f"30 of 50 {LEFT}."


async def test_being_forgotten_buys_nothing(story: Story) -> None:
    """Protects the account: the day's count and an owner's quota outlive /forget; days renew it."""
    await story.says_hello()
    await story.restarts(access="open", daily_numbers=50)
    bob = await let_in(story, "Bob")
    await started(story, bob)
    await bob.receives_file()
    assert await left(bob, 100) == f"30 of 50 {LEFT}."
    await bob.sends("/forget")
    await bob.presses("Erase everything")
    await bob.sends("/start")
    assert await left(bob, 200) == f"30 of 50 {LEFT}."
    shown = await story.anna.sees("Gone by their own wish", after=await story.anna.sends("/people"))
    assert "in the last 30 days: 1" in shown.shown
    story.clock.jump(DAY)
    assert not await left(bob, 300)
    assert story.app is not None
    people_ = story.app.ctx.people
    await people_.consent(bob.id, "Bob")
    await people_.set_quota(bob.id, 1000)
    await bob.sends("/forget")
    await bob.presses("Erase everything")
    assert not await left(bob, 400, count=40), "a thousand, as the owner said"


async def test_lookups_have_a_day_of_their_own(story: Story) -> None:
    """Protects the instances' limit from one person, also from one who is forgotten and returns."""
    await opens(story, daily_lookups=3)
    bob = story.world.person("Bob")
    asked = await bob.sends("/check +447400000001 +447400000002")
    await bob.sees("2 of 2 looked up", after=asked)
    for again in range(2):
        asked = await bob.sends("/check +447400000003 +447400000004")
        await bob.sees("more than a person may look up one by one in a day", after=asked)
        if not again:
            await bob.sends("/forget")
            await bob.presses("Erase everything")
            await bob.sees("erased")
    story.clock.jump(DAY)
    asked = await bob.sends("/check +447400000003 +447400000004")
    await bob.sees("2 of 2 looked up", after=asked)


@pytest.mark.parametrize("standing", [PersonStanding.REMOVED, PersonStanding.GUEST])
async def test_access_is_read_where_a_check_starts(
    story: Story, monkeypatch: pytest.MonkeyPatch, standing: PersonStanding
) -> None:
    """Protects the account from a tap that came in just before its person was removed."""
    await story.says_hello()
    await story.restarts()
    bob = await let_in(story, "Bob")
    card = await quoted(bob, 20)
    assert story.app is not None
    database, desk = story.app.database, story.app.ctx.desk
    start = type(desk).start

    async def removed_meanwhile(_: object, *args: object) -> bool:
        async with database.write() as connection:
            where = people.c.person_id == bob.id
            await connection.execute(people.update().where(where).values(standing=standing))
        return await start(desk, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(type(desk), "start", removed_meanwhile)
    answer = await bob.presses("Start", on=card)
    assert "no access to this bot any more" in answer.text
    await story.passes(60)
    assert not story.world.ekyc.posts
