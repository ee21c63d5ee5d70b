"""What a file is, and in which encoding: told by its content."""

import codecs
import io
import re
import zipfile
import zlib
from itertools import pairwise

_PIECE = 1 << 18  # decoded at a time; a whole file at once would hold Python's lock too long
_SAMPLE = 1 << 16
_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"RIFF", "media"),
    (b"OggS", "media"),
    (b"ID3", "media"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"SQLite format 3\x00", "database"),
    (b"{\\rtf", "rtf"),
)
_BOMS = (  # the four-byte ones first: UTF-32's begins like UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
_CONTROL = bytes(sorted({*range(1, 32)} - {*b"\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f"}))


def kind_of(data: bytes) -> str:
    """Say what the bytes are.

    Returns:
        "text", "vcf", "xlsx", "xls", "ods" or "zip", which can be lists, or a kind for
        `files.NotAList` ("html", "pdf", "image", …).
    """
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        protected = "EncryptedPackage".encode("utf-16-le") in data
        return "protected" if protected else "xls"
    if data[4:8] == b"ftyp":
        return "image" if data[8:11] in {b"hei", b"mif", b"avi"} else "media"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image"
    for signature, kind in _SIGNATURES:
        # Two letters alone don't make a bitmap: a text may well begin with "BM".
        if data.startswith(signature) and (signature != b"BM" or not _reads_as_text(data)):
            return kind
    if any(data.startswith(bom) for bom, _ in _BOMS) or _reads_as_text(data):
        return _kind_of_text(data)
    return "unknown"


def _kind_of_zip(data: bytes) -> str:
    marks = (
        ("xl/", "xlsx"),
        ("word/", "document"),
        ("ppt/", "document"),
        ("Index/", "numbers"),
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (*_BROKEN_ZIP, RuntimeError):  # a password, as zipfile says it
        return "zip"
    if b"opendocument" in kind:
        return "ods" if b"spreadsheet" in kind else "document"
    found = (kind for mark, kind in marks if any(name.startswith(mark) for name in names))
    return next(found, "zip")


def _kind_of_text(data: bytes) -> str:
    encoding, start = encoding_of(data[:_SAMPLE])
    head = data[start : start + 2000].decode(encoding, "ignore").replace("\x00", "").lstrip()
    if re.match(r"BEGIN\s*:\s*VCARD", head, re.IGNORECASE):
        return "vcf"
    if re.match(r"<(?:!doctype html|html|table|\?xml|!--)", head, re.IGNORECASE):
        return "html"
    return "text"


def _reads_as_text(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    if _silent_utf16(sample) is not None:
        return True
    # NUL bytes come with broken exports and are dropped; other control characters do not occur.
    written = sample.replace(b"\x00", b"")
    controls = len(written) - len(written.translate(None, _CONTROL))
    return controls * 50 <= len(written) and len(written) * 8 >= len(sample)


def encoding_of(data: bytes) -> tuple[str, int]:
    """Name the encoding (for `codecs`) and the length of the byte order mark.

    A number is made of ASCII digits in every single-byte encoding, so a wrong guess between
    those costs a garbled name in the report and never a number.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name, len(bom)
    silent = _silent_utf16(data[:_SAMPLE])
    if silent is not None:
        return silent, 0
    if data.isascii():
        return "utf-8", 0
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data), _PIECE):
        try:
            decoder.decode(data[start : start + _PIECE], final=start + _PIECE >= len(data))
        except UnicodeDecodeError as error:
            place = max(0, start + error.start - _SAMPLE // 2)
            return _legacy(data[place : place + _SAMPLE]), 0
    return "utf-8", 0


def _silent_utf16(sample: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of digits and Latin letters is NUL."""
    even, odd = sample[::2], sample[1::2]
    if odd.count(0) * 5 >= len(odd) * 2 and even.count(0) * 20 <= len(even) and odd:
        return "utf-16-le"
    if even.count(0) * 5 >= len(even) * 2 and odd.count(0) * 20 <= len(odd) and odd:
        return "utf-16-be"
    return None


def _legacy(sample: bytes) -> str:
    """The likeliest encoding of bytes that aren't UTF-8 throughout."""
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if sum(char > "\x7f" for char in text) > 3 * broken:
        return "utf-8"  # UTF-8 with a few broken places
    high = [byte for byte in sample if byte > 0x7F and byte != 0xA0]  # noqa: PLR2004 - ASCII, NBSP
    cyrillic = sum(byte >= 0xC0 for byte in high)  # noqa: PLR2004 - Cyrillic letters
    # Western text has single accented letters among ASCII, Russian text whole words of them.
    runs = sum(a > 0x7F and b > 0x7F for a, b in pairwise(sample))  # noqa: PLR2004
    if runs * 2 < len(high):
        return "cp1252"
    if cyrillic * 10 >= len(high) * 9:
        return "cp1251"
    chinese = sample.decode("gb18030", "replace")
    hanzi = sum("\u4e00" <= char <= "\u9fff" for char in chinese)
    return "gb18030" if hanzi * 5 >= len(high) * 2 else "cp1251"
