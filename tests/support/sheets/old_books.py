"""Small workbooks of Excel 97: records (BIFF8) in an OLE container."""

import struct

from sheets.files.packed import ole


def record(kind: int, content: bytes = b"") -> bytes:
    """Return a record of an xls."""
    return struct.pack("<HH", kind, len(content)) + content


def number(row: int, column: int) -> bytes:
    """Return a cell of an xls."""
    return record(0x203, struct.pack("<HHHd", row, column, 0, 79876543210))


def book(sheet: bytes, *starts: int, more: bytes = b"") -> bytes:
    """Return the records of an xls whose sheets begin at these places of `sheet`."""
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + more
    one = len(record(0x85, bytes(10)))
    length = len(begin) + one * len(starts) + 4
    named = [
        record(0x85, struct.pack("<IHBB2s", length + start, 0, 2, 0, b"%02d" % (place % 100)))
        for place, start in enumerate(starts)
    ]
    return begin + b"".join(named) + record(0x0A) + sheet + record(0x0A)


def old_book(sheet: bytes, *starts: int, more: bytes = b"") -> bytes:
    """Return such an xls."""
    return ole.container("Workbook", book(sheet, *starts, more=more))


def formula(row: int, column: int, result: bytes) -> bytes:
    """Return a formula with this cached result of eight bytes."""
    tokens = struct.pack("<HB", 1, 0x1D) + b"\0"
    return record(0x06, struct.pack("<HHH8sHIH", row, column, 0, result, 0, 0, 2) + tokens[1:])
