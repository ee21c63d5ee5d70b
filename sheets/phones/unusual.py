"""Numbers that could exist, in no range that libphonenumber knows.

Its plans lag behind the world by months: ranges are opened before they are listed. Such a number
has a calling code that exists and as many digits as numbers of its country may have.
"""

import phonenumbers
import polars as pl

from sheets.phones import numbering_plan
from sheets.phones.cleaning import clean
from sheets.phones.e164 import Bare, Notation


def possible_numbers(texts: pl.Series, notation: Notation) -> pl.Series:
    """Return what each text would be as a number of a possible length: Int64, null for none.

    Of digits without a plus sign only those are taken whose country is known from the list.
    """
    frame = clean(texts.cast(pl.String)).drop_nulls("digits")
    digits, plus = pl.col("digits"), pl.col("plus")
    zeros = digits.str.starts_with("00")
    coded = plus | zeros
    if notation.region is not None and notation.bare is Bare.CODED:
        coded = coded | ~digits.str.starts_with("0")
    abroad = frame.filter(coded).select("row", digits.str.strip_chars_start("0").alias("digits"))
    abroad = numbering_plan.with_code(abroad).filter(pl.col("code") != numbering_plan.NO_CODE)
    after = digits.str.slice(pl.col("code").cast(pl.String).str.len_bytes())
    parts = abroad.select("row", "code", after).partition_by(
        "code", as_dict=True, include_key=False
    )
    found = [pl.DataFrame(schema={"row": pl.UInt32, "number": pl.Int64})]
    for (each,), part in parts.items():
        code = int(str(each))
        found.append(_of_length(part, code, numbering_plan.regions_of(code)[0]))
    if notation.region is not None:
        home = frame.filter(~coded).select("row", "digits")
        code = phonenumbers.country_code_for_region(notation.region)
        found.append(_of_length(home, code, notation.region))
    numbers = pl.concat(found)
    blank = pl.select(pl.repeat(None, texts.len(), dtype=pl.Int64)).to_series()
    return blank.scatter(numbers["row"], numbers["number"])


def _of_length(asked: pl.DataFrame, code: int, region: str) -> pl.DataFrame:
    """Keep (row, digits after the calling code) whose country has numbers as long as these."""
    rules = numbering_plan.rules_of(region, code)
    national = numbering_plan.national_number(pl.col("digits"), rules)
    number = pl.concat_str(pl.lit(str(code)), national).cast(pl.Int64, strict=False)
    fits = national.str.len_bytes().is_in(list(rules.lengths))
    return asked.filter(fits).select("row", number.alias("number"))
