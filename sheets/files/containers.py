"""Detect the document in a container: a zip, or an OLE file of an old Office program."""

import io
import zipfile

from sheets.files.archives import BROKEN_ZIP

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOLDERS = {"xl/": "xlsx", "word/": "document", "ppt/": "document", "Index/": "numbers"}


def kind_of_zip(data: bytes) -> str:
    """Return "xlsx", "ods", "document", "numbers", or "zip" for all others."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (*BROKEN_ZIP, RuntimeError):  # RuntimeError: a password is needed
        return "zip"
    if b"opendocument" in mimetype:
        return "ods" if b"spreadsheet" in mimetype else "document"
    for folder, kind in _FOLDERS.items():
        if any(name.startswith(folder) for name in names):
            return kind
    return "zip"


def kind_of_ole(data: bytes) -> str:
    """Return "protected" for a document with a password, else "xls"."""
    return "protected" if _ENCRYPTED in data else "xls"
