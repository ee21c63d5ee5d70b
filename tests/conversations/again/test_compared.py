"""*Compare with…*: two results of the same check, of different files of the same base."""

from pathlib import Path

import sqlalchemy as sa
from structlog.testing import capture_logs

from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from storage.schema.tables import lists
from tests.support.stories.crowd import DAY, labels
from tests.support.stories.lists import numbers
from tests.support.stories.sheets_of import cells_of
from tests.support.stories.story import Story
from tests.support.stories.teams import sets, started

MAY, JUNE, OTHER = numbers(30), numbers(30, 10), numbers(30, 36)


async def has_checked(person: Person, name: str, wanted: list[str], check: str = "Band") -> None:
    """Have a list of this name checked, all of it by the service."""
    sent = await person.uploads(name, "\n".join(wanted).encode())
    card = await person.sees("numbers ready", after=sent)
    await person.presses(check, on=card)
    await person.sees("service", in_message=card)
    known = any("Check all again" in label for label in labels(card))
    await person.presses("Check all again" if known else "Start", on=card)
    if known:
        await person.presses("Start", on=card)
    await person.sees("Done", in_message=card)


async def opens(person: Person, name: str) -> Message:
    """Open a check from /tasks."""
    page = await person.sees("Your checks", after=await person.sends("/tasks"))
    await person.presses(name, on=page)
    return await person.sees("Done", after=page)


async def sketches(story: Story) -> int:
    """Count the lists with a sketch."""
    assert story.app is not None
    query = sa.select(sa.func.count()).where(lists.c.sketch_sealed.is_not(None))
    async with story.app.database.read() as connection:
        return int((await connection.execute(query)).scalar_one())


async def test_files_of_the_same_base_are_compared(story: Story) -> None:
    """Protects people with a new export each month: what it has in common is found and compared."""
    anna, ekyc = await story.says_hello(), story.world.ekyc
    ekyc.known |= dict.fromkeys(numbers(90), "yes")
    await has_checked(anna, "May.txt", MAY)
    await has_checked(anna, "other.txt", OTHER)
    await has_checked(anna, "May too.txt", MAY, "Active number")
    await story.passes(30 * DAY)
    ekyc.known |= dict.fromkeys(MAY[10:14], "no")
    await has_checked(anna, "June.txt", JUNE)
    opened = await opens(anna, "June.txt")
    await anna.presses("Compare with…", on=opened)
    offered = await anna.sees("compare it with which list?", after=opened)
    assert labels(offered) == ["Nov 22 · May.txt · 30"]
    await anna.presses("May.txt", on=offered)
    sheet = await anna.receives_file()
    while "changed" not in sheet.name:
        sheet = await anna.receives_file()
    for line in (
        "June.txt · Band: what changed",
        "Before: Nov 22, 2026 · May.txt · 30 numbers",
        "Now: Dec 22, 2026 · June.txt · 30 numbers",
        "Now: Band: no: 4",
        "New: 10",
        "Gone: 10",
        "Unchanged: 16",
    ):
        assert line in sheet.caption
    assert len(cells_of(sheet.data)) == 41
    await anna.presses("Gone", on=sheet.message)
    assert (await anna.receives_file()).data.decode().split() == MAY[:10]


async def test_the_earlier_one_is_before_wherever_one_begins(story: Story) -> None:
    """Protects the direction: May is before June also for whoever opens May."""
    anna = await story.says_hello()
    await has_checked(anna, "May.txt", MAY)
    await story.passes(100 * DAY)
    await has_checked(anna, "June.txt", JUNE)
    await anna.presses("Compare with…", on=await opens(anna, "May.txt"))
    offered = await anna.sees("compare it with which list?")
    await anna.presses("June.txt", on=offered)
    await anna.sees("Before: Nov 22, 2026 · May.txt", after=offered)


async def test_nothing_alike_is_said(story: Story) -> None:
    """Protects people from a comparison of two lists that have nothing to do with each other."""
    anna = await story.says_hello()
    await has_checked(anna, "May.txt", MAY)
    await has_checked(anna, "other.txt", OTHER)
    answer = await anna.presses("Compare with…", on=await opens(anna, "other.txt"))
    assert "No other list" in answer.text


async def test_what_is_alike_is_erased(story: Story) -> None:
    """Protects what tells of numbers: a year later, and with /forget, it is gone."""
    anna = await story.says_hello()
    await has_checked(anna, "May.txt", MAY)
    await has_checked(anna, "other.txt", OTHER)
    assert await sketches(story) == 2
    await story.passes(367 * DAY)
    assert await sketches(story) == 0
    await has_checked(anna, "June.txt", JUNE)
    assert await sketches(story) == 1
    await anna.sends("/forget")
    await anna.presses("Erase everything")
    await anna.sees("erased")
    assert await sketches(story) == 0


async def test_a_damaged_sketch_withholds_no_result(story: Story) -> None:
    """Protects what was paid for: a result comes, whatever stands beside earlier lists."""
    anna = await story.says_hello()
    await has_checked(anna, "May.txt", MAY)
    assert story.app is not None
    async with story.app.database.write() as connection:
        await connection.execute(sa.update(lists).values(sketch_sealed=b"damaged" * 9))
    await has_checked(anna, "June.txt", JUNE)
    opened = await opens(anna, "June.txt")
    assert "Compare with…" in labels(opened)
    with capture_logs() as logs:
        answer = await anna.presses("Compare with…", on=opened)
    assert "No other list" in answer.text
    assert [log["event"] for log in logs if log["log_level"] == "error"] == []


async def test_a_check_that_remembers_nothing_leaves_nothing(story: Story, tmp_path: Path) -> None:
    """Protects an operator's word: `remember_days = 0` keeps nothing of a list."""
    own = tmp_path / "own.toml"
    own.write_text("[band]\nremember_days = 0\n")
    story.settings["checkers_file"] = own
    anna = await story.says_hello()
    await has_checked(anna, "May.txt", MAY)
    assert await sketches(story) == 0


async def test_a_private_result_is_begun_anew_in_private(story: Story) -> None:
    """Protects private results of a group: neither the list anew nor what changed goes there."""
    await story.starts(access="open")
    bob, carol = story.world.person("Bob"), story.world.person("Carol")
    await bob.sends("/start")
    group = story.world.group("Team", carol, [bob])
    await sets(carol.within(group), "Where results go", "privately")
    await started(story, bob.within(group))
    first = await bob.receives_file()
    await story.passes(60 * DAY)
    before = len(group.chat.messages)
    await bob.presses("More…", on=first.message)
    await bob.presses("Check again", on=first.message)
    quote = await bob.sees("20 numbers go to the service", after=first.message)
    await bob.presses("Start", on=quote)
    await bob.sees("Done", in_message=quote)
    await bob.presses("What changed")
    await bob.sees("list.txt · Telegram activity: what changed")
    assert len(group.chat.messages) == before
