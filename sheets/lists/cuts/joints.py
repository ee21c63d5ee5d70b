"""Where one number ends and the next begins: slashes, letters, dashes of other scripts.

Each step puts a separator, or the plain sign, where a person meant one. Like `asides` it looks
only at lines that have such a sign.
"""

import polars as pl

from sheets.lists.cuts.asides import GAP

_WIDE_SEPARATOR = r"[\x{3001}\x{3002}\x{FF0C}\x{FF1B}]"  # commas, a semicolon, a full stop
_FLOAT = r"(\p{Nd}{7})[.,]0{1,2}($|[^\p{Nd}.,])"  # a spreadsheet took it for a number
_SLASH = r"\s?[/\x{FF0F}]\s?"
_PLACE = r"(\p{Nd}\)?\.\(?\p{Nd}+\)?)\s?[\[(]"  # "80.585 [79.964": a place on a map
_JOINED = rf"\p{{Nd}}(?:\p{{L}}|[~\x{{FF5E}}\x{{301C}}\x{{223C}}]|{_SLASH})"
_MAY_HOLD = rf"{_FLOAT}|{_PLACE}|\p{{L}}\+?\p{{Nd}}|{_JOINED}"
# Signs that stand for a dash between two digits. The Japanese long mark is a letter to Unicode.
_WHOLE = r"(\p{Nd}{9})\s+(\p{Nd}{9})"  # no number has two groups as long as this
_DASH = r"(\p{Nd})[ー\x{FF5E}\x{301C}\x{223C}](\p{Nd})"
_LONG = r"(?:\p{Nd}[^\p{Nd}/|]{0,3}){6,}"
_TWO = rf"({_LONG}\p{{Nd}}\)?){_SLASH}(\(?\+?{_LONG})"
_LINE = r"(?:\p{Nd}[^\p{Nd}/|\n]{0,3}){6,}"
_LINES = rf"({_LINE}\p{{Nd}}\)?)\s*\n\s*(\(?\+?{_LINE})"  # two lines of a cell
# "…89/80" also ends in 80: the last digits of a second line, which nobody can call.
_LAST_DIGITS = rf"({_LONG}\p{{Nd}}){_SLASH}\p{{Nd}}{{1,4}}($|[^\p{{Nd}}])"
# A word right before ten digits or a plus sign: "张三138…". An id says so, and a code
# in capitals is one too.
_WORD = r"(^|[^\p{L}\p{N}@/._=#&\-])(\p{L}{2,}|\p{L}\b)(\+?\p{Nd}(?:[\p{Nd} ()\-]*\p{Nd})?)"
_CODE = r"^(?:\p{Lu}{2,5}|(?i:.*(?:id|no|nr|num|ref|inv|ord|order|user|code|key|sku|код|заказ)))$"
_ENOUGH = 10
_SPACED_SCRIPTS = r"^[\p{Latin}]+$"


def with_joints(texts: pl.Series) -> pl.Series:
    """Make the borders of numbers plain."""
    text = pl.col("text")
    frame = texts.alias("text").to_frame().with_row_index("row")
    some = frame.filter(text.str.contains(f"{_MAY_HOLD}|{_WIDE_SEPARATOR}|[\t\n]|{_WHOLE}"))
    if some.is_empty():
        return texts
    plain = (
        text.str.replace_all("\t", GAP, literal=True)  # cells, which are never one number
        .str.replace_all(_FLOAT, "${1}${2}")
        .str.replace_all(_WHOLE, "${1}|${2}")
        .str.replace_all(_PLACE, "${1}|")
        .str.replace_all(_DASH, "${1}-${2}")
        .str.replace_all(_DASH, "${1}-${2}")
        .str.replace_all(_WIDE_SEPARATOR, GAP)
        .str.replace_all(_LINES, "${1}|${2}")
        .str.replace_all(_LINES, "${1}|${2}")  # what follows a second line, third ones for example
        .str.replace_all(_TWO, "${1}|${2}")
        .str.replace_all(_LAST_DIGITS, "${1}|${2}")
    )
    some = some.select("row", plain)
    return texts.scatter(some["row"], _unglued(some["text"]))


def _unglued(texts: pl.Series) -> pl.Series:
    """Put a blank between a word and the number right behind it."""
    frame = texts.alias("text").to_frame().with_row_index("place")
    text = pl.col("text")
    parts = text.str.extract_groups(_WORD).struct.rename_fields(["before", "word", "n"])
    found = frame.select("place", parts).unnest("text").drop_nulls("word")
    digits = pl.col("n").str.count_matches(r"\p{Nd}")
    latin = pl.col("word").str.contains(_SPACED_SCRIPTS)
    capitals = pl.col("word").str.contains(_CODE)
    phone = digits >= pl.when(latin).then(_ENOUGH).otherwise(_ENOUGH - 1)
    found = found.filter(phone & ~capitals)
    if found.is_empty():
        return texts
    parted = frame.join(found, on="place", how="semi").select(
        "place", text.str.replace_all(_WORD, "${1}${2} ${3}")
    )
    return texts.scatter(parted["place"], parted["text"])
