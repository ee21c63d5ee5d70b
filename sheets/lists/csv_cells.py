"""Cells of a csv: what divides its lines, and the text of each cell."""

import re
from collections.abc import Sequence

import polars as pl

from sheets.files.documents import TooLarge
from sheets.lists.batches import batches

MOST_COLUMNS = 200
"""Columns that a table is given back with, and that its usual line may have."""
MOST_IN_A_LINE = 2_000
"""Cells of any line."""

_QUOTED = r'"(?:[^"]|"")*"'


def unquoted(lines: pl.Series) -> pl.Series:
    """Remove all quoted texts, in which a delimiter divides nothing."""
    return lines.str.replace_all(_QUOTED, "")


def widest(lines: pl.Series, delimiter: str) -> int:
    """Return the number of cells of the line that has most of them."""
    most = unquoted(lines).str.count_matches(delimiter, literal=True).max()
    return int(most or 0) + 1  # type: ignore[arg-type]


def keep_width(lines: pl.Series, delimiter: str) -> None:
    """Raise TooLarge for a line of more than `MOST_IN_A_LINE` cells."""
    long = lines.filter(lines.str.len_bytes() >= MOST_IN_A_LINE)  # no other can have so many
    columns = widest(long, delimiter)
    if columns > MOST_IN_A_LINE:
        raise TooLarge(rows=lines.len(), columns=columns)


def cells_at(lines: pl.Series, delimiter: str, places: Sequence[int]) -> list[pl.Series]:
    """Return the cells of each line in these columns, without their quotes.

    A cell beyond the end of its line is empty. Each line is taken apart once.
    """
    sign = re.escape(delimiter)
    cell = rf"[^\S{sign}]*(?:{_QUOTED}[^\S{sign}]*|[^{sign}]*)(?:{sign}|$)"
    whole = pl.col("cells").list
    texts = []
    for place in places:
        text = whole.get(place, null_on_oob=True).str.strip_suffix(delimiter).str.strip_chars()
        quoted = text.str.extract(r'^"((?:[^"]|"")*)"', 1)
        bare = quoted.str.replace_all('""', '"', literal=True).str.strip_chars()
        texts.append(pl.coalesce(bare, text, pl.lit("")).alias(f"c{place}"))
    frame = lines.to_frame("text")
    divided = pl.col("text").str.extract_all(cell).alias("cells")
    found = [frame.slice(*some).select(divided).select(texts) for some in batches(lines)]
    return pl.concat(found or [frame.select(divided).select(texts)]).get_columns()
