"""Why a text is no phone number that can be checked."""

from enum import StrEnum

import polars as pl

from sheets.phones import numbering_plan

SHORTEST = 7
"""Digits; no valid number is shorter with its calling code."""
LONGEST = 15
"""Digits, calling code included (ITU-T E.164, section 6.2.1)."""
LONGEST_NATIONAL = 12
"""Digits; anything longer without a plus sign isn't read as a national number."""


class Reason(StrEnum):
    """Why a text is no number that can be checked."""

    NOT_A_NUMBER = "not_a_number"
    """Words, a date, several things at once."""
    DIGITS_LOST = "digits_lost"
    """4.41E+11: rounded by a spreadsheet, so the digits can't be known."""
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    UNKNOWN_COUNTRY = "unknown_country"
    """Its calling code doesn't exist."""
    NO_COUNTRY = "no_country"
    """It looks national, and no country was given."""
    UNUSUAL = "unusual"
    """The length is right, but no range is known in which it lies; the person may include it."""
    NOT_IN_USE = "not_in_use"
    """The length is right, but no valid number begins like this."""


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
