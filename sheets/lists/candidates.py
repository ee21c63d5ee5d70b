"""The lines of a list as candidates: those that are numbers, and those that failed."""

import polars as pl

from sheets.lists.cuts.splitting import split
from sheets.phones.e164 import read_numbers
from sheets.phones.reasons import Reason


def written(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the lines that aren't blank. A quick test first, which settles nearly all."""
    text = pl.col("text")
    clear = frame["text"].str.contains("^[!-~]")
    other = frame.filter(~clear).filter(text.str.contains(r"[^\s\p{Cf}\p{Cc}]"))
    frame = frame.filter(clear)
    if other.is_empty():
        return frame
    return frame.lazy().merge_sorted(other.lazy(), key="line").collect()


def candidates_of(lines: pl.DataFrame, region: str | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Read everything that could be a number.

    Args:
        lines: Columns row (UInt32, rising), text, first (may be a header); optionally region, the
            country in which the number of that row is dialled.
        region: For rows without one, as for `e164.normalise`.

    Returns:
        Ordered by row: row, number (Int64); and the failed candidates: row, text, reason.
    """
    if "region" not in lines.columns:
        return _read(lines, region)
    groups = lines.partition_by("region", as_dict=True, include_key=False)
    read = [_read(rows, named or region) for (named,), rows in groups.items()]
    found = pl.concat([numbers for numbers, _ in read]).sort("row", maintain_order=True)
    failed = pl.concat([failures for _, failures in read]).sort("row", maintain_order=True)
    return found, failed


def _read(lines: pl.DataFrame, region: str | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    numbers, failed = read_numbers(lines["text"], region)
    found = lines.select("row", numbers.alias("number")).drop_nulls()
    if failed.is_empty():
        return found, failed.select("row", pl.lit("").alias("text"), "reason")
    rows = lines.select("row", "first", "text").filter(numbers.is_null())
    rows = rows.with_columns(failed["reason"])
    pieces = split(rows.drop("first"), region)
    better = pieces.filter(pl.col("number").is_not_null()).select("row", "number")
    if not better.is_empty():
        found = found.lazy().merge_sorted(better.lazy(), key="row").collect()
    # A document may name its column in the first line, which is no failed number.
    headers = rows.filter(pl.col("first") & ~pl.col("text").str.contains(r"\p{Nd}{4}"))
    word = pl.col("text").str.contains(r"\p{L}")  # "Phone 2" is too short for a number
    unread = pl.col("reason") == Reason.NOT_A_NUMBER
    headers = headers.filter(unread | (word & (pl.col("reason") == Reason.TOO_SHORT)))
    worse = pieces.filter(pl.col("number").is_null()).join(headers, on="row", how="anti")
    return found, worse.select("row", "text", "reason")
