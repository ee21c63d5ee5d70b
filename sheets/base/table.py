"""A submitted table: every cell as text, in its place."""

from dataclasses import dataclass, field
from typing import Literal

import polars as pl

Kind = Literal["message", "text", "csv", "xlsx", "xls", "ods", "vcf"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in its part a table stands, so that the part can come back as it came.

    member: index of the archive's member that holds it; None where the part is no archive.
    sheet: index of the workbook's sheet; None of anything else.
    header: index of the row that names the columns; None without one.
    rows: of a csv, for each row its lines and its cells (UInt32), and whether it is blank, and
        whether its last cell is in quotes (Boolean); None of anything else.
    """

    member: int | None = None
    sheet: int | None = None
    header: int | None = None
    rows: pl.DataFrame | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One text, one sheet of a workbook, one file of an archive, or one phone book.

    source: the part's name; where a part has several sheets or members, followed by theirs, such
        as "crm.xlsx / May".
    part: index of the part.
    cells: String columns c0, c1, …, null for an empty cell. Every row of the source is kept, blank
        ones too, so row i is line i + 1. A text that is no table has one column.
    has_header: the first row names the columns.
    encoding, bom, delimiter: how a text was written; output uses the same.
    origin: of a workbook's sheet and of a csv.
    """

    source: str
    part: int
    kind: Kind
    cells: pl.DataFrame
    has_header: bool = False
    encoding: str = "utf-8"
    bom: bool = False
    delimiter: str = ""
    origin: Origin | None = None


def _none_left_out() -> pl.DataFrame:
    return pl.DataFrame(schema={"row": pl.UInt32, "reason": pl.String})


@dataclass(frozen=True, slots=True)
class Traced:
    """A table and the numbers found in its rows.

    numbers: row (UInt32, index into the table's rows), number (Int64: E.164 without its +),
        ordered by row; a row may have none or several.
    left_out: row likewise, reason (String, as `sheets.phones.reasons.Reason`) of rows that should
        have held a number and hold none, each once.
    """

    table: Table
    numbers: pl.DataFrame
    left_out: pl.DataFrame = field(default_factory=_none_left_out)
