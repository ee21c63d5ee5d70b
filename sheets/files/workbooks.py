"""Workbooks: xlsx, xls and ods, each sheet as a table of texts.

calamine reads them (by way of fastexcel). It lays every sheet out as a full rectangle, so two
cells in opposite corners of a sheet of a few hundred bytes would take tens of gigabytes. The
corners are looked up before it sees the file (`sheets.files.workbook_bounds`).
"""

import io
import re
from dataclasses import dataclass

import fastexcel
import polars as pl

from sheets.base import child_process
from sheets.files import archives, workbook_bounds
from sheets.files.documents import BrokenFile, NotAList, TooLarge, unpacking
from sheets.files.kinds import kind_of

MOST_CELLS = 30_000_000
"""Of a sheet's rectangle, blank ones too; each takes about 30 bytes while it is read."""
MOST_COLUMNS = 2_000

_MIDNIGHT = r"^(\d{4}-\d\d-\d\d) 00:00:00(?:\.0+)?$"
_TIME_ALONE = r"^(?:1899-12-3[01]|1900-01-0[01]) (\d\d:\d\d:\d\d)$"
_DATES = r"^\d{4}-\d\d-\d\d \d\d:"
_OLE = b"\xd0\xcf\x11\xe0"
_PROTECTED = re.compile(r"password|encrypt", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    cells: String columns c0, c1, … from the first column in use, null for an empty cell; blank
        rows above and between are kept, so that row i is line i + 1. No rows for a blank sheet.
        Whole numbers have neither point nor exponent, however the sheet shows them; formulas
        are their last results, errors are empty; of merged cells the first has the value.
    """

    name: str
    cells: pl.DataFrame


def read(data: bytes) -> list[Sheet]:
    """Read a workbook: all sheets in their order, hidden ones too; a chart is a blank one.

    Raises:
        NotAList: it asks for a password (kind "protected"), or is binary (kind "xlsb").
        HarmfulFile: it would unpack to more than anybody's list.
        TooLarge: a sheet of more than `MOST_CELLS` or `MOST_COLUMNS`.
        BrokenFile: it is damaged.
    """
    check(data)
    try:
        sheets = child_process.run(unpack, data)
    except child_process.CrashedError as error:
        raise BrokenFile(str(error)) from None
    if isinstance(sheets, str):
        raise NotAList("protected") if _PROTECTED.search(sheets) else BrokenFile(sheets)
    return [Sheet(name, pl.read_ipc(packed)) for name, packed in sheets]


def unpack(data: bytes) -> list[tuple[str, bytes]] | str:
    """Read a workbook that was checked: each sheet's name and cells, or what is wrong with it.

    The cells are packed as Arrow's file format, which takes a tenth of their room on the way.

    calamine ends its process over some files, and fastexcel keeps Python's lock while it makes
    columns of a sheet, so this is called in a child.
    """
    try:
        book = fastexcel.read_excel(data)
        return [(name, _packed(_cells(book, place))) for place, name in enumerate(book.sheet_names)]
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as error:
        return str(error).partition("\n")[0]


def check(data: bytes) -> None:
    """Refuse what would do harm; raises as `read`."""
    if data.startswith(_OLE):
        if kind_of(data) == "protected":
            raise NotAList("protected")
        extents = workbook_bounds.of_xls(data)
    else:
        with unpacking():
            archives.check(data)
            extents = workbook_bounds.of_zip(data)
    for rows, columns in extents:
        if columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
            raise TooLarge(rows=rows, columns=columns)


def _cells(book: fastexcel.ExcelReader, place: int) -> pl.DataFrame:
    cells = book.load_sheet(place, header_row=None, skip_rows=0, dtypes="string").to_polars()
    cells.columns = [f"c{place}" for place in range(cells.width)]
    return cells.with_columns(map(_without_midnight, _dated(cells)))


def _packed(cells: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    cells.write_ipc(out, compression="lz4")
    return out.getvalue()


def _dated(cells: pl.DataFrame) -> list[str]:
    """Columns in which something looks like a date with a time."""
    return [column.name for column in cells if column.str.contains(_DATES).any()]


def _without_midnight(name: str) -> pl.Expr:
    text = pl.col(name)
    return text.str.replace(_MIDNIGHT, "${1}").str.replace(_TIME_ALONE, "${1}")
