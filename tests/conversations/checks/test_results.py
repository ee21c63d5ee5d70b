"""Uses of a result: summary, picture, groups, the person's own sheet, another check."""

from collections import Counter

import pytest

from sandbox.http import faults
from sheets.answers import counting
from tests.support.confinement import NearPool
from tests.support.painting import resume_painting
from tests.support.stories.lists import numbers
from tests.support.stories.sheets_of import answers_of, rows_of
from tests.support.stories.steps import files_of, pictures_of, started, today
from tests.support.stories.story import Story

DAY = 24 * 3600


async def checked(story: Story, count: int = 40, check: str = "Active number") -> dict[str, str]:
    """Check and deliver a list; return the service's answer for each number."""
    await started(story, count, check)
    file = await story.anna.receives_file()
    return {number: row[0] for number, row in answers_of(file.data).items()}


def of(answers: dict[str, str], *words: str) -> list[str]:
    """Return the numbers with these answers, in order."""
    return [number for number, answer in answers.items() if answer in words]


async def test_the_summary_adds_up(story: Story) -> None:
    """Protects the text below the file: it matches the file's content."""
    await started(story, 40, "Active number")
    file = await story.anna.receives_file()
    counts = Counter(row[0] for row in answers_of(file.data).values())
    for word in ("active", "inactive", "unknown"):
        assert f"{counts[word]} {word} (" in file.caption
    assert "40 numbers checked" in file.caption


async def test_the_picture_comes_once_and_without_a_sound(
    story: Story,
) -> None:
    """Protects the picture from a lost reply: the edit that adds it is repeated if needed."""
    resume_painting()
    story.world.telegram.faults.add("editMessageMedia", faults.ReplyLost(), times=2)
    await checked(story)
    await story.passes(60)
    (picture,) = pictures_of(story)
    assert picture.photo is not None
    assert picture.photo.data.startswith(b"\x89PNG")
    assert picture.photo.width == 1080
    assert len(files_of(story)) == 1


async def test_a_picture_that_telegram_refuses_is_given_up(story: Story) -> None:
    """Protects against a loop: the file is there, and the picture is not retried for ever."""
    refused = faults.Refuse("Bad Request: IMAGE_PROCESS_FAILED")
    story.world.telegram.faults.add("editMessageMedia", refused, times=1)
    await started(story)
    await story.anna.receives_file()
    await story.passes(600)
    assert not pictures_of(story)
    announced = [each for each in story.anna.messages if "the picture comes" in each.shown]
    assert [each.deleted for each in announced] == [True]


@pytest.mark.parametrize(
    ("button", "words"),
    [("Only active", ["active"]), ("Only inactive", ["inactive"]), ("Unknown", ["unknown"])],
)
async def test_a_group_of_numbers_as_a_file(story: Story, button: str, words: list[str]) -> None:
    """Protects the buttons under a result, also after a restart: a group, one number a line."""
    answers = await checked(story)
    await story.restarts()
    await story.anna.presses(button)
    file = await story.anna.receives_file()
    assert file.data.decode().split() == of(answers, *words)
    assert file.name == f"numbers · {button}.txt"


async def test_a_file_is_fetched_from_the_chat_when_ours_is_erased(story: Story) -> None:
    """Protects the buttons after a day: the result is fetched back from the chat."""
    answers = await checked(story)
    await story.passes(DAY + 3700)
    assert not list((story.home / "results").glob("*"))
    await story.anna.presses("Only active")
    file = await story.anna.receives_file()
    assert file.data.decode().split() == of(answers, "active")


async def test_a_result_that_is_gone_is_fetched_anew(story: Story) -> None:
    """Protects the buttons when Telegram has lost the file, too: the service sends it again."""
    await checked(story)
    await story.passes(DAY + 3700)
    gone = faults.Refuse("Bad Request: wrong file_id or the file is temporarily unavailable")
    fault = story.world.telegram.faults.add("getFile", gone, times=None)
    await story.anna.presses("Only active")
    await story.anna.sees("The file isn't here any more")
    fault.off()
    again = await story.anna.receives_file()
    assert again.data == story.world.checknumber.tasks[0].result_bytes
    await story.passes(60)
    assert len(pictures_of(story)) == 1


async def test_several_checks_stand_in_one_sheet(story: Story) -> None:
    """Protects a person who checks a list twice: both checks' answers stand in each row."""
    anna = story.anna
    answers = await checked(story, 12)
    await anna.presses("More…")
    await anna.presses("Another check on these numbers")
    await anna.presses("All 12 numbers")
    card = await anna.sees("numbers.txt: 12 numbers ready")
    await anna.presses("Band")
    await anna.presses("Start")
    bands = answers_of((await anna.receives_file()).data)
    await anna.sees("Done", in_message=card)
    await anna.presses("My sheet with the answers")
    file = await anna.receives_file()
    rows = rows_of(file.data.decode("utf-8-sig"))
    checked_on = ["Active number: checked on", "Band: checked on"]
    assert rows[0][-5:] == ["E.164", "In use", checked_on[0], "Band: account", checked_on[1]]
    day = today(story)
    wanted = [[number, answers[number], day, bands[number][0], day] for number in numbers(12)]
    assert [row[-5:] for row in rows[1:]] == wanted


async def test_another_check_on_a_group(story: Story) -> None:
    """Protects money: only the group goes to the next check."""
    answers = await checked(story)
    await story.anna.presses("More…")
    await story.anna.presses("Another check on these numbers")
    which = await story.anna.sees("on which of its numbers?")
    await story.anna.presses("Only active", on=which)
    active = of(answers, "active")
    await story.anna.sees(f"{len(active)} numbers ready")
    await story.anna.presses("Band")
    await story.anna.presses("Start")
    await story.anna.receives_file()
    assert story.world.ekyc.tasks[0].numbers == active


async def test_a_group_is_looked_up_for_itself(story: Story) -> None:
    """Protects an answer: one-by-one for a group is separate from that for its whole list."""
    for number in numbers(9):
        story.world.green.known[number.removeprefix("+")] = "10000000"
    await story.says_hello()
    await story.anna.uploads("numbers.txt", "\n".join(numbers(9)).encode())
    await story.anna.presses("Has Telegram, one by one")
    await story.anna.sees("9 of 9 looked up")
    await story.anna.presses("Active number")
    await story.anna.presses("Start")
    answers = {n: row[0] for n, row in answers_of((await story.anna.receives_file()).data).items()}
    active = of(answers, "active")
    assert 0 < len(active) < 9
    await story.anna.presses("More…")
    await story.anna.presses("Another check on these numbers")
    await story.anna.presses("Only active", on=await story.anna.sees("on which of its numbers?"))
    await story.anna.sees(f"numbers.txt · Only active: {len(active)} numbers ready")
    await story.anna.presses("Has Telegram, one by one")
    await story.anna.sees(f"{len(active)} of {len(active)} looked up")


async def test_a_fault_of_ours_in_a_product_is_told_as_such(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects people from being told that their list is too much, when it isn't."""
    story.pool = NearPool()
    await checked(story)
    monkeypatch.setattr(counting, "members", {}.__getitem__)
    await story.anna.presses("Only active")
    await story.anna.sees("that is a fault of mine, and the log has it")
