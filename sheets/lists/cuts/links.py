"""Links to a chat or a call: what they lead to is a number with its calling code."""

import polars as pl

from sheets.lists.cuts.asides import GAP

_MAY_HOLD = r"(?i)wa\.me/|whatsapp\.com/send|\btel:"
_LINK = (
    r"(?i)(?:https?://)?(?:www\.)?"
    r"(?:wa\.me/|(?:api\.|web\.)?whatsapp\.com/send/?\?(?:[^\s&]+&)*phone=|\btel:)"
    r"(?:%2B|\+)?([1-9][0-9]{6,14})(?:[/?&#][^\s,;|]*)?"
)


def without_links(texts: pl.Series) -> pl.Series:
    """Put the number of each link in its place."""
    text = pl.col("text")
    frame = texts.alias("text").to_frame().with_row_index("row")
    some = frame.filter(text.str.contains(_MAY_HOLD))
    if some.is_empty():
        return texts
    some = some.select("row", text.str.replace_all(_LINK, f"{GAP}+${{1}}{GAP}"))
    return texts.scatter(some["row"], some["text"].str.strip_chars(GAP))
