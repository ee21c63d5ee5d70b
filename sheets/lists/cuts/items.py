"""Lists whose lines are numbered by hand: "1 0151…", "2 - 0151…", "3: 0151…".

One such line could be a number in groups. It takes the whole list to see that the first digits of
each line count up.
"""

import polars as pl

_FIRST_LOOK = 40  # lines; no list that isn't numbered gets further than these
_ENOUGH_LINES = 3
_NUMBERED = (
    r"^\s*(?:[№#]\s?)?([0-9]{1,6})(?:\s*[.):\]]\s*|\s*\p{Pd}\s+|\s+)[^0-9]*(?:[0-9][^0-9]*){7}"
)
_ITEM = r"^\s*(?:[№#]\s?)?[0-9]{1,6}(?:\s*[.):\]]\s*|\s*\p{Pd}\s+|\s+)"


def without_items(texts: pl.Series) -> pl.Series:
    """Remove the items' numbers from the lines of a numbered list; others come back unchanged."""
    first = texts.head(_FIRST_LOOK)
    if not _counts_up(first.filter(first.str.contains(r"\S"))):
        return texts
    if not _counts_up(texts.filter(texts.str.contains(r"\S"))):
        return texts
    text = pl.col("text")
    numbered = pl.when(text.str.contains(_NUMBERED)).then(text.str.replace(_ITEM, ""))
    return texts.alias("text").to_frame().select(numbered.otherwise(text)).to_series()


def _counts_up(lines: pl.Series) -> bool:
    """True if nearly each line begins with a number one above that of the line before."""
    items = lines.str.extract(_NUMBERED).drop_nulls().cast(pl.Int64)
    if items.len() < _ENOUGH_LINES or items.len() * 10 < lines.len() * 8:
        return False
    steps = items.diff().drop_nulls()
    return bool((steps == 1).sum() * 10 >= steps.len() * 9)
