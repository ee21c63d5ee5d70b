import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.files.documents import SeveralColumns
from sheets.lists.columns.roles import ALL_COLUMNS
from sheets.lists.intake import Part, read, trace
from sheets.phones.reasons import Reason
from tests.support.sheets.make_corpus import xlsx


def test_tables_come_back_with_their_numbers() -> None:
    """People get their own table back: every cell in its place, and each row's number."""
    text = 'Имя;Телефон\n"A; ""b""";+79876543210\n\nC;нет\nD;+79876543210\n'
    (traced,) = trace([Part("list.csv", text.encode("cp1251"))])
    table = traced.table
    assert (table.source, table.part, table.kind, table.delimiter) == ("list.csv", 0, "csv", ";")
    assert (table.has_header, table.encoding, table.bom) == (True, "cp1251", False)
    assert table.cells.rows() == [
        ("Имя", "Телефон"),
        ('A; "b"', "+79876543210"),
        (None, None),
        ("C", "нет"),
        ("D", "+79876543210"),
    ]
    assert traced.numbers.rows() == [(1, 79876543210), (4, 79876543210)]


def test_a_message_comes_back_as_one_column() -> None:
    """A paste comes back line by line, also when it begins like another kind of file."""
    (traced,) = trace([Part("m", "BEGIN:VCARD\r\n+79876543210 4930901820", "text")])
    assert (traced.table.kind, traced.table.cells.columns) == ("message", ["c0"])
    assert traced.numbers.rows() == [(1, 79876543210), (1, 4930901820)]


def test_sheets_of_a_workbook_are_named() -> None:
    """A rejected line is found in the right sheet, by the sheet's own line number."""
    rows = [["Name", "Phone"], [], ["Anna", 79876543210], ["Boris", "n/a"]]
    data = xlsx(May=rows, June=[["Phone"], ["+4930901820"]], Notes=[["a"], ["b"]])
    reading = read([Part("crm.xlsx", data)])
    assert reading.numbers.to_list() == ["+79876543210", "+4930901820"]
    assert reading.left_out.rows() == [("crm.xlsx / May", 4, "n/a", Reason.NOT_A_NUMBER)]
    traced = trace([Part("crm.xlsx", data)])
    assert [each.table.source for each in traced] == ["crm.xlsx / May", "crm.xlsx / June"]


def test_a_title_above_the_header() -> None:
    """The header is found below a title, so a question about a column uses its own name."""
    rows = [["Report"], [], ["Name", "Work", "Home"]]
    rows += [["Anna", "+79876543210", "+4930901820"]] * 3
    with pytest.raises(SeveralColumns) as refused:
        read([Part("a.txt", b"+79876543210"), Part("b.xlsx", xlsx(S=rows))])
    assert (refused.value.part, refused.value.source) == (1, "b.xlsx")
    named = [["Report"], [], ["Name", "Phone 1", "Phone 2"], *rows[3:]]
    with pytest.raises(SeveralColumns) as refused:
        read([Part("b.xlsx", xlsx(S=named))])
    assert [column.header for column in refused.value.columns] == ["Phone 1", "Phone 2"]
    chosen = read([Part("b.xlsx", xlsx(S=named), column=2)])
    assert (chosen.numbers.to_list(), chosen.rejected) == (["+4930901820"], 0)
    both = read([Part("b.xlsx", xlsx(S=named), column=ALL_COLUMNS)])
    assert both.numbers.to_list() == ["+79876543210", "+4930901820"]


def test_a_column_of_countries_reads_national_numbers() -> None:
    """Each row is read in the country it names; those that name none, in the chat's."""
    text = "phone,country\n030 901820,Deutschland\n8 987 654 32 10,RU\n07400 123456,+44\n"
    text += "07400 123457,\n"
    parts = [Part("list.csv", text.encode())]
    assert read(parts, "GB").numbers.to_list() == [
        "+4930901820",
        "+79876543210",
        "+447400123456",
        "+447400123457",
    ]
    assert read(parts).national == 1


_cells = st.text(st.sampled_from('ab"; ,ä電0123456789+|'), max_size=12).map(str.strip)


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.tuples(_cells, _cells), max_size=6),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_a_written_csv_comes_back(rows: list[tuple[str, str]], delimiter: str, code: str) -> None:
    """A table that is given back has the same cells as the csv."""
    table = [("Name", "Note", "Phone")]
    table += [(*row, f"+7987654321{place}") for place, row in enumerate(rows)]
    table.append(("x", "y", "+79876543219"))
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
        table
    )
    (traced,) = trace([Part("a.csv", out.getvalue().encode(code))])
    cells = traced.table.cells.fill_null("").rows()
    assert cells[: len(table)] == table
    assert traced.numbers["row"].to_list() == list(range(1, len(table)))
