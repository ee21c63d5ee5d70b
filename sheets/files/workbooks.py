"""Workbooks: xlsx, xlsb, xls and ods, each sheet as a table of texts.

calamine reads them (through fastexcel). It lays every sheet out as a full rectangle, so two cells
in opposite corners of a file of a few hundred bytes would take tens of gigabytes. So the extent of
each sheet is checked before (`workbook_bounds`, `binary_workbooks`, `xls_bounds`), and what
calamine sees is never the file itself, but a container written anew around exactly the parts that
were checked.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import fastexcel
import polars as pl

from sheets.files import binary_workbooks, workbook_bounds, workbook_sheets, xls_bounds
from sheets.files.allowance import MOST_CELLS, Allowance, SpentError
from sheets.files.documents import BrokenFile, NotAList, TooLarge, unpacking
from sheets.files.hidden_rows import HiddenRows
from sheets.files.kinds import kind_of
from sheets.files.packed import archives, ole
from sheets.files.packed.containers import OLE
from sheets.files.packed.zips import rebuilt

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
    hidden: indexes of the rows that the sheet doesn't show (UInt32), all of a hidden sheet.
    """

    name: str
    cells: pl.DataFrame
    hidden: pl.Series


def read(data: bytes, allowance: Allowance | None = None) -> list[Sheet]:
    """Read all sheets of a workbook in order, hidden ones too; a chart is a blank sheet.

    Args:
        data: The workbook.
        allowance: What may still be read beside it.

    Raises:
        NotAList: needs a password (kind "protected"), or is an xlsb of a kind that can't be read
            (kind "xlsb").
        HarmfulFile: unpacks to far more than any list.
        TooLarge: a sheet of more than `MOST_CELLS` or `MOST_COLUMNS`, or so many cells in all.
        BrokenFile: a damaged workbook.
    """
    left = allowance or Allowance(bytes=archives.MOST_BYTES)
    safe, hidden = _safe(data, left)
    try:
        book = fastexcel.read_excel(safe)
        return [_sheet(book, place, left, hidden) for place in range(len(book.sheet_names))]
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as error:
        why = str(error).partition("\n")[0]
        raise NotAList("protected") if _PROTECTED.search(why) else BrokenFile(why) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the library's, and no Exception
            raise BrokenFile("the library gave up") from None
        raise


def _sheet(
    book: fastexcel.ExcelReader, place: int, left: Allowance, hidden: Mapping[int, HiddenRows]
) -> Sheet:
    sheet = book.load_sheet(place, header_row=None, skip_rows=0, dtypes="string")
    cells = sheet.to_polars()
    try:
        left.take_cells(cells.height * cells.width)
    except SpentError:
        raise TooLarge(rows=cells.height, columns=cells.width) from None
    cells.columns = [f"c{column}" for column in range(cells.width)]
    dated = pl.col([each.name for each in cells if each.str.contains(_DATES).any()])
    without_midnight = dated.str.replace(_MIDNIGHT, "${1}")
    plain = cells.with_columns(without_midnight.str.replace(_TIME_ALONE, "${1}"))
    unseen = hidden.get(place, HiddenRows())
    if sheet.visible != "visible":
        unseen.add(0, cells.height)
    return Sheet(book.sheet_names[place], plain, unseen.rows(cells.height))


def check(data: bytes) -> None:
    """Refuse a harmful workbook without reading it. Raises the same as `read`."""
    _safe(data, Allowance(bytes=archives.MOST_BYTES))


def _safe(data: bytes, left: Allowance) -> tuple[bytes, dict[int, HiddenRows]]:
    """Return the workbook in a new container, checked, and the hidden rows of its sheets."""
    if data.startswith(OLE):
        if kind_of(data) == "protected":
            raise NotAList("protected")
        stream = xls_bounds.stream_of(data)
        of_sheets: list[HiddenRows] = []
        _keep_extents(xls_bounds.of_stream(stream, of_sheets))
        return ole.container(xls_bounds.READ_FROM, stream), dict(enumerate(of_sheets))
    with unpacking():
        parts = archives.check(data, left)
        hidden: workbook_bounds.Hidden = {}
        if binary_workbooks.is_binary(parts):
            parts, names = binary_workbooks.read_parts(parts)
            _keep_extents(binary_workbooks.extents(parts, names, hidden))
        else:
            parts = workbook_bounds.read_parts(parts)
            _keep_extents(workbook_bounds.extents(parts, hidden))
            names = workbook_sheets.check(parts)
    return rebuilt(parts), workbook_bounds.by_sheet(hidden, names)


def _keep_extents(extents: Iterable[workbook_bounds.Extent]) -> None:
    for rows, columns in extents:
        if columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
            raise TooLarge(rows=rows, columns=columns)
