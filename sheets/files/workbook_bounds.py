"""How far the sheets of a workbook reach, before a reader makes room for them.

Bounds, not exact sizes: never less than what a reader would lay out, and hardly ever more.
"""

import io
import struct
import xml.parsers.expat
import zipfile
from collections.abc import Iterator

import polars as pl

from sheets.files.documents import BrokenFile, HarmfulFile, NotAList

PIECE = 1 << 20
"""Bytes looked at in one go; polars does so without Python's lock."""

_CELL = r"<(?:[^\s<>/:]+:)?c[\s/>]"
_PLACED = r"""<(?:[^\s<>/:]+:)?c\s+r\s*=\s*["']([A-Za-z]+)([0-9]+)["']"""
_NEAR = '<c r="'
# All but <c r="A1" to <c r="Z999999", which is how nearly all cells of nearly all sheets are.
_ODD = (
    r"""<c(?:[>/\t\n\r]| [^r]| r[^=]| r=[^"]| r="(?:[^A-Z]|[A-Z](?:[^0-9]|[0-9]{7}|"""
    r"""[0-9]+[^0-9"])))"""
    r"|:c[\s/>]"
)
_NEAR_CORNER = (999_999, 26)
# calamine takes such a count at its word: sharedStrings of four lines asked for 96 GB.
_COUNT = r"""ount\s*=\s*["']\s*\+?0*[1-9][0-9]{7,}"""
_LONGEST_TAG = 4096  # a piece is cut in front of a tag that began so short before its end
_LETTERS = 26
_HEADER = 512
_END_OF_CHAIN = 0xFFFFFFF0  # this and above are no sectors
_BOUND_SHEET, _END_OF_SHEET, _BLANKS, _NUMBERS = 0x85, 0x0A, 0xBE, 0xBD
_CELLS = {0x06, 0x201, 0x203, 0x204, 0x205, 0x206, 0x207, 0x27E, 0x406, 0xFD, 0xD6, 1, 2, 3, 4, 5}

Extent = tuple[int, int]
"""Rows and columns."""


def of_zip(data: bytes) -> Iterator[Extent]:
    """Look into each member of an xlsx or ods that `archives.check` has passed.

    Raises:
        NotAList: an ods with a password (kind "protected"), or a binary workbook (kind "xlsb"),
            whose cells aren't written in XML.
        HarmfulFile: a list of ten million texts or styles is announced.
        BrokenFile: XML that isn't any.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if any(name.lower().endswith("workbook.bin") for name in names):
            raise NotAList("xlsb")
        is_ods = "content.xml" in names and "xl/workbook.xml" not in names
        if is_ods and any(b"encryption-data" in archive.read(name) for name in names
                          if name == "META-INF/manifest.xml"):  # fmt: skip
            raise NotAList("protected")
        for name in names:
            if is_ods:
                yield _of_content(archive, name) if name == "content.xml" else (0, 0)
            else:
                yield _of_sheet(archive, name)


def _of_sheet(archive: zipfile.ZipFile, name: str) -> Extent:
    """The corner of an xlsx sheet. Any member may be one, whatever it is called."""
    rows = columns = 0
    for text in _texts(archive, name):
        piece = pl.Series([text])
        if piece.str.contains(_COUNT)[0]:
            raise HarmfulFile("size")
        if not piece.str.contains(_ODD)[0]:
            if _NEAR in text:
                rows, columns = max(rows, _NEAR_CORNER[0]), max(columns, _NEAR_CORNER[1])
            continue
        cells = int(piece.str.count_matches(_CELL)[0])
        placed = piece.str.extract_all(_PLACED).explode().drop_nulls()
        if placed.len() != cells:
            return _counted(archive, name, _Counter())
        corner = placed.to_frame("tag").select(pl.col("tag").str.extract_groups(_PLACED))
        corner = corner.unnest("tag").select(
            row=pl.col("2").cast(pl.Int64, strict=False).fill_null(1 << 40).max(),
            letters=pl.col("1").str.len_bytes().max(),
            column=pl.col("1").sort_by(pl.col("1").str.len_bytes(), pl.col("1")).last(),
        )
        row, _, column = corner.row(0)
        rows, columns = max(rows, row), max(columns, _column(column))
    return rows, columns


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


def _texts(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    """A member in pieces that end between tags."""
    rest = b""
    with archive.open(name) as file:
        while piece := file.read(PIECE):
            piece = rest + piece
            cut = piece.rfind(b"<", -_LONGEST_TAG)
            rest = piece[cut:] if cut > 0 else b""
            yield (piece[:cut] if cut > 0 else piece).decode("latin-1")
    yield rest.decode("latin-1")


class _Counter:
    """Follows the cells of an xlsx sheet, some of which don't say where they stand."""

    def __init__(self) -> None:
        self.rows = self.columns = self._row = self._column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        kind, place = name.rpartition(":")[2], attributes.get("r", "")
        if kind == "row":
            self._row = int(place) if place.isdecimal() else self._row + 1
            self._column = 0
        elif kind == "c":
            letters = place.rstrip("0123456789")
            if place:
                self.rows = max(self.rows, int(place[len(letters) :] or 0))
            self._column = _column(letters) if letters else self._column + 1
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)


class _OdsCounter:
    """Follows the rows of an ods, where one tag may stand for a million rows or cells."""

    def __init__(self) -> None:
        self.rows = self.columns = self._row = self._column = self._width = 0
        self._repeated = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        kind = name.rpartition(":")[2]
        if kind == "table-row":
            self._row_ends()
            self._repeated = _repeat(attributes, "number-rows-repeated")
            self._column = 0
        elif kind in {"table-cell", "covered-table-cell"}:
            self._column += _repeat(attributes, "number-columns-repeated")
            if any(key.endswith(("value-type", "formula")) for key in attributes):
                self._width = self._column
        elif kind == "p":
            self._width = self._column
        elif kind == "table":
            self._row_ends()
            self._row = 0
        if self._width:
            self.rows = max(self.rows, self._row + self._repeated)
            self.columns = max(self.columns, self._width)

    def _row_ends(self) -> None:
        self._row += self._repeated
        self._repeated = self._column = self._width = 0


def _repeat(attributes: dict[str, str], name: str) -> int:
    for key, value in attributes.items():
        if key.endswith(name):
            return int(value) if value.isdecimal() and len(value) <= 12 else 1  # noqa: PLR2004
    return 1


def _of_content(archive: zipfile.ZipFile, name: str) -> Extent:
    return _counted(archive, name, _OdsCounter())


def _counted(archive: zipfile.ZipFile, name: str, counter: _Counter | _OdsCounter) -> Extent:
    parser = xml.parsers.expat.ParserCreate()
    parser.StartElementHandler = counter.start
    parser.EntityDeclHandler = _no_entities
    try:
        with archive.open(name) as file:
            while piece := file.read(1 << 16):  # the lock is let go between pieces
                parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by position
            parser.Parse(b"", True)  # noqa: FBT003 - the same
    except (xml.parsers.expat.ExpatError, ValueError) as error:
        raise BrokenFile(str(error)) from None
    return counter.rows, counter.columns


def _no_entities(*_: object) -> None:
    raise ValueError("a document type with entities")


def of_xls(data: bytes) -> Iterator[Extent]:
    """Walk through the records of an xls (BIFF) from each place where a sheet begins.

    Raises:
        BrokenFile: the container's chains lead nowhere.
    """
    try:
        stream = _workbook_stream(data)
        starts = [struct.unpack_from("<I", stream, at)[0] for at, kind, _ in _records(stream, 0)
                  if kind == _BOUND_SHEET]  # fmt: skip
        for start in starts[:1000]:
            yield _of_records(stream, start)
    except (struct.error, IndexError) as error:
        raise BrokenFile(str(error)) from None


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Place of the content, kind and length of each record, up to the end of the sheet."""
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


def _workbook_stream(data: bytes) -> bytes:
    """The stream "Workbook" (or "Book") out of an OLE container; empty if there is none."""
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    first, = struct.unpack_from("<I", data, 48)  # fmt: skip
    table = _allocation(data, size)
    directory = _chain(data, size, table, first)
    for entry in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, entry + 64)[0]
        name = directory[entry : entry + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        if name.lower() in {"workbook", "book"}:
            begin, size_of = struct.unpack_from("<II", directory, entry + 116)
            if size_of < struct.unpack_from("<I", data, 56)[0]:
                return b""  # so short that it lies in the small sectors: too short for harm
            return _chain(data, size, table, begin)[:size_of]
    return b""


def _allocation(data: bytes, size: int) -> list[int]:
    """Which sector follows which."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    more, count = struct.unpack_from("<II", data, 68)
    per = size // 4
    while more < _END_OF_CHAIN and count > 0 and len(sectors) * size < len(data) + size * 110:
        block = struct.unpack_from(f"<{per}I", data, _HEADER + more * size)
        sectors += block[:-1]
        more, count = block[-1], count - 1
    table: list[int] = []
    for sector in sectors:
        if sector < _END_OF_CHAIN and (sector + 1) * size + size <= len(data) + size:
            piece = data[(sector + 1) * size : (sector + 2) * size].ljust(size, b"\xff")
            table += struct.unpack(f"<{per}I", piece)
    return table


def _chain(data: bytes, size: int, table: list[int], sector: int) -> bytes:
    pieces = []
    left = len(data) // size + 1  # a chain in a circle comes to an end
    while sector < _END_OF_CHAIN and left > 0:
        pieces.append(data[(sector + 1) * size : (sector + 2) * size])
        sector, left = table[sector], left - 1
    return b"".join(pieces)
