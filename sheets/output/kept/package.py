"""A workbook as the parts of its package: found by their relations, and replaced one by one."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable

from sheets.files import binary_workbooks, workbook_bounds, workbook_sheets
from sheets.files.packed import archives
from sheets.files.packed.zips import Entry, rebuilt
from sheets.output.kept import markup
from sheets.output.kept.strange import StrangeError

BOOK = "xl/workbook.xml"
_TYPES = "[content_types].xml"
_SIGNATURES = "_xmlsignatures/"
_LEVEL = 4  # hardly larger than level 6, in half of the time
_RELATION = re.compile(rb"<(?:[\w.\-]+:)?Relationship%b/?>" % markup.ATTRIBUTES)
_MAIN = re.compile(rb"""ContentType\s*=\s*["']([^"']*\.main\+xml)["']""", re.IGNORECASE)
_ENDINGS = {
    b"sheet.macroenabled.main+xml": ".xlsm",
    b"template.macroenabled.main+xml": ".xltm",
    b"template.main+xml": ".xltx",
}


class Package:
    """The parts of an .xlsx. Raises StrangeError for one that isn't to be changed."""

    def __init__(self, data: bytes) -> None:
        self._entries = archives.entries(data)
        self._places = {entry.name.lower(): at for at, entry in enumerate(self._entries)}
        if binary_workbooks.is_binary(self._entries):
            raise StrangeError("converted", "an .xlsb")
        if any(name.startswith(_SIGNATURES) for name in self._places):
            raise StrangeError("signed", "a signed workbook")
        if len(self._places) < len(self._entries) or BOOK not in self._places:
            raise StrangeError("strange", "parts that are there twice, or not at all")

    def sheets(self) -> list[str]:
        """Return the names of the sheets' parts, in order."""
        return workbook_sheets.check(workbook_bounds.read_parts(self._entries))

    def ending(self) -> str:
        """Return the end of the file's name, which has to fit its content."""
        kinds = [found.lower() for found in _MAIN.findall(markup.whole(self.part(_TYPES)))]
        of = (ending for kind in kinds for end, ending in _ENDINGS.items() if kind.endswith(end))
        return next(of, ".xlsx")

    def part(self, name: str) -> Entry:
        """Return a part by its name in small letters."""
        place = self._places.get(name)
        if place is None:
            raise StrangeError("strange", "a part that isn't there")
        return self._entries[place]

    def whole(self, name: str) -> bytes:
        """Return the content of a small part."""
        return markup.whole(self.part(name))

    def related(self, name: str, kind: str) -> list[str]:
        """Return the parts of a kind, such as "table", that a part refers to."""
        folder, _, base = name.rpartition("/")
        relations = f"{folder}/_rels/{base}.rels"
        if relations not in self._places:
            return []
        found = []
        for text in _RELATION.findall(self.whole(relations)):
            about = markup.attributes(text)
            target = about.get(b"Target", b"").decode("utf-8", "replace").lower()
            if about.get(b"Type", b"").endswith(b"/" + kind.encode()):
                found.append(posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/"))
        return found

    def replace(self, name: str, pieces: Iterable[bytes]) -> None:
        """Give a part another content."""
        old = self.part(name)
        engine = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed, size, crc = bytearray(), 0, 0
        for piece in pieces:
            packed += engine.compress(piece)
            size += len(piece)
            crc = zlib.crc32(piece, crc)
        packed += engine.flush()
        new = Entry(
            old.name, zipfile.ZIP_DEFLATED, size, crc, is_locked=False, packed=memoryview(packed)
        )
        self._entries[self._places[name]] = new

    def packed(self) -> bytes:
        """Return the workbook."""
        return rebuilt(self._entries)
