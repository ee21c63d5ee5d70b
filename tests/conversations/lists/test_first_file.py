"""The first file of a result: the person's own list with the answers, and the raw one beside it."""

import pytest

from sandbox.http import faults
from sandbox.telegram.store.chats import Document, Message
from tests.support.stories.lists import numbers
from tests.support.stories.sheets_of import answers_of, cells_of, rows_of, workbook
from tests.support.stories.steps import files_of, pictures_of, today
from tests.support.stories.story import Story

DAY = 24 * 3600
ONE, TWO, THREE = numbers(3)
SHEET = [
    ["Name", "Phone"],
    ["Ann", ONE],
    ["Bob", "no phone"],
    ["Cid", TWO],
    ["Dan", THREE[:7]],
]


async def checked(story: Story, name: str, data: bytes, check: str = "Active number") -> Message:
    """Anna has a list checked; return the message of its first file."""
    story.settings["first_file"] = "list"
    anna = story.anna if story.app else await story.says_hello()
    await anna.uploads(name, data)
    card = await anna.sees("numbers ready")
    await anna.presses(check)
    await anna.presses("Start")
    await anna.sees("Done", in_message=card)
    return [each for each in anna.messages if each.by_bot and each.document][-1]


def raw_of(story: Story) -> bytes:
    """The newest result as the service gave it."""
    raw = story.world.checknumber.tasks[-1].result_bytes
    assert raw is not None
    return raw


async def test_a_table_comes_back_with_the_answers(story: Story) -> None:
    """Protects what people want: their list; what was left out says why; the raw file is a tap."""
    sent = await checked(story, "crm.xlsx", workbook(SHEET))
    answers, day = answers_of(raw_of(story)), today(story)
    assert sent.document is not None
    assert sent.document.name == "crm with answers.xlsx"
    added = [
        ["E.164", "In use", "Checked on", "Left out because"],
        [ONE, answers[ONE][0], day, None],
        [None, None, None, "not a phone number"],
        [TWO, answers[TWO][0], day, None],
        [None, None, None, "too short"],
    ]
    assert cells_of(sent.document.data) == [a + b for a, b in zip(SHEET, added, strict=True)]
    assert "2 numbers checked" in sent.shown
    assert "in a new file" not in sent.shown, "it is the workbook that was sent"
    assert len(files_of(story)) == 1
    await story.anna.presses("Raw file", on=sent)
    await story.passes(5)
    assert files_of(story)[-1] == raw_of(story)


async def test_its_message_is_the_last_one(story: Story) -> None:
    """Protects thumbs: picture first, and the buttons below it, few of them until More is asked."""
    data = "\n".join(numbers(40)).encode()
    sent = await checked(story, "list.txt", data, "Telegram activity")
    (picture,) = pictures_of(story)
    assert picture.message_id < sent.message_id
    assert sent is story.anna.messages[-1]
    assert [len(row) <= 2 for row in sent.buttons] == [True] * len(sent.buttons)
    assert sent.buttons[-1] == ["Raw file", "More…"]
    await story.anna.presses("More…", on=sent)
    await story.anna.presses("Another check on these numbers", on=sent)
    await story.anna.sees("on which of its numbers?")


async def test_a_paste_comes_back_as_a_csv(story: Story) -> None:
    """Protects people who paste: each line with its answer, or with why it has none."""
    story.settings["first_file"] = "list"
    anna = await story.says_hello()
    await anna.sends("\n".join([*numbers(12), "ask Anna 12"]))
    await anna.sees("12 numbers ready")
    await anna.presses("Active number")
    await anna.presses("Start")
    file = await anna.receives_file()
    if file.name.endswith(".zip"):  # for a moment the message is the raw file
        file = await anna.receives_file()
    rows = rows_of(file.data.decode("utf-8-sig"))
    assert file.name.endswith(" with answers.csv")
    assert rows[0] == ["As given", "E.164", "In use", "Checked on", "Left out because"]
    assert [row[-4] for row in rows[1:13]] == numbers(12)
    assert rows[13][0] == "ask Anna 12"
    assert rows[13][-1] == "too short"


async def test_several_files_come_as_the_raw_one(story: Story) -> None:
    """Protects a list of several files: one message can't hold them; a tap brings each."""
    story.settings["first_file"] = "list"
    anna = await story.says_hello()
    more = workbook([["Phone"], *([number] for number in numbers(9))])
    await anna.uploads_together([("a.xlsx", workbook(SHEET)), ("b.xlsx", more)])
    await anna.sees("9 numbers ready")
    await anna.presses("Active number")
    await anna.presses("Start")
    assert (await anna.receives_file()).data == raw_of(story)
    await anna.presses("My sheet with the answers")
    names = {(await anna.receives_file()).name for _ in range(2)}
    assert names == {"a with answers.xlsx", "b with answers.xlsx"}


async def test_a_list_that_is_gone_leaves_the_raw_file(story: Story) -> None:
    """Protects the result: nobody waits for a file that Telegram has no more."""
    story.settings["first_file"] = "list"
    anna = await story.says_hello()
    await anna.uploads("crm.xlsx", workbook(SHEET))
    await anna.sees("2 numbers ready")
    gone = faults.Refuse("Bad Request: wrong file_id or the file is temporarily unavailable")
    story.world.telegram.faults.add("getFile", gone, times=None)
    await anna.presses("Active number")
    await anna.presses("Start")
    await anna.sees("✅ Done")
    assert files_of(story) == [raw_of(story)]
    sent = [each for each in anna.messages if each.by_bot and each.document][-1]
    assert sent.buttons[-1] == ["More…"]


@pytest.mark.parametrize("lost", [1, 2, 3])
async def test_lost_replies_leave_one_file(story: Story, lost: int) -> None:
    """Protects from doubles: the message becomes the raw file, then the list, however often."""
    story.world.telegram.faults.add("editMessageMedia", faults.ReplyLost(), times=lost)
    sent = await checked(story, "crm.xlsx", workbook(SHEET))
    await story.passes(600)
    assert [each.name for each in _documents(story)] == ["crm with answers.xlsx"]
    await story.anna.presses("Raw file", on=sent)
    await story.passes(5)
    assert files_of(story)[-1] == raw_of(story)


@pytest.mark.parametrize(
    ("code", "words"), [(400, "Bad Request: MEDIA_INVALID"), (413, "Request Entity Too Large")]
)
async def test_a_list_that_telegram_refuses_leaves_the_raw_file(
    story: Story, code: int, words: str
) -> None:
    """Protects the result from an edit that is refused: the file before it gets the buttons."""
    refused = faults.Refuse(words, code)

    def watch(kind: str, *_: object) -> None:
        if kind == "file":
            story.world.telegram.faults.add("editMessageMedia", refused, times=1)
            story.world.state.watchers.remove(watch)

    story.world.state.watchers.append(watch)
    sent = await checked(story, "crm.xlsx", workbook(SHEET))
    assert files_of(story) == [raw_of(story)]
    assert sent.buttons[-1] == ["More…"]


async def test_a_day_later_all_is_still_there(story: Story) -> None:
    """Protects the groups and the raw file: Telegram has it, though the message shows the list."""
    sent = await checked(story, "list.txt", "\n".join(numbers(40)).encode())
    answers = answers_of(raw_of(story))
    await story.passes(DAY + 3700)
    assert not list((story.home / "results").glob("*"))
    await story.anna.presses("Only active", on=sent)
    await story.passes(5)
    wanted = [number for number, row in answers.items() if row[0] == "active"]
    assert files_of(story)[-1].decode().split() == wanted
    await story.anna.presses("Raw file", on=sent)
    await story.passes(5)
    assert files_of(story)[-1] == raw_of(story)


async def test_what_comes_first_is_chosen_in_tasks(story: Story) -> None:
    """Protects those who feed the raw file to a program: for them it comes first."""
    await checked(story, "crm.xlsx", workbook(SHEET))
    anna = story.anna
    page = await anna.sees("Your checks", after=await anna.sends("/tasks"))
    await anna.presses("First file: your list with the answers", on=page)
    await story.passes(5)
    assert page.buttons[-1] == ["First file: the raw file of the service"]
    await checked(story, "more.xlsx", workbook([["Phone"], *([n] for n in numbers(20, 50))]))
    assert files_of(story)[-1] == raw_of(story)


def _documents(story: Story) -> list[Document]:
    return [
        each.document
        for each in story.anna.messages
        if each.by_bot and not each.deleted and each.document is not None
    ]
