"""Binary workbooks (xlsb): records (BIFF12) in a zip, found sound before a reader sees them.

A reader takes each sheet's cells from records, which give their places; they are looked through
here as `workbook_bounds` does with XML. What a reader sees of the workbook and its styles is
written anew, with those records alone that tell of sheets and of dates: it loses its place among
others, and works for minutes at names.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sheets.files.documents import BrokenFile, HarmfulFile, NotAList
from sheets.files.hidden_rows import HiddenRows
from sheets.files.packed.zips import Entry
from sheets.files.workbook_bounds import Extent, Hidden
from sheets.files.workbook_sheets import MOST_SHEETS
from sheets.files.xml_parts import visit

LONGEST_RECORD = 1 << 20
"""Bytes; a cell's text has 64 KiB at most, and as much again for its looks."""

_BOOK, _STYLES, _TEXTS = "xl/workbook.bin", "xl/styles.bin", "xl/sharedstrings.bin"
_RELATIONS = "xl/_rels/workbook.bin.rels"
_ROW, _ROW_HIDDEN = 0x00, 0x10
_CELLS = range(0x02, 0x0B)
# Cells without a place of their own and texts with looks: the reader passes over them in silence.
_PASSED_OVER = {*range(0x0D, 0x13), 0x3E}
_DATES_FROM_1904, _SHEET, _SHEETS_END, _BOOK_END = 0x99, 0x9C, 0x90, 0x9D
_FORMATS, _FORMAT, _LOOKS, _LOOK, _LOOKS_END = 0x267, 0x2C, 0x269, 0x2F, 0x26A
_NO_PART = 0xFFFFFFFF
_MORE, _SEVEN = 0x80, 0x7F
# A sheet with nothing in it: its extent, and the begin and the end of its cells.
_BLANK = bytes((0x94, 0x01, 16, *[0] * 16, 0x91, 0x01, 0, 0x92, 0x01, 0))

Record = tuple[int, bytes]
"""Kind and content."""


def is_binary(entries: Sequence[Entry]) -> bool:
    """Tell whether a zip is such a workbook, whatever else it may be as well."""
    return any(entry.name.lower() == _BOOK for entry in entries)


def read_parts(entries: Sequence[Entry]) -> tuple[list[Entry], list[str]]:
    """Return what a reader needs of such a workbook, and the names of its sheets' parts, in order.

    Raises:
        NotAList: its sheets aren't where Excel puts them (kind "xlsb").
        HarmfulFile: names a part as several sheets, or more than `MOST_SHEETS`; a long record.
        BrokenFile: damaged.
    """
    parts = {entry.name.lower(): replace(entry, name=entry.name.lower()) for entry in entries}
    book = list(_records(parts[_BOOK]))
    names = _sheets(book, parts)
    kept = [parts[name] for name in (_RELATIONS, _TEXTS) if name in parts]
    wanted = [record for record in book if record[0] in {_DATES_FROM_1904, _SHEET}]
    kept.append(_written(_BOOK, [*wanted, (_SHEETS_END, b""), (_BOOK_END, b"")]))
    if _STYLES in parts:
        kept.append(_written(_STYLES, _dates(_records(parts[_STYLES]))))
    for name in names:
        if name.startswith("xl/worksheets/") and name in parts:
            kept.append(parts[name])
        elif name.startswith("xl/chartsheets/"):
            kept.append(_stored(name, _BLANK))
        else:
            raise NotAList("xlsb")
    return kept, names


def extents(parts: Sequence[Entry], names: Sequence[str], hidden: Hidden) -> Iterator[Extent]:
    """Yield the extent of each part that `read_parts` returned; of a sheet, behind its end too.

    Args:
        parts: The parts.
        names: Those of them that are sheets.
        hidden: Is filled with the hidden rows of each sheet.

    Raises:
        NotAList: cells that the reader would pass over (kind "xlsb").
        HarmfulFile, BrokenFile: a long record; damage.
    """
    sheets = set(names)
    for entry in parts:
        row = rows = columns = 0
        try:
            for kind, content in _records(entry) if entry.name in sheets else ():
                if kind in _CELLS:
                    column, _ = struct.unpack_from("<II", content)  # the second is how it looks
                    rows, columns = max(rows, row + 1), max(columns, column + 1)
                elif kind == _ROW:
                    row = struct.unpack_from("<I", content)[0]
                    if content[11] & _ROW_HIDDEN:
                        hidden.setdefault(entry.name, HiddenRows()).add(row)
                elif kind in _PASSED_OVER:
                    raise NotAList("xlsb")
        except (struct.error, IndexError) as error:
            raise BrokenFile(str(error)) from None
        yield rows, columns


def _sheets(book: Sequence[Record], parts: Mapping[str, Entry]) -> list[str]:
    """The names of the sheets' parts in order, by the ids that the workbook gives them."""
    targets: dict[str, str] = {}

    def relation(_: str, attributes: dict[str, str]) -> None:
        targets[attributes.get("Id", "")] = f"xl/{attributes.get('Target', '')}".lower()

    if _RELATIONS in parts:
        visit(parts[_RELATIONS], relation)
    names = []
    try:
        for kind, content in book:
            length = struct.unpack_from("<8xI", content)[0] if kind == _SHEET else _NO_PART
            if length != _NO_PART:
                names.append(targets[content[12 : 12 + 2 * length].decode("utf-16-le")])
    except (struct.error, UnicodeDecodeError, KeyError) as error:
        raise BrokenFile(str(error)) from None
    if len(names) > MOST_SHEETS or len(set(names)) < len(names):
        raise HarmfulFile("sheets")
    return names


def _dates(styles: Iterator[Record]) -> Iterator[Record]:
    """What tells which cells are dates: the formats, and the look of each kind of cell."""
    kept = {_FORMATS, _FORMAT, _LOOKS}
    for kind, content in styles:
        if kind == _LOOKS:
            kept = {_LOOKS, _LOOK}
        elif kind == _LOOKS_END:
            return
        if kind in kept:
            yield kind, content


def _records(entry: Entry) -> Iterator[Record]:
    """Yield all records of a part.

    A kind has one byte or two, a length up to four, of seven bits each.
    """
    rest = b""
    for piece in entry.pieces():
        data = rest + piece
        place = 0
        while (found := _record(data, place)) is not None:
            kind, begin, end = found
            yield kind, data[begin:end]
            place = end
        rest = data[place:]
    if rest:
        raise BrokenFile("cut short")


def _record(data: bytes, place: int) -> tuple[int, int, int] | None:
    """Kind, begin and end of the record here; None where more is needed."""
    try:
        kind = data[place]
        place += 1
        if kind & _MORE:
            kind = (kind & _SEVEN) | (data[place] & _SEVEN) << 7
            place += 1
        length = 0
        for shift in (0, 7, 14, 21):
            byte = data[place]
            place += 1
            length |= (byte & _SEVEN) << shift
            if not byte & _MORE:
                break
    except IndexError:
        return None
    if length > LONGEST_RECORD:
        raise HarmfulFile("size")
    return (kind, place, place + length) if place + length <= len(data) else None


def _written(name: str, records: Iterator[Record] | Sequence[Record]) -> Entry:
    return _stored(name, b"".join(packed(kind, content) for kind, content in records))


def packed(kind: int, content: bytes) -> bytes:
    """Return a record as it stands in a part."""
    head = [kind] if kind < _MORE else [kind & _SEVEN | _MORE, kind >> 7]
    length = len(content)
    while length > _SEVEN:
        head.append(length & _SEVEN | _MORE)
        length >>= 7
    return bytes((*head, length)) + content


def _stored(name: str, content: bytes) -> Entry:
    method, crc = zipfile.ZIP_STORED, zlib.crc32(content)
    return Entry(name, method, len(content), crc, is_locked=False, packed=memoryview(content))
