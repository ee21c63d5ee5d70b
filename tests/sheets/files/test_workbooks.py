import datetime as dt
import io
from pathlib import Path

import fastexcel
import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.files import workbook_bounds
from sheets.files.documents import BrokenFile, HarmfulFile, ListError, NotAList, TooLarge
from sheets.files.packed import archives, zips
from sheets.files.workbooks import read
from tests.support.sheets.make_corpus import bare_xlsx, ods, ods_cell, ods_row, xlsx

CORPUS = Path(__file__).with_name("corpus")
Rows = list[tuple[str | None, ...]]


def rows(data: bytes, place: int = 0) -> Rows:
    """Return the cells of one sheet."""
    return read(data)[place].cells.rows()


def test_numbers_come_out_as_people_write_them() -> None:
    """A phone number that a spreadsheet took for a number keeps all its digits, and no others."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [79876543210, 441234567890.0, 79876543210.5, 1e15, -5, 0.25, True])
    sheet.write_number(1, 0, 79876543210, book.add_format({"num_format": "0.00E+00"}))
    sheet.write_string(1, 1, "4.41E+11")
    sheet.write_string(1, 2, "0123")
    book.close()
    first, second = rows(out.getvalue())
    expected = ("79876543210", "441234567890", "79876543210.5", "1000000000000000", "-5", "0.25")
    assert first == (*expected, "true")
    assert second == ("79876543210", "4.41E+11", "0123", None, None, None, None)


def test_dates_are_dates() -> None:
    """A date is not the number of days since 1900, and has no midnight behind it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for place, (moment, shape) in enumerate(
        [
            (dt.datetime(2024, 5, 6), "dd.mm.yyyy"),  # noqa: DTZ001 - Excel knows no zones
            (dt.datetime(2024, 5, 6, 7, 8, 9), "yyyy-mm-dd hh:mm:ss"),  # noqa: DTZ001
            (dt.time(7, 8, 9), "hh:mm:ss"),
        ]
    ):
        sheet.write_datetime(0, place, moment, book.add_format({"num_format": shape}))
    book.close()
    assert rows(out.getvalue()) == [("2024-05-06", "2024-05-06 07:08:09", "07:08:09")]


def test_lines_are_those_of_the_sheet() -> None:
    """Blank rows count, above and within the table, so that a line can be found again."""
    cells = rows(xlsx(S=[[], [], [None, "a"], [], [None, "b", "c"]]))
    assert cells == [(None, None), (None, None), ("a", None), (None, None), ("b", "c")]
    assert rows(ods(ods_row("<table:table-cell/>") * 2 + ods_row(ods_cell("a")))) == [
        (None,), (None,), ("a",)
    ]  # fmt: skip


def test_formulas_errors_merged_and_hidden_cells() -> None:
    """Formulas give their last result, errors nothing, merged cells their text once."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_formula(0, 0, "=79876543209+1", None, 79876543210)
    sheet.write_formula(0, 1, "=1/0", None, "#DIV/0!")
    sheet.write_formula(0, 2, '="+49"&"30901820"', None, "+4930901820")
    sheet.merge_range(1, 0, 1, 1, "merged")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.write_string(2, 0, "hidden")
    book.close()
    assert rows(out.getvalue()) == [
        ("79876543210", None, "+4930901820"),
        ("merged", None, None),
        ("hidden", None, None),
    ]


def test_all_sheets_in_order() -> None:
    """Every sheet is read, blank and hidden ones too, with its name."""
    sheets = read(xlsx(May=[["a"]], Leer=[], Юни=[["b"]]))
    assert [(sheet.name, sheet.cells.rows()) for sheet in sheets] == [
        ("May", [("a",)]),
        ("Leer", []),
        ("Юни", [("b",)]),
    ]


def test_an_old_workbook() -> None:
    """Many accounting programs still write the format of Excel 97."""
    assert rows((CORPUS / "old.xls").read_bytes())[:2] == [
        ("Name", "Phone"),
        ("Anna", "79876543210"),
    ]


def test_a_far_corner_of_an_old_workbook_is_refused() -> None:
    """Two changed bytes in an xls must not make the reader allocate a hundred gigabytes."""
    data = bytearray((CORPUS / "old.xls").read_bytes())
    cell = data.index(b"\xfd\x00\x0a\x00")  # a text: its row and column follow
    data[cell + 4 : cell + 8] = b"\xff\xff\xff\xff"
    with pytest.raises(TooLarge) as refused:
        read(bytes(data))
    assert (refused.value.rows, refused.value.columns) == (65536, 65536)


@pytest.mark.parametrize(
    ("tags", "corner"),
    [
        ('<row r="1"><c r="B1"><v>1</v></c></row>', (999_999, 26)),
        ('<row r="7"><c r="AB7"><v>1</v></c></row>', (7, 28)),
        ('<row r="7"><c s="1" r="C7"><v>1</v></c></row>', (7, 3)),
        ("<row><c><v>1</v></c><c/></row><row/><row><c/></row>", (3, 2)),
        ('<row r="5"><c r="D5"/><c/></row>', (5, 5)),
        ("<row r='3'><c r='xfd3'/></row>", (3, 16384)),
        ('<x:row xmlns:x="x" r="2"><x:c r="A2000000"/></x:row>', (2_000_000, 1)),
    ],
)
def test_how_far_a_sheet_reaches(tags: str, corner: tuple[int, int]) -> None:
    """The extent of a sheet is known before memory is allocated, however cells are placed."""
    assert max(workbook_bounds.of_zip(bare_xlsx(tags))) == corner


def test_a_tag_across_two_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell at the border of two chunks is not missed."""
    cells = "".join(f'<c r="A{row}"/>' for row in range(1, 20))
    data = bare_xlsx(f'{cells}<c r="ABC9"/>')
    for size in (20, 31, 32, 47):
        monkeypatch.setattr(zips, "PIECE", size)
        assert max(columns for _, columns in workbook_bounds.of_zip(data)) == 731


def test_a_lying_dimension_is_not_believed() -> None:
    """A sheet that claims to be full, and holds one cell, is one cell."""
    sheet = '<dimension ref="A1:XFD1048576"/><row r="1"><c r="A1"><v>1</v></c></row>'
    assert rows(bare_xlsx(sheet)) == [("1",)]


def test_refusals_say_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password, a bomb and damage are told apart."""
    with pytest.raises(NotAList, match="protected"):
        read((CORPUS / "locked.xlsx").read_bytes())
    with pytest.raises(BrokenFile):
        read(xlsx(S=[["a"]])[:-200])
    with pytest.raises(BrokenFile):
        read(bare_xlsx("<row><c></row>"))
    monkeypatch.setattr(archives, "RATIO_COUNTS_FROM", 1000)
    with pytest.raises(HarmfulFile, match="ratio"):
        read(bare_xlsx("<row/>" * 500_000))


cells = st.one_of(
    st.none(),
    st.integers(-(10**14), 10**14),
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=8))
def test_what_a_writer_wrote_is_read(table: list[list[str | int | None]]) -> None:
    """Every cell comes back in its row, as the text that a person saw; openpyxl agrees."""
    data = xlsx(S=table)
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    theirs = [["" if cell is None else str(cell) for cell in row] for row in book["S"].values]
    ours = [[cell or "" for cell in row] for row in rows(data)]
    assert [list(filter(None, row)) for row in ours] == [
        list(filter(None, row)) for row in theirs[: len(ours)]
    ]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(["old.xls", "small.ods", "numbers.xlsx"]))
def test_wrong_bytes_in_a_workbook(seed: int, name: str) -> None:
    """A damaged workbook is read or refused; nothing else is raised."""
    data = bytearray((CORPUS / name).read_bytes())
    for step in range(1 + seed % 5):
        data[(seed * (step + 7919)) % len(data)] = (seed >> step) % 256
    try:
        read(bytes(data))
    except ListError:
        return


def test_fastexcel_gives_texts_without_exponents() -> None:
    """We rely on the library: dtypes="string" writes whole floats as whole numbers."""
    sheet = fastexcel.read_excel(xlsx(S=[[79876543210.0]])).load_sheet(
        0, header_row=None, dtypes="string"
    )
    assert sheet.to_polars().item() == "79876543210"
