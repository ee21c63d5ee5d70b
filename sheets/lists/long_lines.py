"""Lines too long for regular expressions, divided where no number stands."""

import re

import polars as pl

LONGEST_LINE = 20_000
"""Characters of a line that is handed to a regular expression."""

_SAYS_SOMETHING = r"[\pL\pN]"  # most pieces of ten million empty cells don't
_NEAR_THE_END = 1_000  # characters among which a gap is looked for
_GAPS = tuple(map(re.compile, (r"[,;|\t\x0b\x0c\u2028\u2029]", r"\s{2,}|\s/\s|(?=\+)", r"\s")))


def divided(lines: pl.DataFrame) -> pl.DataFrame:
    """Give each piece of a long line a row of its own, with all that is known of the line.

    Args:
        lines: Columns text, line and first, in order; others are kept. A long line is no header.
    """
    long = pl.col("text").str.len_bytes() > LONGEST_LINE
    if not lines.select(long.any()).item():
        return lines
    pieces = lines.filter(long)
    texts = [divide(text) for text in pieces["text"]]
    kind = pl.List(pl.String)
    pieces = pieces.with_columns(pl.Series("text", texts, dtype=kind), first=pl.lit(value=False))
    pieces = pieces.explode("text").filter(pl.col("text").str.contains(_SAYS_SOMETHING))
    whole = pl.concat([lines.filter(~long), pieces.select(lines.columns)])
    return whole.sort("line", maintain_order=True)


def divide(text: str) -> list[str]:
    """Cut a text into pieces of at most `LONGEST_LINE`, at gaps between numbers if there are any.

    Nothing is lost: the pieces together are the text.
    """
    pieces, start = [], 0
    while len(text) - start > LONGEST_LINE:
        end = start + LONGEST_LINE
        cut = end - _NEAR_THE_END + _last_gap(text[end - _NEAR_THE_END : end])
        pieces.append(text[start:cut])
        start = cut
    pieces.append(text[start:])
    return pieces


def _last_gap(text: str) -> int:
    for gap in _GAPS:
        places = [found.start() for found in gap.finditer(text)]
        if places:
            return places[-1]
    return len(text)
