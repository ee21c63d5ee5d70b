"""Cells of a csv: what divides its lines, and the text of each cell."""

import re

import polars as pl

from sheets.lists import headers
from sheets.phones.e164 import normalise

MOST_COLUMNS = 200

_DELIMITERS = ("\t", ";", ",", "|")
_QUOTED = r'"(?:[^"]|"")*"'


def delimiter_of(lines: pl.Series, region: str | None) -> tuple[str, int] | None:
    """Return the delimiter and the number of columns; None if the lines are no csv.

    A delimiter stands equally often in nearly every line, and the lines aren't numbers themselves.
    """
    if lines.len() < 2:  # noqa: PLR2004 - one line alone shows no columns
        return None
    head = lines[0]
    outside = unquoted(lines)
    for delimiter in _DELIMITERS:
        counts = outside.str.count_matches(delimiter, literal=True)
        usual = int(counts.mode().max())  # type: ignore[arg-type]
        if 0 < usual < MOST_COLUMNS and (counts == usual).sum() * 10 >= lines.len() * 9:
            if headers.NUMBER.search(head) and not re.search(r"\d{4}", head):
                return delimiter, usual + 1  # a header with several columns, one of them numbers
            single = normalise(lines, region)["e164"].is_not_null().sum()
            return (delimiter, usual + 1) if single * 2 <= lines.len() else None
    return None


def unquoted(lines: pl.Series) -> pl.Series:
    """Remove all quoted texts, in which a delimiter divides nothing."""
    return lines.str.replace_all(_QUOTED, "")


def cell_of(lines: pl.Series, delimiter: str, place: int) -> pl.Series:
    """Return one cell of each line, without its quotes; empty beyond the end of a line."""
    sign = re.escape(delimiter)
    before = rf"^(?:\s*(?:{_QUOTED}|[^{sign}]*){sign}){{{place}}}"
    cell = rf'\s*(?:"((?:[^"]|"")*)"|([^{sign}]*))'
    text = pl.col("text")
    quoted = text.str.extract(before + cell, 1).str.replace_all('""', '"', literal=True)
    bare = text.str.extract(before + cell, 2)
    return (
        lines.to_frame("text")
        .select(pl.coalesce(quoted, bare, pl.lit("")).str.strip_chars())
        .to_series()
    )
