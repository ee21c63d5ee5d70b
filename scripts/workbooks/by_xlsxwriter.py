"""Workbooks that xlsxwriter makes, with what only new versions of Excel know."""

import datetime as dt
import io
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import xlsxwriter  # type: ignore[import-untyped] # it has no type information

from scripts.workbooks.by_openpyxl import HEAD, ROWS, row

_VBA = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016)  # an OLE file, which nobody opens here


def workbooks() -> Iterator[tuple[str, bytes]]:
    """Yield names and workbooks."""
    works = (crm, table, sparklines, pictures, words, dropdowns, hidden_rest, folded, spilled, wide)
    for work in works:
        yield f"xlsxwriter-{work.__name__.replace('_', '-')}.xlsx", _book(work)
    yield "xlsxwriter-in-rows.xlsx", _book(crm, constant_memory=True)
    yield "xlsxwriter-since-1904.xlsx", _book(crm, date_1904=True)
    with tempfile.NamedTemporaryFile(suffix=".bin") as file:
        file.write(_VBA)
        file.flush()
        yield "xlsxwriter-macros.xlsm", _book(lambda book, _: book.add_vba_project(file.name))


def _book(work: Callable[[Any, Any], None], **options: Any) -> bytes:
    out = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        told = {"in_memory": True, "tmpdir": folder, **options}
        if "constant_memory" in options:
            told.pop("in_memory")
        book = xlsxwriter.Workbook(out, told)
        book.set_properties({"created": dt.datetime(2026, 1, 2, tzinfo=dt.UTC)})
        sheet = book.add_worksheet("List")
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEAD)
        for place in range(ROWS):
            for at, value in enumerate(row(place)):
                sheet.write(place + 1, at, value, *([date] if at == 2 else []))  # noqa: PLR2004 - the date
        work(book, sheet)
        book.close()
    return out.getvalue()


def crm(_: Any, sheet: Any) -> None:
    """A filter, a frozen header, widths."""
    sheet.autofilter(0, 0, ROWS, 5)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 24)


def table(book: Any, sheet: Any) -> None:
    """A table with a row of totals and a column that is computed."""
    columns = [{"header": name} for name in HEAD]
    columns[3] |= {"total_function": "sum"}
    columns += [{"header": "Tax", "formula": "=[@Paid]*0.19"}]
    sheet.add_table(0, 0, ROWS + 1, 6, {"columns": columns, "total_row": True, "name": "Customers"})
    book.define_name("Paid", "=List!$D$2:$D$9")


def sparklines(_: Any, sheet: Any) -> None:
    """Sparklines, and bars of new kinds, which stand in an extension."""
    for place in range(1, ROWS + 1):
        sheet.add_sparkline(place, 6, {"range": f"List!D{place + 1}:E{place + 1}"})
    sheet.conditional_format(
        1, 3, ROWS, 3, {"type": "data_bar", "data_bar_2010": True, "bar_solid": True}
    )


def pictures(book: Any, sheet: Any) -> None:
    """A picture, a chart and a box of text."""
    raw = b"\0\xff\x80\x00"
    size = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n"
    for kind, data in ((b"IHDR", size), (b"IDAT", zlib.compress(raw)), (b"IEND", b"")):
        checked = struct.pack(">I", zlib.crc32(kind + data))
        png += struct.pack(">I", len(data)) + kind + data + checked
    sheet.insert_image(
        "J2", "dot.png", {"image_data": io.BytesIO(png), "x_scale": 60, "y_scale": 60}
    )
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=List!$D$2:$D$9"})
    sheet.insert_chart("A12", chart)
    sheet.insert_textbox("D12", "Of the north only")


def words(book: Any, sheet: Any) -> None:
    """Texts of every script, with several formats in one cell, and blanks around."""
    bold = book.add_format({"bold": True})
    sheet.write_rich_string(1, 0, "An", bold, "na", " ☎ 😀")
    for place, text in enumerate(("  two ", "a\nb", "_x0041_", "اسم", "名字", "=1+1", "<&>\"'"), 2):
        sheet.write_string(place, 0, text)
    sheet.right_to_left()


def dropdowns(_: Any, sheet: Any) -> None:
    """Choices, comments and a link to another place."""
    sheet.data_validation(1, 5, 100, 5, {"validate": "list", "source": ["yes", "no"]})
    sheet.write_comment("A2", "Owes us", {"visible": True})
    sheet.write_url("A3", "internal:List!D2", string="Ann 1")


def hidden_rest(book: Any, sheet: Any) -> None:
    """All columns and rows beyond the list are hidden, and its columns have formats."""
    sheet.set_column("A:F", 15, book.add_format({"font_color": "#333333"}))
    sheet.set_column("G:XFD", None, None, {"hidden": True})
    sheet.set_default_row(hide_unused_rows=True)
    for place in range(ROWS + 1):
        sheet.set_row(place, 16)


def folded(_: Any, sheet: Any) -> None:
    """Rows and columns that are folded away."""
    for place in range(2, 5):
        sheet.set_row(place, None, None, {"level": 1, "hidden": True})
    sheet.set_row(5, None, None, {"collapsed": True})
    sheet.set_column("C:D", 12, None, {"level": 1})


def spilled(_: Any, sheet: Any) -> None:
    """Formulas that fill several cells, which need metadata."""
    sheet.write_dynamic_array_formula("H2", "=SORT(D2:D9)", None, 0)
    sheet.write_array_formula("A12:B12", "{=D2:E2*2}")


def wide(book: Any, sheet: Any) -> None:
    """Sixty columns, of which the last are merged."""
    for place in range(6, 60):
        sheet.write(0, place, f"Question {place}")
        sheet.write(1, place, place)
    sheet.merge_range(3, 58, 3, 62, "merged", book.add_format({"align": "center"}))
