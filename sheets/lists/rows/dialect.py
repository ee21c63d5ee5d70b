"""How a csv is written: its delimiter, its own word for it, and cells with line feeds."""

import re

import polars as pl

from sheets.lists.columns import headers
from sheets.lists.csv_cells import MOST_COLUMNS, unquoted
from sheets.phones.e164 import normalise

DELIMITERS = ("\t", ";", ",", "|")

_OWN_WORD = re.compile(r'"?sep=(\\t|.)"?;*,*\s*', re.IGNORECASE)  # Excel's first line
_MOST_TITLES = 3  # lines above a table that need not be divided
_LONGEST_CELL = 60  # lines; no address or note has more


def own_delimiter(first: str) -> str | None:
    """Return the delimiter that the first line of a csv names, if it does."""
    named = _OWN_WORD.fullmatch(first.strip(" ")) if len(first) < len("sep=") * 4 else None
    word = named[1].replace("\\t", "\t") if named else ""
    return word if word in DELIMITERS else None


def delimiter_of(lines: pl.Series, region: str | None) -> tuple[str, int] | None:
    """Return the delimiter and the number of columns; None if the lines are no csv.

    A delimiter stands equally often in nearly every line, and the lines aren't numbers themselves.
    The one is taken that does so most often.

    Args:
        lines: A sample without blank lines, its first line that of the text.
        region: As for `e164.normalise`.
    """
    if lines.len() < 2:  # noqa: PLR2004 - one line alone shows no columns
        return None
    own = own_delimiter(lines[0])
    if own is not None:
        counts = unquoted(lines.slice(1)).str.count_matches(own, literal=True)
        return own, int(counts.mode().max()) + 1  # type: ignore[arg-type]
    best, agreed = None, 0.0
    outside = unquoted(lines)
    for delimiter in DELIMITERS:
        usual, share = _usual(outside, delimiter)
        if 0 < usual < MOST_COLUMNS and share >= 0.9 and share > agreed + 0.02:  # noqa: PLR2004
            best, agreed = (delimiter, usual + 1), share
    if best is None:
        return None
    head = lines[0]
    says = any(headers.kind_of(cell) != "none" for cell in head.split(best[0]))
    if says and not re.search(r"\d{5}", head):
        return best  # a header with several columns, one of them known
    single = normalise(lines, region)["e164"].is_not_null().sum()
    return best if single * 2 <= lines.len() else None


def _usual(lines: pl.Series, delimiter: str) -> tuple[int, float]:
    """Return how often it stands in most lines, and the share of these; titles don't count."""
    counts = lines.str.count_matches(delimiter, literal=True)
    usual = int(counts.mode().max())  # type: ignore[arg-type]
    titles = int((counts.head(_MOST_TITLES) != usual).sum()) if counts.len() > _MOST_TITLES else 0
    alike = int((counts == usual).sum())
    if alike < 3:  # noqa: PLR2004 - two lines may be alike by chance
        titles = 0
    return usual, alike / (counts.len() - titles)


def joined(lines: pl.Series) -> pl.Series:
    """Join the lines of cells that hold line feeds, so that a row is a row.

    A quote that is never closed, or an inch sign, would swallow the rest: then nothing is joined.
    """
    if not lines.str.contains('"', literal=True).any():
        return lines
    odd = lines.str.count_matches('"', literal=True) % 2 == 1
    if not odd.any():
        return lines
    inside = odd.cast(pl.Int64).cum_sum() % 2 == 1
    if inside[-1]:
        return lines
    begins = ~inside.shift(1).fill_null(value=False)
    frame = pl.DataFrame({"text": lines, "row": begins.cast(pl.UInt32).cum_sum()})
    rows = frame.group_by("row", maintain_order=True).agg(
        pl.col("text").str.join("\n"), pl.len().alias("lines")
    )
    if rows["lines"].max() > _LONGEST_CELL:  # type: ignore[operator]
        return lines
    # Joined by chance they would be of all widths.
    texts = rows["text"]
    together = rows.filter(pl.col("lines") > 1)["text"]
    best = max(_usual(unquoted(texts), each)[1] for each in DELIMITERS)
    # In each of them the quotes stand where cells begin and end.
    quoted = together.str.contains(r'(?s)(?:^|[\t;,|])\s*"[^"]*\n').all()
    return texts if best >= 0.9 and quoted else lines  # noqa: PLR2004
