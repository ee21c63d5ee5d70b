"""From a text as people write it to a plus sign and digits.

Excel, phone books and messengers add much to a number: spaces, brackets, invisible marks, digits
of other scripts, a label in front, an extension behind. `clean` removes all that, for a whole
column at a time. A text that isn't one number then counts as none.
"""

import sys
import unicodedata
from functools import cache

import polars as pl

LONGEST_TEXT = 250
"""Characters; libphonenumber reads nothing longer either (`_MAX_INPUT_STRING_LENGTH`)."""

_PLAIN = r"^\+?[0-9]+$"
_SIMPLE = r"^\+?\(?[0-9][0-9 ()\-]*$"  # nearly all others; no step would change these
# What stands apart in front: in brackets, or as the three digits of 201-555-0123.
_FIRST = r"^(?:\(([0-9]{1,5})\)|([0-9]{3})[ .\-][0-9]{3}[ .\-][0-9]{4}$)"
_INVISIBLE = r"[\p{Cf}\p{Cc}&&[^\t]]"
# Also the =: people write ="0123" to make a spreadsheet keep a zero.
_QUOTES = "\"'`=«»„\N{ACUTE ACCENT}\u2018\u2019\u201c\u201d"
_POWER_OF_TEN = r"^\+?[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}$"
_EXPONENT = r"^(\+?[0-9])[.,]([0-9]+)[eE]\+?([0-9]{1,2})$"
_LINK = (
    r"(?i)^(?:[a-z]+:/?/?)?[^\s?,;|]*(?:\bwa\.me/|[?&](?:phone|number)=)"
    r"(?:%2B|\+)?([0-9][0-9 ().\-]*)(?:[?&#/].*)?$"
)
_OTHER_LINK = r"(?i)\bt(?:elegram)?\.me/(?:joinchat|c|s|addstickers)/"
_FLOAT = r"^(\+?[0-9]{5,})[.,]0{1,2}$"
_THOUSANDS = r"^\+?[0-9]{1,3}(?:,[0-9]{3}){2,}$"
_EXTENSION = (
    r"(?i)([0-9])[\s.,;)\]]*"
    r"(?:e?xt(?:n|ension|ensión)?|anexo|int|доб(?:авочный)?|внутр|dahili|转|分机|x|#)"
    r"[.:=\s]*[0-9]{1,7}\s*$"
)
_WORDS_BEFORE_PLUS = r"^[^0-9+]+\+"
# A letter right before a digit belongs to it: "id79876543210" names something else.
_LABEL = r"^[^0-9+]*[^0-9+\p{L}_]"
_TRAIL = r"[^0-9\p{L}]+$"
_NUMBER = r"^\+*[0-9\s\p{Pd}\p{Ps}\p{Pe}.·/~_\x{2212}\x{FF0E}\x{FF0F}]*$"


def clean(texts: pl.Series) -> pl.DataFrame:
    """Split numbers into plus sign and digits.

    Args:
        texts: Strings, null allowed.

    Returns:
        One row for each text in the same order: row (UInt32), plus (Boolean: written with a plus
        sign), digits (ASCII only; null if the text isn't one number), first (UInt32: how many
        digits stand apart in front, as an area code does, or null), lost (Boolean: rounded by a
        spreadsheet, as in 4.41E+11).
    """
    frame = texts.alias("text").to_frame().with_row_index("row")
    text = pl.col("text")
    frame = frame.with_columns(is_plain=text.str.contains(_PLAIN).fill_null(value=False))
    plain = frame.filter("is_plain").select(
        "row",
        plus=text.str.starts_with("+"),
        digits=text.str.strip_chars_start("+"),
        first=pl.lit(None, pl.UInt32),
        lost=pl.lit(value=False),
    )
    if plain.height == frame.height:
        return plain
    rest = frame.filter(~pl.col("is_plain"))
    simple = text.str.contains(_SIMPLE) & (text.str.len_bytes() <= LONGEST_TEXT)
    rest = rest.with_columns(is_simple=simple.fill_null(value=False))
    easy = rest.filter("is_simple").select(
        "row",
        plus=text.str.starts_with("+"),
        digits=text.str.replace_all("[^0-9]", ""),
        first=_first(),
        lost=pl.lit(value=False),
    )
    rest = pl.concat([easy, _clean_unclear(rest.filter(~pl.col("is_simple")))]).sort("row")
    return plain.lazy().merge_sorted(rest.lazy(), key="row").collect()


def _first() -> pl.Expr:
    groups = pl.col("text").str.extract_groups(_FIRST).struct
    return pl.coalesce(groups["1"], groups["2"]).str.len_bytes()


def _clean_unclear(frame: pl.DataFrame) -> pl.DataFrame:
    text = pl.col("text")
    short = text.str.len_chars() <= LONGEST_TEXT
    frame = frame.select("row", text=pl.when(short).then(text))
    frame = _with_ascii_digits(frame)
    parts = text.str.extract_groups(_EXPONENT).struct
    is_whole = parts["2"].str.len_bytes() == parts["3"].cast(pl.UInt32, strict=False)
    steps = [
        text.str.replace_all(_INVISIBLE, ""),
        text.str.strip_chars(" \t\u00a0" + _QUOTES),
        # 9.19876543210E+11 has as many digits as its exponent asks for, so none was lost.
        pl.when(is_whole).then(parts["1"] + parts["2"]).otherwise(text).alias("text"),
        text.str.contains(_POWER_OF_TEN).fill_null(value=False).alias("lost"),
        text.str.replace(_LINK, "+${1}"),
        pl.when(~text.str.contains(_OTHER_LINK)).then(text),
        text.str.replace(_FLOAT, "${1}"),
        pl.when(text.str.contains(_THOUSANDS))
        .then(text.str.replace_all(",", "", literal=True))
        .otherwise(text),
        text.str.replace(_EXTENSION, "${1}"),
        text.str.replace(_WORDS_BEFORE_PLUS, "+"),
        text.str.replace(_LABEL, ""),
        text.str.replace(_TRAIL, ""),
    ]
    for step in steps:
        frame = frame.with_columns(step)
    number = pl.when(text.str.contains(_NUMBER) & text.str.contains("[0-9]") & ~pl.col("lost"))
    return frame.with_columns(text=number.then(text)).select(
        "row",
        plus=text.str.starts_with("+").fill_null(value=False),
        digits=text.str.replace_all("[^0-9]", ""),
        first=_first(),
        lost="lost",
    )


def _with_ascii_digits(frame: pl.DataFrame) -> pl.DataFrame:
    text = pl.col("text")
    is_foreign = (text.str.len_bytes() != text.str.len_chars()).fill_null(value=False)
    foreign = frame.filter(is_foreign)
    if foreign.is_empty():
        return frame
    found, written = _foreign_signs()
    foreign = foreign.with_columns(text.str.replace_many(found, written))
    return pl.concat([frame.filter(~is_foreign), foreign])


@cache
def _foreign_signs() -> tuple[list[str], list[str]]:
    """Return digits of all scripts (Unicode category Nd) and plus signs, with ASCII's for each."""
    pairs = dict.fromkeys(("\N{FULLWIDTH PLUS SIGN}", "\N{SMALL PLUS SIGN}"), "+")
    for point in range(128, sys.maxunicode + 1):
        value = unicodedata.decimal(chr(point), None)
        if value is not None:
            pairs[chr(point)] = str(value)
    return list(pairs), list(pairs.values())
