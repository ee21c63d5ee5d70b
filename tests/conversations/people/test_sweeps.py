"""Who tries a range of numbers is refused, however it is split; nobody else is."""

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from structlog.testing import capture_logs

from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from storage.schema.tables import asked_blocks
from tests.support.stories.crowd import DAY
from tests.support.stories.lookups import answers, asked, leaps, opens
from tests.support.stories.story import Story
from tests.support.stories.teams import submitted

REFUSED = "Too many numbers of one range: at most 200 of a thousand"


def block(*places: int, first: int = 447_400_123_000) -> list[str]:
    """Return numbers of one block, by their last three digits."""
    return [f"+{first + place}" for place in places]


async def rows_of(story: Story) -> int:
    """Return how many blocks of people and days are stored."""
    assert story.app is not None
    async with story.app.database.read() as connection:
        query = sa.select(sa.func.count()).select_from(asked_blocks)
        return int((await connection.execute(query)).scalar_one())


async def starts(
    person: Person, numbers: Sequence[str], name: str = "list.txt"
) -> tuple[str, Message]:
    """Send a list and tap Start; return what the tap was answered, and the card."""
    sent = await person.uploads(name, "\n".join(numbers).encode())
    card = await person.sees("ready", after=sent)
    await person.presses("Band", on=card)
    await person.sees("go to the service", in_message=card)
    return (await person.presses("Start", on=card)).text, card


async def gets_a_result(person: Person, numbers: Sequence[str], name: str = "list.txt") -> None:
    """Send a list and have it checked."""
    said, _ = await starts(person, numbers, name)
    assert said == ""
    await person.receives_file()


async def test_gaps_dont_hide_a_sweep(story: Story) -> None:
    """Protects other people's numbers: every second one of a range is a sweep of it, too."""
    with capture_logs() as logs:
        bob = await opens(story)
        said, _ = await starts(bob, block(*range(0, 600, 2)))
        assert REFUSED in said
        assert "Nothing was started or spent" in said
        assert not story.world.ekyc.posts
        # A part of it goes, and what was refused wasn't counted.
        await gets_a_result(bob, block(*range(1, 401, 2)))
        # It holds for owners, too.
        assert REFUSED in (await starts(story.anna, block(*range(0, 600, 2))))[0]
    (line, _) = [each for each in logs if each["event"] == "sweep refused"]
    assert line["log_level"] == "warning"
    assert "447400123" not in str(line)
    assert len(story.world.ekyc.posts) == 1


async def test_lists_and_days_dont_hide_a_sweep(story: Story) -> None:
    """Protects the same from three lists on two days; after a week the count begins anew."""
    bob = await opens(story)
    await gets_a_result(bob, block(*range(0, 240, 3)), "one.txt")
    await gets_a_result(bob, block(*range(1, 241, 3)), "two.txt")
    await leaps(story, DAY)
    third = block(*range(2, 242, 3))
    said, card = await starts(bob, third, "three.txt")
    assert REFUSED in said
    # Not the part of another person.
    await gets_a_result(story.anna, third)
    await leaps(story, 5 * DAY)
    assert REFUSED in (await bob.presses("Start", on=card)).text
    await leaps(story, DAY)
    await gets_a_result(bob, third, "four.txt")
    assert len(story.world.ekyc.posts) == 4
    assert await rows_of(story) > 0
    await leaps(story, 7 * DAY)
    assert await rows_of(story) == 0


async def test_single_lookups_are_no_way_around(story: Story) -> None:
    """Protects the same from one number at a time: lookups and lists add up, cached ones too."""
    answers(story)
    bob = await opens(story, max_run=5)
    for number in block(0, 3):
        await bob.sends(number)
        await bob.sees(number)
    await bob.uploads("few.txt", "\n".join([*block(6), "+447400901234"]).encode())
    await bob.presses("one by one")
    await bob.sees(block(6)[0])
    await gets_a_result(bob, block(9, 12))
    await bob.sends(f"/check {block(0)[0]}")
    await story.passes(60)
    before = asked(story)
    question = await bob.sends(block(15)[0])
    await bob.sees("Too many numbers of one range: at most 5", after=question)
    assert asked(story) == before


async def test_what_the_day_refuses_is_no_sweep(story: Story) -> None:
    """Protects people from a limit of numbers that were never looked up."""
    answers(story)
    bob = await opens(story, max_run=5, daily_lookups=2)
    for number in block(0, 1):
        await bob.sends(number)
        await bob.sees(number)
    for number in block(2, 3, 4, 5):
        question = await bob.sends(number)
        await bob.sees("more than a person may look up", after=question)
    await leaps(story, DAY)
    question = await bob.sends(block(6)[0])
    await bob.sees("account", after=question)


async def test_parts_of_a_list_are_no_way_around(story: Story) -> None:
    """Protects the same from lists that are made of another one: they are counted, too."""
    bob = await opens(story, max_run=5)
    await bob.uploads("list.txt", "\n".join([*block(*range(0, 12, 2)), "+442079460018"]).encode())
    await bob.sees("7 numbers ready")
    await bob.presses("Clean list")
    file = await bob.receives_file()
    await bob.presses("Only mobiles", on=file.message)
    part = await bob.sees("Only mobiles: 6 numbers ready")
    await bob.presses("Band", on=part)
    assert REFUSED.replace("200", "5") in (await bob.presses("Start", on=part)).text
    assert not story.world.ekyc.posts


async def test_it_counts_for_whoever_taps_start(story: Story) -> None:
    """Protects people from what others start: an administrator who starts a list of Bob's asks."""
    bob = await opens(story, max_run=20)
    carol = story.world.person("Carol")
    group = story.world.group("Team", carol, [bob])
    card = await submitted(story, bob.within(group))  # twenty numbers of one block
    await carol.within(group).presses("Telegram activity", on=card)
    await carol.within(group).presses("Start", on=card)
    await carol.within(group).receives_file()
    others = block(1, 2, first=447_400_000_000)
    assert "at most 20 of a thousand" in (await starts(carol, others))[0]
    await gets_a_result(bob, others)


async def test_real_lists_are_no_sweeps(story: Story, tmp_path: Path) -> None:
    """Protects honest people: a large list, the same list each day, a company's own hundred."""
    file = tmp_path / "checkers.toml"
    file.write_text("[band]\nremember_days = 0\n", "utf-8")
    bob = await opens(story, checkers_file=file)
    await gets_a_result(bob, [f"+447400{place:06}" for place in range(0, 1_000_000, 97)])
    for day in range(4):
        await gets_a_result(bob, block(*range(100, 200)), f"{day}.txt")
        await leaps(story, DAY)
    assert len(story.world.ekyc.posts) == 5


async def test_forgetting_oneself_is_no_way_around(story: Story) -> None:
    """Protects the same from /forget: what was asked about still counts, without a name."""
    bob = await opens(story)
    await gets_a_result(bob, block(*range(0, 300, 2)))
    await bob.sends("/forget")
    await bob.presses("Erase everything")
    await bob.sees("is erased")
    await bob.sends("/start")
    said, _ = await starts(bob, block(*range(301, 501, 2)))
    assert REFUSED in said
    assert len(story.world.ekyc.posts) == 1
