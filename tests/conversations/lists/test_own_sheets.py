"""A person's own files with the answers beside their rows."""

from pathlib import Path

import pytest

from sandbox.http import faults
from scripts.workbooks.compare import compare
from tests.support.stories.lists import numbers
from tests.support.stories.sheets_of import answers_of, cells_of, rows_of, workbook
from tests.support.stories.steps import today
from tests.support.stories.story import Story

DAY = 24 * 3600
WORKBOOKS = Path(__file__).parents[2] / "sheets" / "output" / "workbooks"


SHEET = [
    ["Name", "Phone", "Note"],
    ["Ann", numbers(3)[0], "=1+1"],
    ["Bob", numbers(3)[1][1:], "+x"],
    [None, None, None],
    ["Cid", "no phone", "a\nb"],
    ["Dan", numbers(3)[0], "ünïcödé ☎"],
    ["Eve", numbers(3)[2], None],
]


async def test_my_sheet_comes_back_with_the_answers(story: Story) -> None:
    """Protects people's own sheets: rows, columns, order and duplicates stay."""
    anna = await story.says_hello()
    await anna.uploads("crm.xlsx", workbook(SHEET))
    await anna.sees("3 numbers ready · 1 duplicate · 1 not a number")
    await anna.presses("Active number")
    await anna.presses("Start")
    answers = answers_of((await anna.receives_file()).data)
    await story.restarts()
    await anna.presses("My sheet with the answers")
    file = await anna.receives_file()
    assert file.name == "crm with answers.xlsx"
    one, two, three = numbers(3)
    day = today(story)
    added = [
        ["E.164", "In use", "Checked on", "Left out because"],
        [one, answers[one][0], day, None],
        [two, answers[two][0], day, None],
        [None, None, None, None],
        [None, None, None, "not a phone number"],
        [one, answers[one][0], day, None],
        [three, answers[three][0], day, None],
    ]
    wanted = [[*row, *more] for row, more in zip(SHEET, added, strict=True)]
    assert cells_of(file.data) == wanted


async def test_a_workbook_stays_what_it_was(story: Story) -> None:
    """Protects people's workbooks: numbers, other sheets and widths are what they were."""
    anna = await story.says_hello()
    sent = (WORKBOOKS / "openpyxl-several-sheets.xlsx").read_bytes()
    await anna.uploads("crm.xlsx", sent)
    await anna.sees("8 numbers ready")
    await anna.presses("Active number")
    await anna.presses("Start")
    await anna.receives_file()
    await anna.presses("My sheet with the answers")
    file = await anna.receives_file()
    assert file.name == "crm with answers.xlsx"
    assert file.caption == "crm.xlsx, your own rows with the answers beside them."
    compared = compare(sent, file.data)
    assert compared.lost == []
    (added,) = compared.added.values()
    assert len(added) == 3 * 9


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("libreoffice-styled.ods", "I can't write this format, so it comes back as .xlsx"),
        ("hand-signed.xlsx", "Your file is signed"),
        ("hand-comment.xlsx", "built in a way that I can't add to"),
    ],
)
async def test_a_workbook_that_cant_be_kept(story: Story, name: str, said: str) -> None:
    """Protects from a silent loss: what isn't as it was is said beside the file."""
    anna = await story.says_hello()
    await anna.uploads(name, (WORKBOOKS / name).read_bytes())
    await anna.sees("numbers ready")
    await anna.presses("Active number")
    await anna.presses("Start")
    await anna.receives_file()
    await anna.presses("My sheet with the answers")
    file = await anna.receives_file()
    assert said in file.caption
    assert file.name.endswith(" with answers.xlsx")
    assert cells_of(file.data)[0][-3:] == ["E.164", "In use", "Checked on"]


async def test_a_csv_comes_back_as_it_came(story: Story) -> None:
    """Protects programs that read the sheet: separator, encoding, quotes, line ends, order."""
    anna = await story.says_hello()
    one, two = numbers(2)
    text = f'Имя;Телефон\r\nЖора;{one}\r\n"Зоя; и Ко";{two}\r\n=cmd|calc;{one}\r\n'
    await anna.uploads("база.csv", text.encode("cp1251"))
    await anna.sees("2 numbers ready · 1 duplicate")
    await anna.presses("Active number")
    await anna.presses("Start")
    answers = answers_of((await anna.receives_file()).data)
    await anna.presses("My sheet with the answers")
    file = await anna.receives_file()
    assert file.name == "база with answers.csv"
    first, second = (f";{number};{answers[number][0]};{today(story)}" for number in (one, two))
    assert file.data.decode("cp1251") == (
        "Имя;Телефон;E.164;In use;Checked on\r\n"
        f'Жора;{one}{first}\r\n"Зоя; и Ко";{two}{second}\r\n=cmd|calc;{one}{first}\r\n'
    )


async def test_several_sources_give_a_sheet_each(story: Story) -> None:
    """Protects lists of several files: each file comes back, and a long paste is one sheet."""
    anna = await story.says_hello()
    await anna.uploads_together(
        [("a.txt", numbers(2)[0].encode()), ("b.xlsx", workbook([["Tel"], [numbers(2)[1]]]))]
    )
    await anna.sees("2 numbers ready")
    await anna.presses("Active number")
    await anna.presses("Start")
    await anna.receives_file()
    await anna.presses("My sheet with the answers")
    files = [await anna.receives_file() for _ in range(2)]
    assert [file.name for file in files] == ["a with answers.csv", "b with answers.xlsx"]
    assert [row[-3] for row in rows_of(files[0].data.decode("utf-8-sig"))][1:] == [numbers(2)[0]]
    assert [row[-3] for row in cells_of(files[1].data)] == ["E.164", numbers(2)[1]]


async def test_a_paste_has_its_sheet_for_a_week(story: Story) -> None:
    """Protects pasted lists: the lines come back; after a week, only the numbers."""
    anna = await story.says_hello()
    await anna.sends(f"Ann {numbers(2)[0]}\nBob {numbers(2)[1]}")
    await anna.sees("2 numbers ready")
    await anna.presses("Active number")
    await anna.presses("Start")
    await anna.receives_file()
    for seconds, first in ((0, f"Ann {numbers(2)[0]}"), (8 * DAY, numbers(2)[0])):
        await story.passes(seconds)
        await anna.presses("My sheet with the answers")
        rows = rows_of((await anna.receives_file()).data.decode("utf-8-sig"))
        assert rows[0][0] == "As given"
        assert rows[1][0] == first
        assert [row[-3] for row in rows[1:]] == numbers(2)


async def test_a_sheet_is_read_as_its_list_was(story: Story) -> None:
    """Protects the rows of a sheet: changing the chat's country changes no earlier list."""
    anna = await story.says_hello()
    await anna.uploads("home.txt", b"07400 000000\n07400 000007\n")
    await anna.presses("United Kingdom")
    await anna.sees("2 numbers ready")
    await anna.presses("Active number")
    await anna.presses("Start")
    answers = answers_of((await anna.receives_file()).data)
    await anna.sends("/country +49")
    await anna.presses("Germany")
    await anna.presses("My sheet with the answers")
    rows = rows_of((await anna.receives_file()).data.decode("utf-8-sig"))
    day = today(story)
    assert rows[1:] == [
        [f"07400 {number[-6:]}", number, answers[number][0], day] for number in numbers(2)
    ]


async def test_a_result_that_is_fetched_again_keeps_its_day(story: Story) -> None:
    """Protects from old answers taken for new: the day is that of the check, not of its file."""
    anna = await story.says_hello()
    await anna.uploads("two.txt", "\n".join(numbers(2)).encode())
    card = await anna.sees("2 numbers ready")
    await anna.presses("Active number", on=card)
    await anna.presses("Start", on=card)
    await anna.receives_file()
    day = today(story)
    await story.passes(2 * DAY)
    gone = faults.Refuse("Bad Request: wrong file_id or the file is temporarily unavailable")
    story.world.telegram.faults.add("sendDocument", gone, times=1)
    await anna.presses("Send the file again", on=card)
    await anna.receives_file()
    await anna.presses("My sheet with the answers")
    rows = rows_of((await anna.receives_file()).data.decode("utf-8-sig"))
    assert [row[-1] for row in rows[1:]] == [day, day]
