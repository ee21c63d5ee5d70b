"""The extents of sheets in an xls, found before a reader allocates them.

An xls is a stream of records (BIFF) in an OLE container.
"""

import struct
from collections.abc import Iterator

from sheets.files import ole
from sheets.files.documents import BrokenFile
from sheets.files.workbook_bounds import Extent

_STREAMS = {"workbook", "book"}
_MOST_SHEETS = 1000
_BOUND_SHEET, _END_OF_SHEET, _BLANKS, _NUMBERS = 0x85, 0x0A, 0xBE, 0xBD
_CELLS = {0x06, 0x201, 0x203, 0x204, 0x205, 0x206, 0x207, 0x27E, 0x406, 0xFD, 0xD6, 1, 2, 3, 4, 5}


def of_xls(data: bytes) -> Iterator[Extent]:
    """Yield the extent of each sheet, from its records.

    Nothing for a stream in the small sectors: too short to do harm.

    Raises:
        BrokenFile: a broken chain of sectors, or a truncated record.
    """
    try:
        stream = ole.stream(data, _STREAMS)
        starts = [struct.unpack_from("<I", stream, at)[0] for at, kind, _ in _records(stream, 0)
                  if kind == _BOUND_SHEET]  # fmt: skip
        for start in starts[:_MOST_SHEETS]:
            yield _of_records(stream, start)
    except (struct.error, IndexError) as error:
        raise BrokenFile(str(error)) from None


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Yield place of the content, kind and length of each record, up to the end of the sheet."""
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind == _END_OF_SHEET:
            return
        yield place + 4, kind, length
        place += 4 + length


def _of_records(stream: bytes, start: int) -> Extent:
    rows = columns = 0
    for at, kind, length in _records(stream, start):
        if kind in _CELLS and length >= 4:  # noqa: PLR2004 - row and column
            row, column = struct.unpack_from("<HH", stream, at)
        elif kind in {_BLANKS, _NUMBERS} and length >= 6:  # noqa: PLR2004 - and the last column
            row = struct.unpack_from("<H", stream, at)[0]
            column = struct.unpack_from("<H", stream, at + length - 2)[0]
        else:
            continue
        rows, columns = max(rows, row + 1), max(columns, column + 1)
    return rows, columns
