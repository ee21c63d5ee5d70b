"""Detect the document in a container: a zip, or an OLE file of an old Office program."""

from sheets.files.packed import zips

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"

MIMETYPE = "mimetype"
"""The member in which an OpenDocument file says what it is."""

_LONGEST_MIMETYPE = 100
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOLDERS = {"xl/": "xlsx", "word/": "document", "ppt/": "document", "Index/": "numbers"}


def kind_of_zip(data: bytes) -> str:
    """Return "xlsx", "ods", "document", "numbers", or "zip" for all others."""
    try:
        entries = zips.entries(data)
    except (*zips.DAMAGED, zips.DirectoryError, NotImplementedError):
        return "zip"
    names = [entry.name for entry in entries]
    stated = next((entry for entry in entries if entry.name == MIMETYPE), None)
    mimetype = stated.head(_LONGEST_MIMETYPE) if stated is not None else b""
    if b"opendocument" in mimetype:
        return "ods" if b"spreadsheet" in mimetype else "document"
    for folder, kind in _FOLDERS.items():
        if any(name.startswith(folder) for name in names):
            return kind
    return "zip"


def kind_of_ole(data: bytes) -> str:
    """Return "protected" for a document with a password, else "xls"."""
    return "protected" if _ENCRYPTED in data else "xls"
