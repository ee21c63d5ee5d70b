"""Numbers of a list that are never to be checked: they count as left out."""

from collections.abc import Callable

import polars as pl

from sheets.phones.e164 import as_e164
from sheets.phones.failures import REASONS
from sheets.phones.reasons import Reason

IsExcluded = Callable[[pl.Series], pl.Series]
"""Tells for each E.164 number with its + whether it is never to be checked."""


def without_excluded(
    found: pl.DataFrame, failed: pl.DataFrame, lines: pl.DataFrame, is_excluded: IsExcluded
) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """Return what is found and failed then, and how many different numbers are left out.

    found, failed: As in `candidates.Candidates`. lines: row and text of every line.
    """
    different = found["number"].unique()
    written = different.to_frame().select(as_e164(pl.col("number")).alias("number")).to_series()
    gone = different.filter(is_excluded(written)).to_frame()
    if gone.is_empty():
        return found, failed, 0
    out = found.join(gone, on="number", how="semi", maintain_order="left")
    out = out.join(lines.select("row", "text"), on="row", how="left", maintain_order="left")
    reason = pl.lit(Reason.EXCLUDED.value, REASONS).alias("reason")
    out = out.select("row", pl.coalesce("piece", "text").alias("text"), reason)
    found = found.join(gone, on="number", how="anti", maintain_order="left")
    return found, pl.concat([failed, out]).sort("row", maintain_order=True), gone.height
