"""Hostile workbooks of records: Excel 97's (BIFF8) in an OLE container, binary ones in a zip."""

import struct
from collections.abc import Iterator
from functools import partial

from scripts.hostile.case import FIRST, Case
from scripts.hostile.zips import deflated, repeated, zip_of
from sheets.files.binary_workbooks import packed

_SECTOR = 4096
_FREE, _END_OF_CHAIN, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_BOUND_SHEET, _END, _DIMENSIONS, _NUMBER, _MANY = 0x85, 0x0A, 0x200, 0x203, 0xBD
_GLOBALS = struct.pack("<HHHHHHII", 0x809, 16, 0x0600, 0x0005, 0, 0, 0, 0)
_PAGE = struct.pack("<HHHHHHII", 0x809, 16, 0x0600, 0x0010, 0, 0, 0, 0)


def cases() -> Iterator[Case]:
    """Yield the workbooks."""
    yield Case("plain.xls", "nothing: the frame of the others", lambda: _book(1, _rows(20)))
    long = _rows(200_000)
    for count in (200, 2000):
        about = f"{count:,} sheets at one place, of 200,000 cells each"
        yield Case(f"one-place-{count}.xls", about, partial(_book, count, long))
    lie = _record(_DIMENSIONS, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
    yield Case("dimensions.xls", "says it is 280 trillion cells", lambda: _book(1, lie + _rows(9)))
    corner = _cell(65_535, 65_535)
    yield Case("corner.xls", "a cell in the last row and column", lambda: _book(1, corner))
    many = _record(_MANY, struct.pack("<HH", 0, 0) + struct.pack("<HI", 0, 2) * 9 + b"\xff\xff")
    yield Case("many.xls", "a record for 65,535 columns that has nine", lambda: _book(1, many))
    yield Case("circle.xls", "a chain of sectors that is a circle", partial(_circle, 1))
    yield Case("circle-table.xls", "the same of its directory", partial(_circle, 0))
    yield Case("sector-size.xls", "sectors of 2 to the 65,535 bytes", _odd_sectors)
    yield Case("tables.xls", "says it has 4 billion tables", _many_tables)
    yield Case("cut.xls", "cut in the middle", lambda: _book(1, _rows(5000))[:40_000])
    record = _record(_NUMBER, b"")[:2] + b"\xff\xff"
    yield Case("record.xls", "a record that ends behind the file", lambda: _book(1, record))
    texts = _record(0xFC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF) + b"\x05\0\0hello")
    yield Case("texts.xls", "says it has 4 billion texts", lambda: _book(1, _rows(9), texts))
    yield Case("end.xls", "sheets that begin behind the end", lambda: _book(9, b"", b"", 1 << 31))

    yield from _binary()


def plain_book() -> bytes:
    """An honest one."""
    return _book(1, _rows(50))


def plain_binary() -> bytes:
    """An honest binary one."""
    return _binary_of(_binary_rows(50))


def _binary() -> Iterator[Case]:
    yield Case("plain.xlsb", "nothing: the frame of the others", plain_binary)
    dense = partial(_binary_rows, 500_000)
    yield Case("dense.xlsb", "half a million rows", lambda: _binary_of(dense()))
    corner = _binary_row(0) + _binary_row(1_048_575, 16_383)
    yield Case("corner.xlsb", "a cell in the last row and column", lambda: _binary_of(corner))
    behind = _binary_row(0) + packed(0x92, b"") + corner
    yield Case("behind.xlsb", "such a cell behind the end", lambda: _binary_of(behind))
    far = _binary_row(0xFFFFFFFF, 0xFFFFFFFF)
    yield Case("far.xlsb", "a cell in column 4 billion", lambda: _binary_of(far))
    over = packed(0x02, b"") + b"\x02\xff\xff\xff\x7f"
    yield Case("record.xlsb", "a record of 256 MB that isn't there", lambda: _binary_of(over))
    cut = _binary_rows(9) + b"\x02\x7f"
    yield Case("cut.xlsb", "a record that ends behind its part", lambda: _binary_of(cut))
    yield Case("one-part.xlsb", "a thousand sheets of one part", lambda: _binary_of(b"", 1000))
    begin = packed(0x9F, struct.pack("<II", 0xFFFFFFFF, 20_000_000))
    blank = begin + packed(0x13, bytes(5)) * 1000
    texts = partial(_binary_of, _binary_rows(9), texts=(blank, 20_000))
    yield Case("texts.xlsb", "twenty million blank texts", texts)
    small = partial(_binary_of, b"", rows=(packed(0x01, b"") * 1000, 60_000))
    yield Case("small.xlsb", "sixty million records of two bytes", small)


def _binary_of(
    cells: bytes,
    sheets: int = 1,
    texts: tuple[bytes, int] | None = None,
    rows: tuple[bytes, int] | None = None,
) -> bytes:
    """A binary workbook. `texts`, `rows`: a piece, and how often it stands there."""
    path = "worksheets/sheet1.bin"
    links = "".join(f'<Relationship Id="r{place}" Target="{path}"/>' for place in range(sheets))
    named = b"".join(
        packed(0x9C, struct.pack("<II", 0, place) + _wide(f"r{place}") + _wide(f"S{place}"))
        for place in range(sheets)
    )
    whole = packed(0x94, bytes(16)) + packed(0x91, b"") + cells + packed(0x92, b"")
    sheet = f"xl/{path}"
    return zip_of(
        [
            deflated("xl/workbook.bin", named),
            deflated(
                "xl/_rels/workbook.bin.rels", f"<Relationships>{links}</Relationships>".encode()
            ),
            deflated(sheet, whole) if rows is None else repeated(sheet, *rows),
            *([repeated("xl/sharedStrings.bin", *texts)] if texts else []),
        ]
    )


def _wide(letters: str) -> bytes:
    return struct.pack("<I", len(letters)) + letters.encode("utf-16-le")


def _binary_row(row: int, column: int = 0) -> bytes:
    head = packed(0x00, struct.pack("<I", row) + bytes(17))
    return head + packed(0x05, struct.pack("<IId", column, 0, float(FIRST + row)))


def _binary_rows(count: int) -> bytes:
    return b"".join(_binary_row(row) for row in range(count))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _cell(row: int, column: int) -> bytes:
    return _record(_NUMBER, struct.pack("<HHHd", row, column, 0, float(FIRST + row * 7 + column)))


def _rows(cells: int) -> bytes:
    return b"".join(_cell(place % 60_000, place // 60_000) for place in range(cells))


def _book(sheets: int, content: bytes, texts: bytes = b"", at: int | None = None) -> bytes:
    """A workbook whose sheets all have this content; `at`: where they are said to begin."""
    each = [f"S{place}".encode() for place in range(sheets)]
    size = sum(12 + len(name) for name in each)
    start = len(_GLOBALS) + size + len(texts) + 4 if at is None else at
    bounds = b"".join(
        _record(_BOUND_SHEET, struct.pack("<IBBBB", start, 0, 0, len(name), 0) + name)
        for name in each
    )
    stream = _GLOBALS + bounds + texts + _record(_END, b"") + _PAGE + content + _record(_END, b"")
    return bytes(_container(stream.ljust(8192, b"\0")))


def _container(stream: bytes) -> bytearray:
    """An OLE container: its directory in sector 0, the stream behind it, then its table."""
    count = -(-len(stream) // _SECTOR)
    per = _SECTOR // 4
    tables = 1
    while tables * per < count + 1 + tables:
        tables += 1
    chain = [_END_OF_CHAIN, *range(2, count + 1), _END_OF_CHAIN, *[_TABLE] * tables]
    chain += [_FREE] * (tables * per - len(chain))
    head = bytearray(_SECTOR)
    head[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", head, 24, 0x3E, 4, 0xFFFE, 12, 6)
    struct.pack_into("<IIIIIIIII", head, 40, 1, tables, 0, 0, 4096, _END_OF_CHAIN, 0,
                     _END_OF_CHAIN, 0)  # fmt: skip
    struct.pack_into("<109I", head, 76, *range(count + 1, count + 1 + tables),
                     *[_FREE] * (109 - tables))  # fmt: skip
    directory = _entry("Root Entry", 5, 1, 1, 0)
    directory += _entry("Workbook", 2, _FREE, 1, len(stream))
    body = directory.ljust(_SECTOR, b"\0") + stream.ljust(count * _SECTOR, b"\0")
    return head + body + struct.pack(f"<{len(chain)}I", *chain)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    coded = name.encode("utf-16-le")
    return (
        coded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(coded) + 2, kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def _circle(sector: int) -> bytes:
    data = bytearray(_book(1, _rows(5000)))
    (table,) = struct.unpack_from("<I", data, 76)
    struct.pack_into("<I", data, (table + 1) * _SECTOR + sector * 4, sector)
    return bytes(data)


def _odd_sectors() -> bytes:
    data = bytearray(_book(1, _rows(9)))
    struct.pack_into("<H", data, 30, 0xFFFF)
    return bytes(data)


def _many_tables() -> bytes:
    data = bytearray(_book(1, _rows(9)))
    struct.pack_into("<I", data, 44, 0xFFFFFFFF)
    struct.pack_into("<II", data, 68, 0, 0xFFFFFFFF)
    return bytes(data)
