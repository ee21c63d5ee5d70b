import io
import zipfile

import pytest
import xlsxwriter

from sheets.files import hidden_rows
from sheets.files.documents import HarmfulFile, NoNumbers
from sheets.files.hidden_rows import HiddenRows
from sheets.files.workbooks import read as sheets_of
from sheets.lists.intake import Part, read, trace
from tests.support.sheets.make_corpus import bare_xlsx, ods, ods_cell, ods_row, zipped

ONE, TWO, THREE, FOUR = "+4915123580489", "+4915123844868", "+4915123457583", "+4915123376037"


def book() -> bytes:
    """Return a workbook with a filtered row, a hidden and a very hidden sheet."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    first, second, third = (made.add_worksheet(name) for name in ("Now", "Old", "Secret"))
    for sheet, numbers in ((first, (ONE, TWO, "Anna")), (second, (THREE,)), (third, (FOUR,))):
        for row, cell in enumerate(("Phone", *numbers)):
            sheet.write_string(row, 0, cell)
    first.set_row(2, None, None, {"hidden": True})
    first.set_row(3, None, None, {"hidden": True})
    second.hide()
    third.very_hidden()
    made.close()
    return out.getvalue()


def test_what_is_hidden_is_left_out_and_counted() -> None:
    """Protects from numbers that nobody saw: those that were filtered away, or set aside."""
    reading = read([Part("a.xlsx", book())])
    assert reading.numbers.to_list() == [ONE]
    assert reading.told.hidden == 3, "rows with a number; the name is none"
    assert reading.rejected == 0


def test_what_is_hidden_is_read_when_it_is_wanted() -> None:
    """Protects whoever filters a list to look at it, and means all of it."""
    reading = read([Part("a.xlsx", book())], wishes={"hidden"})
    assert reading.numbers.to_list() == [ONE, TWO, THREE, FOUR]
    assert reading.told.hidden == 0


def test_the_own_sheet_holds_every_row() -> None:
    """Protects people's tables: what wasn't read isn't lost, and has no number beside it."""
    traced = trace([Part("a.xlsx", book())])
    assert [each.table.cells["c0"].to_list() for each in traced] == [
        ["Phone", ONE, TWO, "Anna"],
        ["Phone", THREE],
        ["Phone", FOUR],
    ]
    assert [each.numbers["row"].to_list() for each in traced] == [[1], [], []]
    wanted = trace([Part("a.xlsx", book())], wishes={"hidden"})
    assert [each.numbers["row"].to_list() for each in wanted] == [[1, 2], [1], [1]]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"/></row><row r="3" spans="1:1" hidden="1"><c r="A3"/></row>',
        '<row r="1"><c r="A1"/></row><row hidden = \'true\' r = "3"><c r="A3"/></row>',
        '<row><c/></row><row/><row hidden="1"><c/></row>',
        '<row r="1"><c/></row><row r="2" hidden="0"/><row r="3" hidden="1"><c r="A3"/></row>',
    ],
)
def test_however_a_row_is_hidden(rows: str) -> None:
    """Protects from what other programs write: without places, with blanks, in words."""
    rows = rows.replace("/></row>", "><v>5</v></c></row>")
    (sheet,) = sheets_of(bare_xlsx(rows))
    assert sheet.hidden.to_list() == [2]
    prefixed = rows.replace("<row", "<x:row").replace("</row", "</x:row")
    assert HiddenRows().look(prefixed.replace("<x:row>", '<x:row r="1">')) == ("<row><" not in rows)


def test_a_word_in_a_text_hides_nothing() -> None:
    """Protects cells and columns that only speak of it."""
    rows = '<row r="1"><c r="A1" t="str"><v>row hidden="1"</v></c></row>'
    (sheet,) = sheets_of(bare_xlsx(rows, cols='<col hidden="1"/>'))
    assert sheet.hidden.to_list() == []


def test_an_open_document() -> None:
    """Protects people of LibreOffice, where one tag may hide a million rows."""
    hidden = ' table:visibility="filter" table:number-rows-repeated="2"'
    rows = ods_row(ods_cell(ONE)) + ods_row(ods_cell(TWO), about=hidden) + ods_row(ods_cell(THREE))
    data = ods(rows + ods_row(ods_cell(FOUR), about='table:visibility="collapse"'))
    assert sheets_of(data)[0].hidden.to_list() == [1, 2, 4]
    reading = read([Part("a.ods", data)])
    assert (reading.numbers.to_list(), reading.told.hidden) == ([ONE, THREE], 3)
    blank = (
        f"<table:table-row{hidden.replace('2', '1000000')}><table:table-cell/></table:table-row>"
    )
    assert sheets_of(ods(ods_row(ods_cell(ONE)) + blank))[0].hidden.to_list() == []


def test_a_hidden_sheet_of_an_open_document() -> None:
    """Protects from its sheets that are set aside, too."""
    data = ods(ods_row(ods_cell(ONE)))
    style = (
        "<office:automatic-styles><style:style xmlns:style="
        '"urn:oasis:names:tc:opendocument:xmlns:style:1.0" style:name="h" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
        "</office:automatic-styles><office:body>"
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    content = bytes(files["content.xml"]).decode()
    content = content.replace("<office:body>", style)
    files["content.xml"] = content.replace('table:name="S"', 'table:name="S" table:style-name="h"')
    assert sheets_of(zipped(files))[0].hidden.to_list() == [0]


def test_hidden_rows_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects memory: there are no more of them than a sheet has rows, whatever it says."""
    monkeypatch.setattr(hidden_rows, "MOST_RANGES", 5)
    rows = "".join(f'<row r="{place * 2 + 1}" hidden="1"><c/></row>' for place in range(9))
    with pytest.raises(HarmfulFile):
        sheets_of(bare_xlsx(rows))
    found = HiddenRows()
    found.add(5, 10**9)
    found.add(2, 10**9)
    assert found.rows(8).to_list() == [2, 3, 4, 5, 6, 7]


def test_a_workbook_of_which_nothing_is_shown() -> None:
    """Protects from guessing: what nobody sees isn't read because there is nothing else."""
    data = ods(ods_row(ods_cell(ONE), about='table:visibility="collapse"'))
    with pytest.raises(NoNumbers) as refused:
        read([Part("a.ods", data)])
    assert refused.value.told.hidden == 1, "the card offers to include it"
    assert read([Part("a.ods", data)], wishes=["hidden"]).numbers.to_list() == [ONE]
