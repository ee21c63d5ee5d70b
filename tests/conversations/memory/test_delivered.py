"""Results with old and new answers: whole in the sheet, the groups, the summary and the picture."""

from datetime import datetime

import pytest

from bot import context
from handlers.outgoing.results import picture
from sandbox.http import faults
from tests.support.painting import PAINTED
from tests.support.stories.crowd import DAY, labels
from tests.support.stories.lists import numbers
from tests.support.stories.memory import checked, opens
from tests.support.stories.sheets_of import answers_of, rows_of
from tests.support.stories.steps import files_of, today
from tests.support.stories.story import Story

OLD, ALL = numbers(20), numbers(30)


async def split_result(story: Story) -> tuple[str, str]:
    """Check twenty numbers, and two days later thirty; return both days.

    Of the old numbers one had said "no", and would say "yes" by now; of the new ones one says so.
    """
    anna, ekyc = await story.says_hello(), story.world.ekyc
    ekyc.known |= {**dict.fromkeys(ALL, "yes"), ALL[3]: "no", ALL[25]: "no"}
    first = today(story)
    await checked(anna, OLD)
    ekyc.known[ALL[3]] = "yes"
    await story.passes(2 * DAY)
    card = await opens(anna, ALL)
    await anna.presses("Check the 10", on=card)
    return first, today(story)


async def test_the_file_is_the_services_and_its_caption_tells_of_all(story: Story) -> None:
    """Protects the service's file, which nobody changes, and who takes it for the whole list."""
    first, _ = await split_result(story)
    file = await story.anna.receives_file()
    day = datetime.fromisoformat(first)
    assert file.data == story.world.ekyc.tasks[1].result_bytes
    assert sorted(answers_of(file.data)) == sorted(ALL[20:])
    assert "30 numbers · 10 checked now, in this file · 20 from memory" in file.caption
    assert f"the oldest answer of {day:%b} {day.day}, {day.year}" in file.caption
    assert "28 with Band (93%)" in file.caption
    assert "2 without Band (7%)" in file.caption
    await story.anna.sees("20 more come from memory: the buttons below the file hold all 30")
    await story.anna.sends("/tasks")
    tasks = await story.anna.sees("Your checks")
    assert any("· Band · 30" in label for label in labels(tasks))


async def test_the_sheet_holds_old_and_new_answers_with_their_days(story: Story) -> None:
    """Protects people's own sheets: each row has its answer, and the day of it."""
    first, second = await split_result(story)
    await story.anna.receives_file()
    await story.anna.presses("My sheet with the answers")
    rows = rows_of((await story.anna.receives_file()).data.decode("utf-8-sig"))
    wanted = [[number, "yes", first] for number in OLD]
    wanted += [[number, "yes", second] for number in ALL[20:]]
    wanted[3][1] = wanted[25][1] = "no"
    assert [row[-3:] for row in rows[1:]] == wanted


async def test_the_picture_says_what_came_from_memory(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects who sees the picture alone: its bars hold old answers, too."""
    monkeypatch.setattr(picture, "FEWEST_BARS", 2)
    first, _ = await split_result(story)
    await story.anna.receives_file()
    await story.passes(60)
    day = datetime.fromisoformat(first)
    usual, split = PAINTED
    bars = "A full bar stands for the whole list."
    since = f"the oldest answer of {day:%b} {day.day}, {day.year}"
    assert usual.footer == bars
    assert split.footer == f"20 of them from memory, {since}. {bars}"
    assert sum(row.count for row in split.rows) == 30


async def test_a_result_in_parts_tells_of_all(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects people from parts of a list: below the last one stand the buttons for all of it."""
    monkeypatch.setattr(context, "CLOUD_UPLOAD", 1500)
    anna = await story.says_hello()
    await checked(anna, numbers(100), "Active number")
    card = await opens(anna, numbers(900), "Active number")
    new = int(labels(card)[0].removeprefix("Check the "))
    await anna.presses("Check the", on=card)
    await anna.sees("Done", in_message=card)
    *parts, last = [each for each in anna.messages if each.document and each.by_bot][1:]
    known = f"{900 - new} from memory"
    assert f"900 numbers · {new} checked now, in these files · {known}" in last.shown
    assert not any(each.buttons for each in parts)
    groups = [label.partition(" · ") for label in labels(last) if " · " in label]
    assert sum(int(count) for _, _, count in groups) == 900


async def test_groups_hold_old_and_new_numbers(story: Story) -> None:
    """Protects the buttons below a result: their counts and files are about the whole list."""
    await split_result(story)
    file = await story.anna.receives_file()
    assert [label for label in labels(file.message) if "Band:" in label] == [
        "Band: yes · 28",
        "Band: no · 2",
    ]
    await story.anna.presses("Band: no")
    group = await story.anna.receives_file()
    assert group.data.decode().split() == [ALL[3], ALL[25]]
    await story.anna.presses("More…")
    await story.anna.presses("Another check on these numbers")
    await story.anna.presses("All 30 numbers")
    await story.anna.sees("30 numbers ready")


async def test_another_check_of_the_same_list_stands_beside_it(story: Story) -> None:
    """Protects a sheet with several checks: the days of one are not those of another."""
    first, second = await split_result(story)
    await story.anna.receives_file()
    await story.anna.presses("More…")
    await story.anna.presses("Another check on these numbers")
    await story.anna.presses("All 30 numbers")
    card = await story.anna.sees("numbers.txt: 30 numbers ready")
    await story.anna.presses("Active number", on=card)
    await story.anna.presses("Start", on=card)
    active = answers_of((await story.anna.receives_file()).data)
    await story.anna.sees("Done", in_message=card)
    await story.anna.presses("My sheet with the answers")
    rows = rows_of((await story.anna.receives_file()).data.decode("utf-8-sig"))
    band, day = ["Band: account", "Band: checked on"], "Active number: checked on"
    assert rows[0][-5:] == ["E.164", *band, "In use", day]
    assert rows[1][-5:] == [ALL[0], "yes", first, active[ALL[0]][0], second]
    assert rows[30][-5:] == [ALL[29], "yes", second, active[ALL[29]][0], second]


async def test_a_day_later_nothing_is_called_whole_that_is_not(story: Story) -> None:
    """Protects people from half a group: what was remembered is erased, and that is said."""
    await split_result(story)
    await story.anna.receives_file()
    await story.passes(DAY + 4000)
    before = len(files_of(story))
    for button in ("Band: no", "My sheet with the answers"):
        asked = await story.anna.sends("/tasks")
        await story.anna.presses(button)
        await story.anna.sees("What I remembered of this list is erased by now", after=asked)
    assert len(files_of(story)) == before
    card = await opens(story.anna, ALL)
    assert "30 numbers · all were answered" in card.shown


async def test_a_file_that_cant_be_read_leaves_what_is_remembered(story: Story) -> None:
    """Protects old answers from a new file in an unknown form: they can be had alone."""
    anna = await story.says_hello()
    await checked(anna, OLD)
    card = await opens(anna, ALL)
    story.world.ekyc.faults.add("result", faults.Content(b"no table"), times=None)
    await anna.presses("Check the 10", on=card)
    file = await anna.receives_file()
    assert labels(file.message) == ["Get the 20 from memory, free", "Check again"]
    await anna.presses("Get the 20 from memory, free")
    known = await anna.sees("20 numbers · all were answered")
    await anna.presses("Get the list from memory", on=known)
    assert sorted(answers_of((await anna.receives_file()).data)) == sorted(OLD)


async def test_a_service_changes_no_answer_it_was_not_asked_for(story: Story) -> None:
    """Protects old answers, and their days, from a file that tells of more than was asked."""
    anna, ekyc = await story.says_hello(), story.world.ekyc
    ekyc.known |= dict.fromkeys(ALL, "yes")
    await checked(anna, OLD)
    first = today(story)
    await story.passes(2 * DAY)
    card = await opens(anna, ALL)
    rows = "".join(f"{number},{'no' if number in OLD else 'yes'}\n" for number in ALL)
    ekyc.faults.add("result", faults.Content(f"Number,band\n{rows}".encode()), times=None)
    await anna.presses("Check the 10", on=card)
    file = await anna.receives_file()
    assert "30 with Band" in file.caption
    await anna.presses("My sheet with the answers")
    sheet = rows_of((await anna.receives_file()).data.decode("utf-8-sig"))
    assert sheet[1][-3:] == [OLD[0], "yes", first]
    await story.passes(89 * DAY)
    late = await opens(anna, ALL)
    assert "10 were answered" in late.shown, "what wasn't asked is not remembered anew"
