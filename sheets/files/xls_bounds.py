"""The extents of sheets in an xls, found before a reader allocates them.

An xls is a stream of records (BIFF) in an OLE container.
"""

import struct
from collections.abc import Iterator

from sheets.files.documents import BrokenFile, HarmfulFile
from sheets.files.packed import ole
from sheets.files.workbook_bounds import Extent

READ_FROM = "Workbook"
"""The stream that a reader takes first; older programs call it Book."""
MOST_SHEETS = 1_000

_STREAMS = ("workbook", "book")
_BOUND_SHEET, _END_OF_SHEET, _BLANKS, _NUMBERS = 0x85, 0x0A, 0xBE, 0xBD
_TEXTS, _DIMENSIONS = 0xFC, 0x200
_SHORTEST_TEXT = 3  # bytes of a text in the shared ones
_CELLS = {0x06, 0x201, 0x203, 0x204, 0x205, 0x206, 0x207, 0x27E, 0x406, 0xFD, 0xD6, 1, 2, 3, 4, 5}


def stream_of(data: bytes) -> bytes:
    """Return the records of a workbook, with nothing to allocate by but its cells.

    A reader reserves what DIMENSIONS announces, so these records announce nothing.

    Raises:
        BrokenFile: a broken chain of sectors, a truncated record, more texts than there is room
            for, or a sheet that begins outside.
        HarmfulFile: more than `MOST_SHEETS`, or sheets that share records.
    """
    try:
        stream = bytearray(ole.stream(data, _STREAMS))
        for records in _all_records(stream):
            for at, kind, length in records:
                if kind == _DIMENSIONS:
                    stream[at : at + length] = bytes(length)
                elif kind == _TEXTS and (
                    struct.unpack_from("<I", stream, at + 4)[0] * _SHORTEST_TEXT > len(stream)
                ):
                    raise BrokenFile("more texts than bytes")
        return bytes(stream)
    except (struct.error, IndexError, ValueError) as error:
        raise BrokenFile(str(error)) from None


def of_stream(stream: bytes) -> Iterator[Extent]:
    """Yield the extent of each sheet, from records that `stream_of` returned."""
    for records in _all_records(stream):
        yield _of_records(stream, records)


Record = tuple[int, int, int]
"""Place of the content, kind and length."""


def _all_records(stream: bytes | bytearray) -> Iterator[Iterator[Record]]:
    """Yield the records of the whole workbook, then those of each sheet; none is read twice."""
    seen = bytearray(len(stream))
    yield _records(stream, 0, seen)
    starts = [
        struct.unpack_from("<I", stream, at)[0]
        for at, kind, _ in _records(stream, 0, bytearray(len(stream)))
        if kind == _BOUND_SHEET
    ]
    if len(starts) > MOST_SHEETS:
        raise HarmfulFile("sheets")
    for start in starts:
        if start > len(stream):
            raise BrokenFile("a sheet outside of the file")
        yield _records(stream, start, seen)


def _records(stream: bytes | bytearray, place: int, seen: bytearray) -> Iterator[Record]:
    """Yield each record up to the end of the sheet.

    Raises HarmfulFile where one was `seen` before: sheets that share records would be read over
    and over.
    """
    while place + 4 <= len(stream):
        if seen[place]:
            raise HarmfulFile("sheets")
        seen[place] = 1
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind == _END_OF_SHEET:
            return
        yield place + 4, kind, length
        place += 4 + length


def _of_records(stream: bytes, records: Iterator[Record]) -> Extent:
    rows = columns = 0
    for at, kind, length in records:
        if kind in _CELLS and length >= 4:  # noqa: PLR2004 - row and column
            row, column = struct.unpack_from("<HH", stream, at)
        elif kind in {_BLANKS, _NUMBERS} and length >= 6:  # noqa: PLR2004 - and the last column
            row = struct.unpack_from("<H", stream, at)[0]
            column = struct.unpack_from("<H", stream, at + length - 2)[0]
        else:
            continue
        rows, columns = max(rows, row + 1), max(columns, column + 1)
    return rows, columns
