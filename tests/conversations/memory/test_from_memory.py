"""Lists of which every answer is remembered: had for nothing, and used like any result."""

from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from sandbox.http import faults
from sandbox.telegram.store.chats import Message
from storage.schema.tables import tasks, usage
from tests.support.painting import resume_painting
from tests.support.stories.crowd import DAY, labels, let_in
from tests.support.stories.lists import numbers
from tests.support.stories.memory import checked, opens, splits_stored
from tests.support.stories.sheets_of import answers_of, rows_of
from tests.support.stories.steps import files_of, pictures_of
from tests.support.stories.story import Story

LIST = numbers(24)


async def remembered(story: Story) -> Message:
    """Check a list, and ask for a part of it two days later; return the card of its quote."""
    anna, ekyc = await story.says_hello(), story.world.ekyc
    ekyc.known |= {**dict.fromkeys(LIST, "yes"), LIST[3]: "no"}
    await checked(anna, LIST)
    ekyc.known[LIST[3]] = "yes"
    await story.passes(2 * DAY)
    return await opens(anna, LIST[:20])


async def test_a_remembered_list_costs_nothing(story: Story) -> None:
    """Protects money: no POST, no usage, no balance asked for; the file holds all answers."""
    card = await remembered(story)
    assert "20 numbers · all were answered in the last 90 days. Nothing goes to the" in card.shown
    assert labels(card) == ["Get the list from memory, free", "Check all again", "‹ Back"]
    day = day_of(story, days_ago=2)
    await story.anna.presses("Get the list from memory", on=card)
    file = await story.anna.receives_file()
    assert file.name == f"numbers · Band · from memory {day_of(story)}.zip"
    wanted = {number: ["yes", day] for number in LIST[:20]}
    wanted[LIST[3]][0] = "no"
    assert answers_of(file.data) == wanted
    assert list(answers_of(file.data)) == LIST[:20]
    assert "20 numbers from memory, the oldest answer of" in file.caption
    assert "19 with Band" in file.caption
    await story.anna.sees("20 numbers from memory. The list is in this chat", in_message=card)
    assert len(story.world.ekyc.posts) == 1
    assert story.app is not None
    async with story.app.database.read() as connection:
        rows = (await connection.execute(sa.select(usage.c.numbers))).scalars().all()
        sent = await connection.execute(sa.select(tasks.c.posts).order_by(tasks.c.created_at))
        assert rows == [24]
        assert list(sent.scalars()) == [1, 0]


def day_of(story: Story, days_ago: int = 0) -> str:
    """Return today, or an earlier day, as sheets and names of files have it."""
    return datetime.fromtimestamp(story.clock.now() - days_ago * DAY, UTC).date().isoformat()


async def test_it_is_used_like_any_result(story: Story) -> None:
    """Protects sheets, groups, the picture and /tasks of a list that no service has seen."""
    resume_painting()
    card = await remembered(story)
    await story.anna.presses("Get the list from memory", on=card)
    await story.anna.receives_file()
    await story.passes(60)
    assert not pictures_of(story), "two bars tell no more than the caption"
    await story.anna.presses("Band: no")
    group = await story.anna.receives_file()
    assert group.data.decode().split() == [LIST[3]]
    await story.anna.presses("My sheet with the answers")
    rows = rows_of((await story.anna.receives_file()).data.decode("utf-8-sig"))
    day = day_of(story, days_ago=2)
    assert [row[-3:] for row in rows[1:5]] == [
        *([number, "yes", day] for number in LIST[:3]),
        [LIST[3], "no", day],
    ]
    await story.anna.sends("/tasks")
    listed = await story.anna.sees("Your checks")
    assert labels(listed)[0].startswith("✅ Nov 24 · numbers.txt · Band · 20")
    await story.anna.presses("✅ Nov 24 · numbers.txt · Band · 20", on=listed)
    await story.anna.presses("Send the file again")
    again = await story.anna.receives_file()
    assert list(answers_of(again.data)) == LIST[:20]


async def test_its_buttons_work_after_a_day(story: Story) -> None:
    """Protects the buttons when what was remembered is erased: its own file has all answers."""
    card = await remembered(story)
    await story.anna.presses("Get the list from memory", on=card)
    await story.anna.receives_file()
    day = day_of(story, days_ago=2)
    await story.passes(DAY + 4000)
    assert not list((story.home / "results").glob("*"))
    assert await splits_stored(story) == 0
    await story.anna.presses("Band: no")
    assert (await story.anna.receives_file()).data.decode().split() == [LIST[3]]
    await story.anna.presses("My sheet with the answers")
    rows = rows_of((await story.anna.receives_file()).data.decode("utf-8-sig"))
    assert [rows[1][-3:], len(rows)] == [[LIST[0], "yes", day], 21]


async def test_it_is_written_anew_while_it_is_remembered(story: Story) -> None:
    """Protects a list whose file is gone: it is made again; when that can't be, it is said."""
    card = await remembered(story)
    await story.anna.presses("Get the list from memory", on=card)
    await story.anna.receives_file()
    await story.anna.sees("The list is in this chat", in_message=card)
    gone = faults.Refuse("Bad Request: wrong file_id or the file is temporarily unavailable")
    lost = story.world.telegram.faults.add("sendDocument", gone, times=1)
    for path in (story.home / "results").glob("*"):
        path.unlink()
    await story.anna.presses("Send the file again", on=card)
    again = await story.anna.receives_file()
    assert list(answers_of(again.data)) == LIST[:20]
    lost.off()
    await story.anna.sees("The list is in this chat", in_message=card)
    await story.passes(DAY + 4000)
    story.world.telegram.faults.add("sendDocument", gone, times=1)
    await story.anna.presses("Send the file again", on=card)
    await story.anna.sees("Send the list once more", in_message=card)
    assert labels(card) == []
    assert len(story.world.ekyc.posts) == 1


async def test_it_needs_no_day_and_no_balance(story: Story, tmp_path: Path) -> None:
    """Protects whoever has nothing left: what is remembered is theirs all the same."""
    own = tmp_path / "own.toml"
    own.write_text("[band]\nprice = 1000.0\nminimum = 20\n")
    await story.says_hello()
    await story.restarts(daily_numbers=24, checkers_file=own)
    bob = await let_in(story, "Bob")
    await checked(bob, LIST)
    story.world.ekyc.balance = 0.0
    card = await opens(bob, LIST[:5])
    assert labels(card) == ["Get the list from memory, free", "‹ Back"]
    await bob.presses("Get the list from memory", on=card)
    assert list(answers_of((await bob.receives_file()).data)) == LIST[:5]


async def test_two_taps_bring_one_list(story: Story) -> None:
    """Protects the chat from a list that comes twice."""
    card = await remembered(story)
    start = card.content.keyboard[0][0]["callback_data"]
    await story.anna.presses("Get the list from memory", on=card)
    assert (await story.anna.forges(start, card)).text == "That was done already."
    await story.anna.receives_file()
    await story.passes(600)
    assert len(files_of(story)) == 2
