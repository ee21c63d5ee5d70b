"""A csv with more than one column: which of them holds the numbers."""

import re

import polars as pl

from sheets.files import SeveralColumns
from sheets.phones import Reason, normalise

SAMPLE = 1000
"""Lines looked at to tell the columns."""

_DELIMITERS = ("\t", ";", ",", "|")
_MOST_COLUMNS = 200
_ENOUGH = r"(?:\p{Nd}[^\p{Nd}]*){9}"  # digits that could be a number
_NAMED = re.compile(
    r"phone|mobile|msisdn|whatsapp|telegram|^tel|телефон|моб|номер|手机|电话|號碼|号码|cep|numara",
    re.IGNORECASE,
)


def number_column(lines: pl.Series, region: str | None) -> pl.Series:
    """Reduce the lines of a table to the column with the numbers.

    Args:
        lines: A document's lines.
        region: As for `phones.normalise`.

    Returns:
        As many texts; the lines themselves if they are no table, or one that has several
        numbers side by side in every row and nothing else.

    Raises:
        SeveralColumns: more than one column holds numbers, and neither content nor header
            tells which is meant.
    """
    sample = lines.filter(lines.str.strip_chars() != "").head(SAMPLE)
    delimiter = _delimiter(sample, region)
    if delimiter is None:
        return lines
    width = int(sample.str.count_matches(delimiter, literal=True).mode().max()) + 1  # type: ignore[arg-type]
    cells = [_column(sample, delimiter, place) for place in range(width)]
    headed = not any(_is_numeric(column[0]) for column in cells)
    body = [column.slice(1) if headed else column for column in cells]
    holding = _holding(body, region)
    filled = [place for place, column in enumerate(body) if (column != "").any()]
    if not holding or (not headed and holding == filled and len(holding) > 1):
        return lines
    if not headed and len(holding) == 1 and _more_digits(body, holding[0]):
        return lines  # no header says that the rest is something else, so all of it is read
    names = [column[0] if headed else str(place + 1) for place, column in enumerate(cells)]
    if len(holding) > 1:
        named = [place for place in holding if _NAMED.search(names[place])]
        if len(named) != 1:
            raise SeveralColumns(tuple(names[place] for place in holding))
        holding = named
    return _column(lines, delimiter, holding[0])


def _more_digits(columns: list[pl.Series], chosen: int) -> bool:
    others = (column for place, column in enumerate(columns) if place != chosen)
    return any(column.str.contains(_ENOUGH).any() for column in others)


def _delimiter(sample: pl.Series, region: str | None) -> str | None:
    """The sign that stands equally often in nearly every line, if the lines aren't numbers."""
    if sample.len() < 2:  # noqa: PLR2004 - one line alone shows no columns
        return None
    for delimiter in _DELIMITERS:
        counts = sample.str.count_matches(delimiter, literal=True)
        usual = int(counts.mode().max())  # type: ignore[arg-type]
        if 0 < usual < _MOST_COLUMNS and (counts == usual).sum() * 10 >= sample.len() * 9:
            single = normalise(sample, region)["e164"].is_not_null().sum()
            return delimiter if single * 2 <= sample.len() else None
    return None


def _holding(columns: list[pl.Series], region: str | None) -> list[int]:
    """Places of columns half of whose cells are numbers, or would be if a country was known."""
    valid, national = [], []
    for place, column in enumerate(columns):
        cells = column.filter(column != "")
        if cells.len() == 0:
            continue
        read = normalise(cells, region)
        if read["e164"].is_not_null().sum() * 2 >= cells.len():
            valid.append(place)
        if (read["reason"] == Reason.NO_COUNTRY).sum() * 2 >= cells.len():
            national.append(place)
    return valid or (national if len(national) == 1 else [])


def _column(lines: pl.Series, delimiter: str, place: int) -> pl.Series:
    sign = re.escape(delimiter)
    before = rf'^(?:\s*(?:"(?:[^"]|"")*"|[^{sign}]*){sign}){{{place}}}'
    cell = rf'\s*(?:"((?:[^"]|"")*)"|([^{sign}]*))'
    return (
        lines.to_frame("text")
        .select(
            pl.coalesce(
                pl.col("text").str.extract(before + cell, 1),
                pl.col("text").str.extract(before + cell, 2),
                pl.lit(""),
            ).str.strip_chars()
        )
        .to_series()
    )


def _is_numeric(cell: str) -> bool:
    return sum(map(str.isdigit, cell)) > len(cell) // 2
