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
_DIALLED = {
    "MX": (r"^(?:01|044|045)([0-9]{10})$", "52${1}"),
    "BR": (r"^0?([1-9][0-9])([6-9][0-9]{7})$", "55${1}9${2}"),
}
"""Without a plus sign, behind which a calling code stands."""
_EIGHT = {"RU": (r"^8([3489][0-9]{9})$", "7${1}"), "KZ": (r"^8(7[0-9]{9})$", "7${1}")}
"""The trunk 8, behind a plus sign, too: it is no calling code."""


def present_forms(texts: pl.Series, region: str | None) -> pl.Series:
    """Return the present form of each text that is a number in an old one: Int64 or null."""
    cleaned = clean(texts.cast(pl.String).str.replace(_MESSENGER, ""))
    digits, plus = pl.col("digits"), pl.col("plus")
    form = pl.lit(None, pl.String)
    dialled = [(*_DIALLED[region], ~plus)] if region in _DIALLED else []
    eight = [_EIGHT[region]] if region in _EIGHT else []
    always = [(*each, pl.lit(value=True)) for each in (*eight, *_EVERYWHERE)]
    for pattern, present, may_be in (*dialled, *always):
        changed = form.is_null() & may_be & digits.str.contains(pattern)
        form = pl.when(changed).then(digits.str.replace(pattern, present)).otherwise(form)
    forms = cleaned.select(pl.concat_str(pl.lit("+"), form)).to_series()
    return read_numbers(forms, None)[0]
