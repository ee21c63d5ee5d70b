"""Finds why texts are no phone numbers, a column at a time."""

import polars as pl

from sheets.phones import numbering_plan
from sheets.phones.reasons import Reason

SHORTEST = 7
"""Digits; no valid number is shorter with its calling code."""
LONGEST = 15
"""Digits, calling code included (ITU-T E.164, section 6.2.1)."""
LONGEST_NATIONAL = 12
"""Digits; anything longer without a plus sign isn't read as a national number."""

REASONS = pl.Enum([reason.value for reason in Reason])


def why(failed: pl.DataFrame, region: str | None) -> pl.DataFrame:
    """Return why cleaned texts (row, plus, digits, lost) are no numbers: row, reason."""
    digits, code = pl.col("digits"), pl.col("code")
    zeros = digits.str.starts_with("00")
    bare = pl.when(zeros).then(digits.str.slice(2)).otherwise(digits)
    failed = numbering_plan.with_code(failed.with_columns(bare, abroad=pl.col("plus") | zeros))
    length = digits.str.len_bytes()
    national = length - numbering_plan.code_length()
    possible = pl.col("lengths")
    failed = failed.join(
        numbering_plan.lengths_by_code(), on="code", how="left", maintain_order="left"
    )
    fits = possible.list.contains(national).fill_null(value=False)
    reason = (
        pl.when(pl.col("lost"))
        .then(pl.lit(Reason.DIGITS_LOST))
        .when(digits.is_null())
        .then(pl.lit(Reason.NOT_A_NUMBER))
        .when(length < SHORTEST)
        .then(pl.lit(Reason.TOO_SHORT))
        .when(length > LONGEST)
        .then(pl.lit(Reason.TOO_LONG))
        # Before the next: digits without a plus sign may begin with a calling code by chance.
        .when(~pl.col("abroad") & (length <= LONGEST_NATIONAL) & pl.lit(region is None))
        .then(pl.lit(Reason.NO_COUNTRY))
        .when(fits)
        .then(pl.lit(Reason.NOT_IN_USE))
        .when(~pl.col("abroad") & (length <= LONGEST_NATIONAL))
        .then(pl.lit(Reason.NOT_IN_USE))
        .when(code == numbering_plan.NO_CODE)
        .then(pl.lit(Reason.UNKNOWN_COUNTRY))
        .when(national < possible.list.min())
        .then(pl.lit(Reason.TOO_SHORT))
        .when(national > possible.list.max())
        .then(pl.lit(Reason.TOO_LONG))
        .otherwise(pl.lit(Reason.NOT_IN_USE))
    )
    return failed.select("row", reason=reason.cast(REASONS))
