"""The extents of sheets in an xlsx or ods, found before a reader allocates them.

Bounds, not exact sizes: never less than what a reader would lay out, and hardly ever more.
"""

import io
import xml.parsers.expat
import zipfile
from collections.abc import Iterator

import polars as pl

from sheets.files.documents import BrokenFile, HarmfulFile, NotAList

PIECE = 1 << 20
"""Bytes searched at a time; polars does so without the GIL."""

_CELL = r"<(?:[^\s<>/:]+:)?c[\s/>]"
_PLACED = r"""<(?:[^\s<>/:]+:)?c\s+r\s*=\s*["']([A-Za-z]+)([0-9]+)["']"""
_NEAR = '<c r="'
# Everything but <c r="A1" to <c r="Z999999", the form of nearly all cells.
_ODD = (
    r"""<c(?:[>/\t\n\r]| [^r]| r[^=]| r=[^"]| r="(?:[^A-Z]|[A-Z](?:[^0-9]|[0-9]{7}|"""
    r"""[0-9]+[^0-9"])))"""
    r"|:c[\s/>]"
)
_NEAR_CORNER = (999_999, 26)
# calamine trusts such a count: sharedStrings of four lines asked for 96 GB.
_COUNT = r"""ount\s*=\s*["']\s*\+?0*[1-9][0-9]{7,}"""
_LONGEST_TAG = 4096  # a piece is cut before a tag that begins this close to its end
_LETTERS = 26
_MANIFEST = "META-INF/manifest.xml"

Extent = tuple[int, int]
"""Rows and columns."""


def of_zip(data: bytes) -> Iterator[Extent]:
    """Yield the extent of each member of an xlsx or ods that passed `archives.check`.

    Raises:
        NotAList: an ods with a password (kind "protected"), or a binary workbook (kind "xlsb"),
            whose cells aren't XML.
        HarmfulFile: announces ten million texts or styles.
        BrokenFile: malformed XML.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if any(name.lower().endswith("workbook.bin") for name in names):
            raise NotAList("xlsb")
        if "content.xml" not in names or "xl/workbook.xml" in names:
            for name in names:
                yield _of_sheet(archive, name)
            return
        if _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST):
            raise NotAList("protected")
        yield _counted(archive, "content.xml", _OdsCounter())


def _of_sheet(archive: zipfile.ZipFile, name: str) -> Extent:
    """The extent of an xlsx sheet. Any member may be one, whatever its name."""
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
    """Yield a member in pieces that end between tags."""
    rest = b""
    with archive.open(name) as file:
        while piece := file.read(PIECE):
            piece = rest + piece
            cut = piece.rfind(b"<", -_LONGEST_TAG)
            rest = piece[cut:] if cut > 0 else b""
            yield (piece[:cut] if cut > 0 else piece).decode("latin-1")
    yield rest.decode("latin-1")


class _Counter:
    """Follows the cells of an xlsx sheet, some of which don't give their place."""

    def __init__(self) -> None:
        self.rows = self.columns = self._row = self._column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Count an opening tag."""
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
        """Count an opening tag."""
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


def _counted(archive: zipfile.ZipFile, name: str, counter: _Counter | _OdsCounter) -> Extent:
    def refuse_entities(*_: object) -> None:
        raise ValueError("a document type with entities")

    parser = xml.parsers.expat.ParserCreate()
    parser.StartElementHandler = counter.start
    parser.EntityDeclHandler = refuse_entities
    try:
        with archive.open(name) as file:
            while piece := file.read(1 << 16):  # releases the GIL between pieces
                parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by position
            parser.Parse(b"", True)  # noqa: FBT003 - the same
    except (xml.parsers.expat.ExpatError, ValueError) as error:
        raise BrokenFile(str(error)) from None
    return counter.rows, counter.columns
