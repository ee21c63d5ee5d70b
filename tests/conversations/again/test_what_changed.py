"""*Check again*, and *What changed* between the two results."""

from sandbox.http import faults
from sandbox.people.person import Person, ReceivedFile
from sandbox.telegram.store.chats import Message
from tests.support.stories.crowd import DAY, data_of, labels
from tests.support.stories.lists import numbers
from tests.support.stories.memory import checked
from tests.support.stories.sheets_of import cells_of
from tests.support.stories.steps import today
from tests.support.stories.story import Story

ALL = numbers(30)
GONE = faults.Refuse("Bad Request: wrong file_id or the file is temporarily unavailable")


async def again(person: Person, file: ReceivedFile) -> ReceivedFile:
    """Have all of a result's list checked again, from the button below it; return the new one."""
    await person.presses("More…", on=file.message)
    await person.presses("Check again", on=file.message)
    quote = await person.sees("numbers", after=file.message)
    if "Check all again" in labels(quote):
        await person.presses("Check all again", on=quote)
    await person.presses("Start", on=quote)
    await person.sees("Done", in_message=quote)
    found = await person.receives_file()
    while found.message.message_id < quote.message_id:  # the picture's turn is over
        found = await person.receives_file()
    return found


async def two_results(story: Story) -> tuple[ReceivedFile, ReceivedFile, list[str]]:
    """Have a list checked twice, forty days apart; return both results and their days."""
    anna, ekyc = await story.says_hello(), story.world.ekyc
    ekyc.known |= dict.fromkeys(ALL[:12], "1") | dict.fromkeys(ALL[12:], "30")
    ekyc.known |= {ALL[0]: "N/A"}
    days = [today(story)]
    first = await checked(anna, ALL, "Telegram activity")
    await story.passes(40 * DAY)
    ekyc.known |= dict.fromkeys(ALL[1:4], "60") | {ALL[20]: "2", ALL[5]: "7"}
    days.append(today(story))
    return first, await again(anna, first), days


async def test_what_changed_is_told_and_sent(story: Story) -> None:
    """Protects the question of next month: who became inactive, in one file and one tap each."""
    _, second, days = await two_results(story)
    anna = story.anna
    assert [label for label in labels(second.message) if "hange" in label] == ["What changed"]
    await anna.presses("What changed", on=second.message)
    sheet = await anna.receives_file()
    assert sheet.name == "numbers · what changed.xlsx"
    for line in (
        "numbers.txt · Telegram activity: what changed",
        "Before: Nov 22, 2026 · numbers.txt · 30 numbers",
        "Active again: 1",
        "Became inactive: 3",
        "Unchanged: 25",
        "Not known: 1",
    ):
        assert line in sheet.caption
    assert "New" not in sheet.caption
    cells = cells_of(sheet.data)
    assert cells[0] == [
        *("Number", "Before", "Checked on (before)", "Now", "Checked on (now)", "Change")
    ]
    assert [row[0] for row in cells[1:]] == ALL
    assert cells[3] == [ALL[2], "1", days[0], "60", days[1], "Became inactive"]
    assert labels(sheet.message) == [
        *("Active again · 1", "Became inactive · 3", "Unchanged · 25", "Not known · 1")
    ]
    await anna.presses("Became inactive", on=sheet.message)
    inactive = await anna.receives_file()
    assert inactive.data.decode().split() == ALL[1:4]
    assert inactive.name == "numbers · Became inactive.txt"


async def test_a_first_result_has_nothing_to_compare(story: Story) -> None:
    """Protects people from a button that does nothing, and from a comparison of two checks."""
    anna = await story.says_hello()
    file = await checked(anna, ALL)
    await anna.presses("More…", on=file.message)
    assert "What changed" not in labels(file.message)
    await anna.presses("Check again", on=file.message)
    quote = await anna.sees("all were answered", after=file.message)
    await anna.presses("Back", on=quote)
    await anna.presses("Active number", on=quote)
    await anna.presses("Start", on=quote)
    await anna.sees("Done", in_message=quote)
    other = await anna.receives_file()
    assert "Active" in other.name
    assert "What changed" not in labels(other.message)


async def test_remembered_answers_are_compared_too(story: Story) -> None:
    """Protects the comparison where the earlier file is gone: its answers are remembered."""
    anna, ekyc = await story.says_hello(), story.world.ekyc
    ekyc.known |= dict.fromkeys(ALL, "yes")
    first = await checked(anna, ALL)
    await story.passes(20 * DAY)
    ekyc.known |= dict.fromkeys(ALL[:4], "no")
    second = await again(anna, first)
    getting = story.world.telegram.faults
    lost = getting.add("getFile", GONE, times=None)
    await story.passes(0.9 * DAY)
    await anna.presses("What changed", on=second.message)
    sheet = await anna.receives_file()
    assert "Now: Band: no: 4" in sheet.caption
    assert "Unchanged: 26" in sheet.caption
    assert "can't tell" not in sheet.caption, "the same list was checked again"
    lost.off()
    await story.passes(2 * DAY)
    getting.add("getFile", GONE, times=3)
    await anna.presses("What changed", on=second.message)
    late = await anna.receives_file()
    assert "Unchanged: 26" in late.caption
    assert "can't tell which numbers are new or gone" in late.caption
    await story.passes(80 * DAY)
    getting.add("getFile", GONE, times=None)
    await anna.presses("What changed", on=second.message)
    await anna.sees("One of the two results can't be had any more", after=late.message)


async def opened_in(person: Person, title: str) -> Message:
    """Open the newest check of this title from /tasks."""
    page = await person.sees("Your checks", after=await person.sends("/tasks"))
    await person.presses(title, on=page)
    return await person.sees("Done", after=page)


async def test_tasks_open_with_what_changed(story: Story) -> None:
    """Protects people who come back later: what changed is below an old check as well."""
    _, second, _ = await two_results(story)
    opened = await opened_in(story.anna, "numbers.txt")
    await story.anna.presses("More…", on=second.message)
    await story.passes(5)
    under = labels(second.message)
    assert labels(opened)[: len(under)] == under


async def test_nothing_of_others_is_compared(story: Story) -> None:
    """Protects results from forged buttons: only what went to that same chat is compared there."""
    bob = story.world.person("Bob")
    _, second, _ = await two_results(story)
    await story.restarts(access="open")
    await bob.sends("/start")
    await bob.sees("I check lists")
    theirs = await checked(bob, numbers(20), "Telegram activity")
    anna_task = data_of(second.message, "What changed").split(":")[2]
    bob_task = data_of(theirs.message, "My sheet").split(":")[2]
    for before, after in ((anna_task, bob_task), (bob_task, anna_task)):
        answer = await bob.forges(f"ch:{before}:{after}:gone", on=theirs.message)
        assert "out of date" in answer.text
