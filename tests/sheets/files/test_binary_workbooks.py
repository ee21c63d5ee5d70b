import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.files import binary_workbooks
from sheets.files.binary_workbooks import packed
from sheets.files.documents import BrokenFile, HarmfulFile, NotAList, TooLarge
from sheets.files.workbooks import read
from sheets.lists.intake import Part
from sheets.lists.intake import read as list_of
from tests.support.sheets.binary_books import HIDDEN, VISIBLE, book, number, row, shared, text
from tests.support.sheets.make_corpus import xlsx

ONE, TWO, THREE = "+4915123580489", "+4915123844868", "+4915123457583"
HEADER = row(0) + text(0, "Name") + text(1, "Phone")


def test_a_binary_workbook_is_a_list() -> None:
    """Protects people whose Excel saves big lists as xlsb: texts, shared ones and numbers count."""
    cells = HEADER + row(1) + text(0, "Anna") + shared(1, 0) + row(2) + number(1, int(TWO[1:]))
    reading = list_of([Part("a.xlsb", book(cells, texts=[ONE]))])
    assert reading.numbers.to_list() == [ONE, TWO]


def test_dates_are_told_from_numbers() -> None:
    """A day stays a day, whatever else stands among the looks; a number is no day."""
    sheet = read(book(row(0) + number(0, 44197, look=1) + number(1, 44197)))[0]
    assert sheet.cells.rows() == [("2021-01-01", "44197")]


def test_what_is_hidden_is_left_out_and_counted() -> None:
    """Hidden rows and sheets are left out of binary workbooks, too."""
    first = HEADER + row(1) + text(1, ONE) + row(2, hidden=True) + text(1, TWO)
    second = HEADER + row(1) + text(1, THREE)
    data = book(first, second, states=[VISIBLE, HIDDEN])
    reading = list_of([Part("a.xlsb", data)])
    assert reading.numbers.to_list() == [ONE]
    assert reading.told.hidden == 2
    assert list_of([Part("a.xlsb", data)], wishes={"hidden"}).numbers.len() == 3


def test_a_chart_is_a_blank_sheet() -> None:
    """The library can't read the part of a chart, and would give up the whole workbook."""
    data = book(b"\xff\xff", targets="chartsheets/sheet{}.bin")
    assert [sheet.cells.shape for sheet in read(data)] == [(0, 0)]


@pytest.mark.parametrize("kind", [0x11, 0x3E], ids=["without its place", "with looks"])
def test_cells_that_would_be_passed_over_are_not_lost_in_silence(kind: int) -> None:
    """The library skips some kinds of cells; a list without some of its numbers is no list."""
    with pytest.raises(NotAList, match="xlsb"):
        read(book(row(0) + text(0, ONE) + text(1, TWO, kind)))


def test_sheets_elsewhere_are_refused_with_a_word() -> None:
    """A part where no Excel puts one isn't looked for."""
    with pytest.raises(NotAList, match="xlsb"):
        read(book(row(0), targets="elsewhere/sheet{}.bin"))


def test_far_cells_are_refused_before_they_are_laid_out() -> None:
    """Two cells in a few hundred bytes are enough to ask for a hundred gigabytes."""
    for cells in (
        row(0) + number(0, 1) + row(1_048_575) + number(16_383, 1),
        row(0) + number(0xFFFFFFFF, 1),
    ):
        with pytest.raises(TooLarge):
            read(book(cells))
    behind = row(0) + number(0, 1) + packed(0x92, b"") + row(1_048_575) + number(16_383, 1)
    with pytest.raises(TooLarge):
        read(book(behind))


def test_one_part_as_many_sheets() -> None:
    """A thousand names for one part would have it read a thousand times."""
    with pytest.raises(HarmfulFile, match="sheets"):
        read(book(row(0), row(1), targets="worksheets/sheet.bin"))


def test_records_that_lie() -> None:
    """Too short, too long, cut: the library would read what stood there before."""
    for cells in (row(0) + packed(0x05, b"\0\0"), packed(0x00, b"\0")):
        with pytest.raises(BrokenFile):
            read(book(cells))
    with pytest.raises(BrokenFile):
        read(book(b"\x05\xff\x7f"))
    with pytest.raises(HarmfulFile, match="size"):
        read(book(b"\x05\xff\xff\xff\x7f"))
    with pytest.raises(BrokenFile):
        read(book(row(0) + shared(0, 7)))


def test_an_xlsx_with_a_second_heart_is_read_as_one() -> None:
    """What was looked at is what is read: the other workbook in the container is left behind."""
    data = io.BytesIO(xlsx(S=[[ONE]]))
    binary = io.BytesIO(book(row(0) + text(0, TWO)))
    with zipfile.ZipFile(binary) as other, zipfile.ZipFile(data, "a") as both:
        for name in other.namelist():
            both.writestr(name, other.read(name))
    assert [sheet.cells.rows() for sheet in read(data.getvalue())] == [[(TWO,)]]


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 0x3FFF), st.binary(max_size=300), st.integers(1, 7))
def test_records_come_back(kind: int, content: bytes, size: int) -> None:
    """However a part is cut into pieces, its records are the same."""
    data = packed(kind, content) * 3

    class Cut:
        def pieces(self) -> list[bytes]:
            return [data[at : at + size] for at in range(0, len(data), size)]

    found = binary_workbooks._records(Cut())  # type: ignore[arg-type]
    assert list(found) == [(kind, content)] * 3


def test_many_cells() -> None:
    """Pieces are cut anywhere; what spans two of them is read once."""
    cells = b"".join(row(place) + number(0, int(ONE[1:]) + place) for place in range(60_000))
    sheet = read(book(cells))[0]
    assert sheet.cells.height == 60_000
    assert sheet.cells["c0"][59_999] == str(int(ONE[1:]) + 59_999)
