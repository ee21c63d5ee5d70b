"""Exported chats: who said what, behind a date and a time that are no numbers.

WhatsApp writes both as the phone's language does, so what counts is their shape. Senders and
people who joined or left are often numbers, and are meant like those in the messages.
"""

import polars as pl

LOOKED_AT = 400
"""Lines in which a chat shows itself."""

_MARK = r"[\p{Cf}\s]"  # writing directions, and blanks of many kinds
_SIGN = rf"{_MARK}{{0,3}}[./\-年月년월]{_MARK}{{0,3}}"
_DATE = rf"\p{{Nd}}{{1,4}}{_SIGN}\p{{Nd}}{{1,2}}{_SIGN}\p{{Nd}}{{1,4}}{_MARK}{{0,2}}[.日일年г]?\.?"
_HALF = r"[\p{L}\p{M}.]{1,12}(?:[\s\p{Cf}]{1,2}[\p{L}\p{M}.]{1,6})?"  # AM, p. m., 下午, klo
_TIME = r"\p{Nd}{1,2}[:.\x{66B}]\p{Nd}{2}(?:[:.\x{66B}]\p{Nd}{2})?"
_STAMP = (
    rf"^{_MARK}{{0,3}}(?:\[{_DATE}[,،]?{_MARK}{{0,3}}(?:{_HALF}{_MARK}{{0,3}})?{_TIME}"
    rf"(?:{_MARK}{{0,3}}{_HALF})?{_MARK}{{0,3}}\]"
    rf"|{_DATE}[,،]?{_MARK}{{0,3}}(?:{_HALF}{_MARK}{{0,3}})?{_TIME}(?:{_MARK}{{0,3}}{_HALF})?"
    rf"{_MARK}{{0,3}}[\p{{Pd}}]){_MARK}{{1,3}}"
)


def is_chat(lines: pl.Series) -> bool:
    """True if a message begins in one of the first two lines, and in a fifth of them all."""
    some = lines.head(LOOKED_AT)
    some = some.filter(some.str.contains(r"\S"))
    begins = some.str.slice(0, 80).str.contains(_STAMP)
    count = int(begins.sum())
    return bool(begins.head(2).any()) and count > 1 and count * 5 >= some.len()


def without_stamps(lines: pl.Series) -> pl.Series:
    """Return the lines without the date and the time at their start."""
    return lines.str.replace(_STAMP, "")
