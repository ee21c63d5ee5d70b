"""Small binary workbooks (xlsb): records (BIFF12) in a zip."""

import struct
from collections.abc import Sequence

from sheets.files.binary_workbooks import packed
from tests.support.sheets.make_corpus import zipped

VISIBLE, HIDDEN = 0, 1
_RELATIONS = '<Relationships xmlns="urn:x">{}</Relationships>'
_RELATION = '<Relationship Id="rId{0}" Type="urn:x" Target="{1}"/>'


def row(place: int, *, hidden: bool = False) -> bytes:
    """Return the head of a row (MS-XLSB 2.4.760)."""
    return packed(0x00, struct.pack("<IIHBBBI", place, 0, 300, 0, 0x10 * hidden, 0, 0))


def text(column: int, letters: str, kind: int = 0x06) -> bytes:
    """Return a cell with a text in it."""
    return packed(kind, struct.pack("<II", column, 0) + _wide(letters))


def shared(column: int, place: int) -> bytes:
    """Return a cell with a text of the shared ones."""
    return packed(0x07, struct.pack("<III", column, 0, place))


def number(column: int, value: float, look: int = 0) -> bytes:
    """Return a cell with a number in it."""
    return packed(0x05, struct.pack("<IId", column, look, value))


def book(
    *sheets: bytes, states: Sequence[int] = (), texts: Sequence[str] = (), targets: str = ""
) -> bytes:
    """Return a workbook whose sheets hold these cells.

    Args:
        sheets: The records of each.
        states: Whether each is visible, if not all are.
        texts: The shared ones.
        targets: Where the part of each is said to be, with its place as {}.
    """
    path = targets or "worksheets/sheet{}.bin"
    members: dict[str, str | bytes] = {}
    named = packed(0x99, bytes(12))
    relations = ""
    for place, cells in enumerate(sheets):
        state = states[place] if states else VISIBLE
        about = struct.pack("<II", state, place + 1) + _wide(f"rId{place}") + _wide(f"S{place}")
        named += packed(0x9C, about)
        relations += _RELATION.format(place, path.format(place))
        members["xl/" + path.format(place)] = sheet(cells)
    members["xl/workbook.bin"] = packed(0x83, b"") + named + packed(0x90, b"") + packed(0x84, b"")
    members["xl/_rels/workbook.bin.rels"] = _RELATIONS.format(relations)
    items = b"".join(packed(0x13, b"\0" + _wide(each)) for each in texts)
    count = struct.pack("<II", len(texts), len(texts))
    members["xl/sharedStrings.bin"] = packed(0x9F, count) + items + packed(0xA0, b"")
    members["xl/styles.bin"] = styles()
    return zipped(members)


def sheet(cells: bytes) -> bytes:
    """Return the part of a sheet."""
    return packed(0x94, bytes(16)) + packed(0x91, b"") + cells + packed(0x92, b"")


def styles() -> bytes:
    """Return two looks, of which the second is a date, behind fonts and another kind of looks."""
    plain, date = (struct.pack("<HHIIHH", 0, each, 0, 0, 0, 0) for each in (0, 14))
    one, two = struct.pack("<I", 1), struct.pack("<I", 2)
    fonts = packed(0x263, one) + packed(0x2B, bytes(range(0x60, 0x90))) + packed(0x264, b"")
    others = packed(0x272, one) + packed(0x2F, date) + packed(0x273, b"")
    looks = packed(0x269, two) + packed(0x2F, plain) + packed(0x2F, date) + packed(0x26A, b"")
    return packed(0x116, b"") + fonts + others + looks + packed(0x117, b"")


def _wide(letters: str) -> bytes:
    return struct.pack("<I", len(letters)) + letters.encode("utf-16-le")
