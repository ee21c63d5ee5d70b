"""Detect the kind of a file from its content."""

import re

from sheets.files.encodings import SAMPLE, encoding_of, reads_as_text
from sheets.files.packed.containers import OLE, ZIP, kind_of_ole, kind_of_zip

_SIGNATURES = tuple(
    (re.compile(signature, re.DOTALL), kind)
    for signature, kind in (
        (rb"....ftyp(?:hei|mif|avi)", "image"),
        (rb"....ftyp", "media"),
        (rb"RIFF....WEBP", "image"),
        (rb"RIFF|OggS|ID3", "media"),
        (rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*", "image"),
        (rb"%PDF-", "pdf"),
        (rb"\x1f\x8b", "gzip"),
        (rb"Rar!", "rar"),
        (rb"7z\xbc\xaf\x27\x1c", "7z"),
        (rb"SQLite format 3\x00", "database"),
        (rb"\{\\rtf", "rtf"),
    )
)
_BITMAP = b"BM"
_ANY = re.IGNORECASE | re.DOTALL
_MARKUP = (
    (re.compile(r"(?:[^\n]*\n){0,9}?\s*BEGIN\s*:\s*VCARD", re.IGNORECASE), "vcf"),
    (
        re.compile(
            r"(?:[\w\-]{2,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){0,12}?"
            r"Content-Type:\s*(?:text/html|multipart/related)",
            re.IGNORECASE,
        ),
        "mht",
    ),
    (  # of pages, and of Excel's old XML, the table is read
        re.compile(r"<\?xml(?!.*<(?:html|(?:\w+:)?(?:workbook|cell)|tr)[\s>])", _ANY),
        "xml",
    ),
    (re.compile(r"<(?:!doctype html|html|table|\?xml|!--)", re.IGNORECASE), "html"),
)


def kind_of(data: bytes) -> str:
    """Return the kind of a file.

    Returns:
        "text", "vcf", "xml", "html", "mht", "xlsx", "xls", "ods" or "zip", which can be lists, or
        a kind for `documents.NotAList` ("pdf", "image", …).
    """
    if data.startswith(ZIP):
        return kind_of_zip(data)
    if data.startswith(OLE):
        return kind_of_ole(data)
    for signature, kind in _SIGNATURES:
        if signature.match(data):
            return kind
    if not reads_as_text(data):
        # Two letters alone don't make a bitmap: a text may well begin with "BM".
        return "image" if data.startswith(_BITMAP) else "unknown"
    encoding, start = encoding_of(data[:SAMPLE])
    head = data[start : start + 2000].decode(encoding, "ignore").replace("\x00", "").lstrip()
    return next((kind for begin, kind in _MARKUP if begin.match(head)), "text")
