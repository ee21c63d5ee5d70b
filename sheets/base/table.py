"""A table as somebody handed it in: every cell as text, in its place."""

from dataclasses import dataclass
from typing import Literal

import polars as pl

Kind = Literal["message", "text", "csv", "xlsx", "xls", "ods", "vcf"]


@dataclass(frozen=True, slots=True)
class Table:
    """One text, one sheet of a workbook, one file of an archive, one phone book.

    source: what a person calls it: the part's name; for sheets and members with theirs behind
        it, such as "crm.xlsx / May" (only where there are several).
    part: index of the part that it came in.
    cells: String columns c0, c1, …, null for an empty cell; one row for each row of the source,
        blank ones too, so that row i is line i + 1. Texts that are no table have one column.
    has_header: the first row names the columns.
    encoding, bom, delimiter: how a text was written, so that it can be written the same way.
    """

    source: str
    part: int
    kind: Kind
    cells: pl.DataFrame
    has_header: bool = False
    encoding: str = "utf-8"
    bom: bool = False
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class Traced:
    """A table, and which numbers were read in which of its rows.

    numbers: row (UInt32, index into the table's rows), number (Int64: E.164 without its +), in
        the order of the rows; a row may have none or several.
    """

    table: Table
    numbers: pl.DataFrame
