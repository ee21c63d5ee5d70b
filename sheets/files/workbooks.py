"""Workbooks: xlsx, xls and ods, each sheet as a table of texts.

calamine reads them (through fastexcel). It lays every sheet out as a full rectangle, so two cells
in opposite corners of a file of a few hundred bytes would take tens of gigabytes. So the extent of
each sheet is checked before it sees the file (`workbook_bounds`, `xls_bounds`).
"""

import io
import re
from dataclasses import dataclass

import fastexcel
import polars as pl

from sheets.base import child_process
from sheets.files import archives, workbook_bounds, xls_bounds
from sheets.files.containers import OLE
from sheets.files.documents import BrokenFile, NotAList, TooLarge, unpacking
from sheets.files.kinds import kind_of

MOST_CELLS = 30_000_000
"""In a sheet's rectangle, blank ones too; each takes about 30 bytes while it is read."""
MOST_COLUMNS = 2_000

_MIDNIGHT = r"^(\d{4}-\d\d-\d\d) 00:00:00(?:\.0+)?$"
_TIME_ALONE = r"^(?:1899-12-3[01]|1900-01-0[01]) (\d\d:\d\d:\d\d)$"
_DATES = r"^\d{4}-\d\d-\d\d \d\d:"
_PROTECTED = re.compile(r"password|encrypt", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    cells: String columns c0, c1, … from the first column in use, null for an empty cell. Blank
        rows above and between are kept, so row i is line i + 1; a blank sheet has no rows.
        Whole numbers have neither point nor exponent, however the sheet shows them; a formula is
        its last result, an error is empty, and of merged cells the first has the value.
    """

    name: str
    cells: pl.DataFrame


def read(data: bytes) -> list[Sheet]:
    """Read all sheets of a workbook in order, hidden ones too; a chart is a blank sheet.

    Raises:
        NotAList: needs a password (kind "protected"), or is binary (kind "xlsb").
        HarmfulFile: unpacks to far more than any list.
        TooLarge: a sheet of more than `MOST_CELLS` or `MOST_COLUMNS`.
        BrokenFile: a damaged workbook.
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
    """Read a workbook that passed `check`: each sheet's name and cells, or the error's text.

    Cells are packed in Arrow's file format, a tenth of their size, for the way between processes.

    Runs in a child: calamine ends its process over some files, and fastexcel holds the GIL while
    it makes columns of a sheet.
    """
    sheets = []
    try:
        book = fastexcel.read_excel(data)
        for place, name in enumerate(book.sheet_names):
            sheet = book.load_sheet(place, header_row=None, skip_rows=0, dtypes="string")
            cells = sheet.to_polars()
            cells.columns = [f"c{column}" for column in range(cells.width)]
            dated = pl.col([each.name for each in cells if each.str.contains(_DATES).any()])
            without_midnight = dated.str.replace(_MIDNIGHT, "${1}")
            out = io.BytesIO()
            cells.with_columns(without_midnight.str.replace(_TIME_ALONE, "${1}")).write_ipc(
                out, compression="lz4"
            )
            sheets.append((name, out.getvalue()))
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as error:
        return str(error).partition("\n")[0]
    return sheets


def check(data: bytes) -> None:
    """Refuse a harmful workbook without reading it. Raises the same as `read`."""
    if data.startswith(OLE):
        if kind_of(data) == "protected":
            raise NotAList("protected")
        extents = xls_bounds.of_xls(data)
    else:
        with unpacking():
            archives.check(data)
            extents = workbook_bounds.of_zip(data)
    for rows, columns in extents:
        if columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
            raise TooLarge(rows=rows, columns=columns)
