"""Links to a chat or a call: what they lead to is a number."""

import polars as pl

from sheets.lists.cuts.asides import GAP

_MAY_HOLD = r"(?i)wa\.me/|whatsapp\.com/send|\btel:"
_CHAT = (
    r"(?i)(?:https?://)?(?:www\.)?"
    r"(?:wa\.me/|(?:api\.|web\.)?whatsapp\.com/send/?\?(?:[^\s&]+&)*phone=)"
    r"(?:%2B|\+)?([1-9][0-9]{6,14})(?:[/?&#][^\s,;|]*)?"
)
"""With the calling code and mostly no plus sign (WhatsApp's help, "click to chat")."""
_CALL = r"(?i)\btel:(\+?[0-9(])"
"""As it is dialled (RFC 3966)."""


def without_links(texts: pl.Series) -> pl.Series:
    """Put the number of each link in its place."""
    text = pl.col("text")
    frame = texts.alias("text").to_frame().with_row_index("row")
    some = frame.filter(text.str.contains(_MAY_HOLD))
    if some.is_empty():
        return texts
    plain = text.str.replace_all("%2B", "+", literal=True)
    chats = plain.str.replace_all(_CHAT, f"{GAP}+${{1}}{GAP}")
    calls = chats.str.replace_all(_CALL, f"{GAP}${{1}}")
    some = some.select("row", calls.str.strip_chars(GAP))
    return texts.scatter(some["row"], some["text"])
