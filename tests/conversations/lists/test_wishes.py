"""What a person may wish of a list: unusual numbers, hidden rows, old forms, another column."""

import io
from dataclasses import dataclass

import pytest
import xlsxwriter  # type: ignore[import-untyped] # it has no type information

from tests.conversations.lists.test_assumed import exported, labels
from tests.support.stories.lists import numbers
from tests.support.stories.sheets_of import cells_of, workbook
from tests.support.stories.story import Story

UNUSUAL = [f"+7000000000{place}" for place in range(5)]
OLD = [f"+52 1 55 1234 567{place}" for place in range(9)]
PRESENT = [f"+52551234567{place}" for place in range(9)]


def with_hidden_rows() -> bytes:
    """Return a workbook of five numbers, of which two stand in hidden rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["Phone", *numbers(5)])
        for row in (2, 4):
            sheet.set_row(row, None, None, {"hidden": True})
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Wish:
    """A list and its wish.

    says: on the card at first. button: the wish. then: what the card says. back: the way back.
    sent: what is posted with the wish, and without it.
    """

    file: bytes
    says: str
    button: str
    then: str
    back: str
    word: str
    sent: tuple[list[str], list[str]]


WISHES = [
    Wish(
        "\n".join([*numbers(3), *UNUSUAL]).encode(),
        "but are in no range I know, such as +70000000000",
        "Include 5 unusual numbers",
        "5 unusual numbers are included",
        "Leave 5 unusual numbers out",
        "unusual",
        ([*numbers(3), *UNUSUAL], numbers(3)),
    ),
    Wish(
        with_hidden_rows(),
        "2 hidden rows are left out",
        "Include 2 hidden rows",
        "Hidden rows are included",
        "Leave hidden rows out",
        "hidden",
        (numbers(5), numbers(5)[::2]),
    ),
    Wish(
        "\n".join([*numbers(3), *OLD]).encode(),
        "9 numbers were in an old form, such as +52 1 55 1234 5670, read as +525512345670",
        "Leave 9 old forms out",
        "9 numbers in an old form are left out",
        "Include 9 old forms",
        "old_forms_out",
        (numbers(3), [*numbers(3), *PRESENT]),
    ),
]


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.parametrize("wish", WISHES, ids=[wish.word for wish in WISHES])
async def test_what_is_wished_is_what_is_posted(story: Story, wish: Wish, is_kept: bool) -> None:  # noqa: FBT001 # a case
    """Protects the person's say in what is paid for: each wish is kept, shown, and taken back."""
    anna = await story.says_hello()
    await anna.uploads("list", wish.file)
    card = await anna.sees(wish.says)
    await anna.presses(wish.button, on=card)
    await anna.sees(wish.then, in_message=card)
    assert f'"wishes": "{wish.word}"' in await exported(story)
    await story.restarts()
    if not is_kept:
        await anna.presses(wish.back, on=card)
        await anna.sees(wish.says, in_message=card)
    await anna.presses("Band", on=card)
    await anna.presses("Start", on=card)
    await anna.receives_file()
    assert story.world.ekyc.tasks[0].numbers == wish.sent[0 if is_kept else 1]


@pytest.mark.parametrize("is_wished", [True, False])
async def test_a_sheet_is_read_with_the_lists_wishes(story: Story, is_wished: bool) -> None:  # noqa: FBT001 # a case
    """Protects the rows of a sheet: they get the answers that were paid for, and no others."""
    anna = await story.says_hello()
    await anna.uploads("list.xlsx", with_hidden_rows())
    card = await anna.sees("3 numbers ready")
    if is_wished:
        await anna.presses("Include 2 hidden rows", on=card)
        await anna.sees("Hidden rows are included", in_message=card)
    await anna.presses("Active number", on=card)
    await anna.presses("Start", on=card)
    await anna.receives_file()
    await anna.presses("My sheet with the answers")
    rows = cells_of((await anna.receives_file()).data)
    assert [row[0] for row in rows[1:]] == numbers(5)
    assert [bool(row[1]) for row in rows[1:]] == [is_wished or place % 2 == 0 for place in range(5)]


async def test_another_column_is_chosen_afterwards(story: Story) -> None:
    """Protects from the wrong column: the others are a tap away, the one that was read is not."""
    anna = await story.says_hello()
    rows = list(zip(numbers(3), numbers(3, 100), strict=True))
    await anna.uploads("two.xlsx", workbook([["Fax", "Phone"], *rows]))
    card = await anna.sees("column “Phone”")
    await anna.presses("Another column", on=card)
    await anna.sees("Several columns of two.xlsx hold numbers", in_message=card)
    assert labels(card) == [f"Fax: {numbers(1)[0]}", "All of them", "‹ Back"]
    await anna.presses("Fax", on=card)
    await anna.sees("column “Fax”", in_message=card)
    await anna.presses("Band", on=card)
    await anna.presses("Start", on=card)
    await anna.receives_file()
    assert story.world.ekyc.tasks[0].numbers == numbers(3)
