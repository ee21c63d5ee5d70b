"""Files as people have them, made for stories, and read again cell by cell."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import openpyxl
import xlsxwriter  # type: ignore[import-untyped] # it has no type information

Rows = Sequence[Sequence[str | float | None]]


def workbook(rows: Rows, *more: Rows) -> bytes:
    """Return an .xlsx with a sheet for each table, called May, June and July."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name, table in zip(("May", "June", "July"), (rows, *more), strict=False):
            sheet = book.add_worksheet(name)
            for place, row in enumerate(table):
                sheet.write_row(place, 0, row)
    return out.getvalue()


def archive(files: dict[str, bytes]) -> bytes:
    """Return a zip with these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


def cells_of(data: bytes, sheet: int = 0) -> list[list[str | None]]:
    """Return the cells of a workbook's sheet, after checking that all are texts or days."""
    rows = openpyxl.load_workbook(io.BytesIO(data)).worksheets[sheet].iter_rows()
    cells = [list(row) for row in rows]
    assert all(cell.data_type in {"s", "n", "d", "inlineStr"} for row in cells for cell in row)
    values = [[_as_day(cell.value) for cell in row] for row in cells]
    assert all(isinstance(value, str | None) for row in values for value in row)
    return values


def _as_day(value: Any) -> Any:
    return value.date().isoformat() if isinstance(value, datetime) else value


def rows_of(text: str, delimiter: str = ",") -> list[list[str]]:
    """Return the cells of a csv."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def answers_of(result: bytes) -> dict[str, list[str]]:
    """Return the answers in the service's own file, by number."""
    if zipfile.is_zipfile(io.BytesIO(result)):
        with zipfile.ZipFile(io.BytesIO(result)) as packed:
            if "all.csv" in packed.namelist():
                table = rows_of(packed.read("all.csv").decode())
                return {row[0]: row[1:] for row in table[1:]}
    return {str(row[0]): [cell or "" for cell in row[1:]] for row in cells_of(result)[1:]}
