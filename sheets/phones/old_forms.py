"""Numbers as they were dialled before their country changed the rules, in their present form.

libphonenumber no longer takes these for numbers. Phone books still hold millions of them.
"""

import polars as pl

from sheets.phones.cleaning import clean
from sheets.phones.e164 import read_numbers

_MESSENGER = r"@(?:c\.us|s\.whatsapp\.net|g\.us)$"
_EVERYWHERE = (
    (r"^521([0-9]{10})$", "52${1}"),  # Mexico's 1 for mobiles, until 2019
    (r"^55([1-9][0-9])([6-9][0-9]{7})$", "55${1}9${2}"),  # Brazil's ninth digit, until 2016
    (r"^54(?:9)?([1-9][0-9]{1,3})15([0-9]{6,8})$", "549${1}${2}"),  # Argentina's 15 for mobiles
)
_WITHIN = {
    "MX": ((r"^(?:01|044|045|1)([0-9]{10})$", "52${1}"),),
    "BR": ((r"^0?([1-9][0-9])([6-9][0-9]{7})$", "55${1}9${2}"),),
    "RU": ((r"^8([3489][0-9]{9})$", "7${1}"),),  # the trunk 8 behind a plus sign
    "KZ": ((r"^8(7[0-9]{9})$", "7${1}"),),
}


def present_forms(texts: pl.Series, region: str | None) -> pl.Series:
    """Return the present form of each text that is a number in an old one: Int64 or null."""
    cleaned = clean(texts.cast(pl.String).str.replace(_MESSENGER, ""))
    digits = pl.col("digits")
    form = pl.lit(None, pl.String)
    for pattern, present in (*_WITHIN.get(region or "", ()), *_EVERYWHERE):
        changed = form.is_null() & digits.str.contains(pattern)
        form = pl.when(changed).then(digits.str.replace(pattern, present)).otherwise(form)
    forms = cleaned.select(pl.concat_str(pl.lit("+"), form)).to_series()
    return read_numbers(forms, None)[0]
