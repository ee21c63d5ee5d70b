"""Detect the encoding of a text, and decode it."""

import codecs
import re
from collections.abc import Iterator

from sheets.files.charsets import charset_of

PIECE = 1 << 18
"""Bytes decoded at a time. Decoding holds the GIL, for up to a millisecond with this many; a whole
file at once would block every other chat."""
SAMPLE = 1 << 16
"""Bytes that suffice to detect an encoding."""
BOMS = {  # the four-byte ones first: UTF-32's begins like UTF-16's
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
"""Byte order marks by encoding."""

DECLARED = (
    *("utf-8", "ascii", "koi8-r", "koi8-u", "cp866", "gb2312", "gbk", "gb18030", "big5"),
    *("shift_jis", "euc_jp", "euc_kr", *(f"cp{page}" for page in range(1250, 1259))),
    *(f"iso8859-{part}" for part in (*range(1, 12), *range(13, 17))),
)
"""The only codecs that a file may ask for; none of them keeps a state or unpacks anything."""

_CONTROL = bytes(sorted({*range(1, 32)} - {*b"\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f"}))


def reads_as_text(data: bytes) -> bool:
    """True if the bytes begin like a text."""
    sample = data[:SAMPLE]
    if data.startswith(tuple(BOMS.values())) or _unmarked_utf16(sample) is not None:
        return True
    # NUL bytes come with broken exports and are dropped; other control characters do not occur.
    written = sample.replace(b"\x00", b"")
    controls = len(written) - len(written.translate(None, _CONTROL))
    return controls * 50 <= len(written) and len(written) * 8 >= len(sample)


def encoding_of(data: bytes) -> tuple[str, int]:
    """Return the encoding of a text (for `codecs`) and the length of its byte order mark.

    A number is made of ASCII digits in every single-byte encoding, so a wrong guess between
    those costs a garbled name in the report and never a number.
    """
    for name, mark in BOMS.items():
        if data.startswith(mark):
            return name, len(mark)
    unmarked = _unmarked_utf16(data[:SAMPLE])
    if unmarked is not None:
        return unmarked, 0
    if data.isascii():
        return "utf-8", 0
    valid = 0
    try:
        for _ in decoded(data, "utf-8"):
            valid += PIECE
    except UnicodeDecodeError as error:
        place = max(0, valid + error.start - SAMPLE // 2)
        text = data[place : place + SAMPLE].decode("utf-8", "replace")
        # UTF-8 with a few broken places has far more signs that are whole.
        broken = len(re.findall(r"[^\x00-\x7f]", text)) > 3 * text.count("\ufffd")
        return ("utf-8" if broken else charset_of(data)), 0
    return "utf-8", 0


def declared(name: str | None) -> str:
    """Return the codec for a charset that a file names; UTF-8 unless it is `DECLARED`."""
    return _DECLARED.get(_bare(name or ""), "utf-8")


def _bare(name: str) -> str:
    """Write a name as all programs spell it: x-cp1252, windows-1252 and CP1252 are one."""
    letters = re.sub(r"[^a-z0-9]", "", name[:40].lower()).removeprefix("x")
    return letters.removeprefix("us").replace("windows", "cp").replace("latin1", "iso88591")


_DECLARED = {_bare(codec): codec for codec in DECLARED}


def decoded(data: bytes, encoding: str, errors: str = "strict", start: int = 0) -> Iterator[str]:
    """Decode from `start`, a `PIECE` at a time."""
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for place in range(start, len(data), PIECE):
        yield decoder.decode(data[place : place + PIECE], final=place + PIECE >= len(data))


def _unmarked_utf16(sample: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of digits and Latin letters is NUL."""
    even, odd = sample[::2], sample[1::2]
    if odd.count(0) * 5 >= len(odd) * 2 and even.count(0) * 20 <= len(even) and odd:
        return "utf-16-le"
    if even.count(0) * 5 >= len(even) * 2 and odd.count(0) * 20 <= len(odd) and odd:
        return "utf-16-be"
    return None
