"""The extents of sheets in an xls, found before a reader allocates them.

An xls is a stream of records (BIFF) in an OLE container.
"""

import struct
from collections.abc import Iterator

from sheets.files.documents import BrokenFile, HarmfulFile
from sheets.files.hidden_rows import HiddenRows
from sheets.files.packed import ole
from sheets.files.workbook_bounds import Extent

READ_FROM = "Workbook"
"""The stream that a reader takes first; older programs call it Book."""
MOST_SHEETS = 1_000

_STREAMS = ("workbook", "book")
_BOUND_SHEET, _END_OF_SHEET, _BLANKS, _NUMBERS = 0x85, 0x0A, 0xBE, 0xBD
_TEXTS, _DIMENSIONS, _BEGIN = 0xFC, 0x200, 0x809
_ROW, _ROW_HIDDEN = 0x208, 0x20
_STRING, _CONTINUED, _IGNORED = 0x207, 0x3C, 0x5D
_LONGEST_RECORD = 0xFFFF
_SHORTEST_TEXT = 3  # bytes of a text in the shared ones
_CELLS = {0x06, 0x201, 0x203, 0x204, 0x205, 0x206, 0x27E, 0x406, 0xFD, 0xD6, 1, 2, 3, 4, 5}


def stream_of(data: bytes) -> bytes:
    """Return the records of a workbook, with nothing to allocate by but its cells.

    A reader reserves what DIMENSIONS announces, so these records announce nothing. It takes a
    formula's text from one record, so those that go on in others are put into one.

    Raises:
        BrokenFile: a broken chain of sectors, a truncated record, more texts than there is room
            for, or a sheet that begins outside.
        HarmfulFile: more than `MOST_SHEETS`, or sheets that share records.
    """
    try:
        stream = bytearray(ole.stream(data, _STREAMS))
        for records in _all_records(stream):
            text = None
            for at, kind, length in records:
                if kind == _STRING:
                    text = _Text(stream, at, length)
                elif kind == _CONTINUED and text is not None:
                    text.goes_on(at, length)
                else:
                    text = None
                if kind == _DIMENSIONS:
                    stream[at : at + length] = bytes(length)
                elif kind == _TEXTS and (
                    struct.unpack_from("<I", stream, at + 4)[0] * _SHORTEST_TEXT > len(stream)
                ):
                    raise BrokenFile("more texts than bytes")
        return bytes(stream)
    except (struct.error, IndexError, ValueError) as error:
        raise BrokenFile(str(error)) from None


class _Text:
    """The text of a formula, moved together in its place; what is left over is nobody's record."""

    def __init__(self, stream: bytearray, at: int, length: int) -> None:
        self._stream = stream
        self._at = at
        self._end = at + length

    def goes_on(self, at: int, length: int) -> None:
        """Append the content of a record behind it, all but its first byte, which tells of width.

        A text that changes its width, or is longer than a record, is left out: the half of a
        number would be another number.
        """
        stream, begin = self._stream, self._at
        end = self._end + length - 1
        if (stream[at] ^ stream[begin + 2]) & 1 or end - begin > _LONGEST_RECORD:
            stream[begin : begin + 2] = bytes(2)  # its count of letters
            return
        stream[self._end : end] = stream[at + 1 : at + length]
        self._end = end
        struct.pack_into("<H", stream, begin - 2, end - begin)
        struct.pack_into("<HH", stream, end, _IGNORED, at + length - end - 4)


def of_stream(stream: bytes, hidden: list[HiddenRows] | None = None) -> Iterator[Extent]:
    """Yield the extent of each sheet, from records that `stream_of` returned.

    hidden: Is filled with the hidden rows of each sheet.
    """
    found = [] if hidden is None else hidden
    for place, records in enumerate(_all_records(stream)):
        rows = HiddenRows()
        if place:  # the first ones are those of the whole workbook
            found.append(rows)
        yield _of_records(stream, records, rows)


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
    """Yield each record up to the end of the sheet, those of charts within it too.

    Raises HarmfulFile where one was `seen` before: sheets that share records would be read over
    and over.
    """
    depth = 0
    while place + 4 <= len(stream):
        if seen[place]:
            raise HarmfulFile("sheets")
        seen[place] = 1
        kind, length = struct.unpack_from("<HH", stream, place)
        depth += (kind == _BEGIN) - (kind == _END_OF_SHEET)
        if kind == _END_OF_SHEET and depth <= 0:
            return
        yield place + 4, kind, length
        place += 4 + length


def _of_records(stream: bytes, records: Iterator[Record], hidden: HiddenRows) -> Extent:
    rows = columns = 0
    for at, kind, length in records:
        if kind in _CELLS and length >= 4:  # noqa: PLR2004 - row and column
            row, column = struct.unpack_from("<HH", stream, at)
        elif kind in {_BLANKS, _NUMBERS} and length >= 6:  # noqa: PLR2004 - and the last column
            row = struct.unpack_from("<H", stream, at)[0]
            column = struct.unpack_from("<H", stream, at + length - 2)[0]
        else:
            if kind == _ROW and length >= 16 and stream[at + 12] & _ROW_HIDDEN:  # noqa: PLR2004
                hidden.add(struct.unpack_from("<H", stream, at)[0])
            continue
        rows, columns = max(rows, row + 1), max(columns, column + 1)
    return rows, columns
