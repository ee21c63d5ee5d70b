"""Signs that stand for other signs: wide ones, a plus sign twice, a wait for the dial tone."""

import polars as pl

_WIDE = range(0xFF01, 0xFF5E)  # without the tilde, which is a dash between two digits
_BLANK = "\N{IDEOGRAPHIC SPACE}"
_FROM = [chr(sign) for sign in _WIDE]
_TO = [chr(sign - 0xFEE0) for sign in _WIDE]
_PLUSES = r"\+(?:\s?\+)+"
# "8~10 49…": Russia's and its neighbours' way out of the country, Poland's "0~0".
_TONE = r"(^|[^\p{Nd}])(0~0|8~10)"
_APART = r"(?:^|[^\p{Nd}])(?:\p{Nd}\s{1,4}){6,}\p{Nd}(?:$|[^\p{Nd}])"
_GAPS = r"(\b\p{Nd})\s{2,4}(\p{Nd}\b)"
_MAY_HOLD = rf"[\x{{FF01}}-\x{{FF5D}}{_BLANK}]|{_PLUSES}|{_TONE}|{_APART}"


def with_plain_signs(texts: pl.Series) -> pl.Series:
    """Write these signs as everybody else does, and digits that stand apart a blank apart."""
    text = pl.col("text")
    frame = texts.alias("text").to_frame().with_row_index("row")
    some = frame.filter(text.str.contains(_MAY_HOLD))
    if some.is_empty():
        return texts
    plain = (
        text.str.replace_many([*_FROM, _BLANK], [*_TO, " "])
        .str.replace_all(_PLUSES, "+")
        .str.replace_all(_TONE, "${1}00")
    )
    gaps = plain.str.replace_all(_GAPS, "${1} ${2}").str.replace_all(_GAPS, "${1} ${2}")
    some = some.select("row", pl.when(plain.str.contains(_APART)).then(gaps).otherwise(plain))
    return texts.scatter(some["row"], some["text"])
