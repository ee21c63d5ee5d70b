"""The extents of sheets in an xlsx or ods, found before a reader allocates them.

Bounds, not exact sizes: never less than what a reader would lay out, and hardly ever more.
"""

import re
from collections.abc import Iterator, Sequence

import polars as pl

from sheets.files.documents import HarmfulFile, NotAList
from sheets.files.hidden_rows import HiddenRows
from sheets.files.packed import archives
from sheets.files.packed.containers import MIMETYPE
from sheets.files.packed.zips import Entry
from sheets.files.xml_parts import LONGEST_TAG, visit

MOST_REPEATED = 10**9
"""For how many rows or cells one tag of an ods may stand; anything above counts as this."""

_CELL = r"<(?:[^\s<>/:]+:)?c[\s/>]"
_PLACED = r"""<(?:[^\s<>/:]+:)?c\s+r\s*=\s*["']([A-Za-z]+)([0-9]+)["']"""
_NEAR = '<c r="'
_HIDDEN = "hidden"
_UNSEEN = {"collapse", "filter"}  # of an ods
# Everything but <c r="A1" to <c r="Z999999", the form of nearly all cells.
_ODD = (
    r"""<c(?:[>/\t\n\r]| [^r]| r[^=]| r=[^"]| r="(?:[^A-Z]|[A-Z](?:[^0-9]|[0-9]{7}|"""
    r"""[0-9]+[^0-9"])))"""
    r"|:c[\s/>]"
)
_NEAR_CORNER = (999_999, 26)
# calamine trusts such a count: sharedStrings of four lines asked for 96 GB.
_COUNT = r"""ount\s*=\s*["']\s*\+?0*[1-9][0-9]{7,}"""
_LETTERS = 26
_BOOK = "xl/workbook.xml"
_MANIFEST, _CONTENT = "META-INF/manifest.xml", "content.xml"
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_HEAD = 256
_OVERLAP = 64  # of two pieces of a long text, so that no count is cut in two

Extent = tuple[int, int]
"""Rows and columns."""
Hidden = dict[str | int, HiddenRows]
"""By the name of an xlsx's member, or by the place of an ods's sheet."""


def read_parts(entries: Sequence[Entry]) -> list[Entry]:
    """Return those members of a workbook that are XML; a reader is to see no others.

    Pictures and macros hold no cells, and what isn't XML has no extent that could be known.

    Raises:
        NotAList: an ods with a password (kind "protected").
    """
    written = {entry.name: entry for entry in entries if _XML.match(entry.head(_HEAD))}
    stated = {entry.name: entry for entry in entries if entry.name == MIMETYPE}
    if _CONTENT not in written or _BOOK in written:
        return [entry for entry in written.values() if entry.name != _CONTENT]
    if _MANIFEST in written and _holds(written[_MANIFEST], b"encryption-data"):
        raise NotAList("protected")
    names = (_MANIFEST, _CONTENT)
    return [*stated.values(), *(written[name] for name in names if name in written)]


def extents(parts: Sequence[Entry], hidden: Hidden | None = None) -> Iterator[Extent]:
    """Yield the extent of each member that `read_parts` returned.

    Args:
        parts: The members.
        hidden: Is filled with the hidden rows of each sheet.

    Raises:
        HarmfulFile: announces ten million texts or styles.
        BrokenFile: malformed XML.
    """
    found = {} if hidden is None else hidden
    for entry in parts:
        if entry.name == _CONTENT:
            yield _counted(entry, _OdsCounter(found))
        elif entry.name != MIMETYPE:
            yield _of_sheet(entry, found.setdefault(entry.name, HiddenRows()))


def by_sheet(hidden: Hidden, names: Sequence[str]) -> dict[int, HiddenRows]:
    """Return the hidden rows by the place of their sheet; `names` are those of an xlsx's parts."""
    members = {key.lower(): rows for key, rows in hidden.items() if isinstance(key, str)}
    places = {place: members[name] for place, name in enumerate(names) if name in members}
    return places | {key: rows for key, rows in hidden.items() if isinstance(key, int)}


def of_zip(data: bytes) -> Iterator[Extent]:
    """Yield the extent of each member of an xlsx or ods that holds XML."""
    return extents(read_parts(archives.entries(data)))


def _holds(entry: Entry, word: bytes) -> bool:
    before = b""
    for piece in entry.pieces():
        if word in before + piece:
            return True
        before = piece[-len(word) :]
    return False


def _of_sheet(entry: Entry, hidden: HiddenRows) -> Extent:
    """The extent of an xlsx sheet. Any member may be one, whatever its name."""
    rows = columns = 0
    for text in _texts(entry):
        piece = pl.Series([text])
        if piece.str.contains(_COUNT)[0]:
            raise HarmfulFile("size")
        if _HIDDEN in text and not hidden.look(text):
            return _counted(entry, _Counter(hidden))
        if not piece.str.contains(_ODD)[0]:
            if _NEAR in text:
                rows, columns = max(rows, _NEAR_CORNER[0]), max(columns, _NEAR_CORNER[1])
            continue
        cells = int(piece.str.count_matches(_CELL)[0])
        placed = piece.str.extract_all(_PLACED).explode().drop_nulls()
        if placed.len() != cells:
            return _counted(entry, _Counter(hidden))
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


def _texts(entry: Entry) -> Iterator[str]:
    """Yield a member in pieces that end between tags.

    Raises HarmfulFile: a tag of more than `LONGEST_TAG`.
    """
    rest = b""
    for piece in entry.pieces():
        cut = piece.rfind(b"<")
        if cut >= 0:
            yield (rest + piece[:cut]).decode("latin-1")
            rest = piece[cut:]
        else:
            rest += piece
        if len(rest) > LONGEST_TAG:
            if rest.startswith(b"<") and b">" not in rest:
                raise HarmfulFile("size")
            yield rest.decode("latin-1")
            rest = rest[-_OVERLAP:]
    yield rest.decode("latin-1")


class _Counter:
    """Follows the cells of an xlsx sheet, some of which don't give their place."""

    def __init__(self, hidden: HiddenRows) -> None:
        self.rows = self.columns = self._row = self._column = 0
        self._hidden = hidden

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Count an opening tag."""
        kind, place = name.rpartition(":")[2], attributes.get("r", "")
        if kind == "row":
            self._row = int(place) if place.isdecimal() else self._row + 1
            self._column = 0
            if attributes.get(_HIDDEN) in {"1", "true"}:
                self._hidden.add(self._row - 1)
        elif kind == "c":
            letters = place.rstrip("0123456789")
            if place:
                self.rows = max(self.rows, int(place[len(letters) :] or 0))
            self._column = _column(letters) if letters else self._column + 1
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)


class _OdsCounter:
    """Follows the rows of an ods, where one tag may stand for a million rows or cells."""

    def __init__(self, hidden: Hidden) -> None:
        self.rows = self.columns = self._row = self._column = self._width = 0
        self._repeated = self._sheets = 0
        self._hidden = hidden

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Count an opening tag."""
        kind = name.rpartition(":")[2]
        if kind == "table-row":
            self._row_ends()
            self._repeated = _repeat(attributes, "number-rows-repeated")
            self._column = 0
            if any(key.endswith("visibility") and attributes[key] in _UNSEEN for key in attributes):
                self._hidden.setdefault(self._sheets - 1, HiddenRows()).add(
                    self._row, self._repeated
                )
        elif kind in {"table-cell", "covered-table-cell"}:
            self._column += _repeat(attributes, "number-columns-repeated")
            if any(key.endswith(("value-type", "formula")) for key in attributes):
                self._width = self._column
        elif kind == "p":
            self._width = self._column
        elif kind == "table":
            self._row_ends()
            self._row = 0
            self._sheets += 1
        if self._width:
            self.rows = max(self.rows, self._row + self._repeated)
            self.columns = max(self.columns, self._width)

    def _row_ends(self) -> None:
        self._row += self._repeated
        self._repeated = self._column = self._width = 0


def _repeat(attributes: dict[str, str], name: str) -> int:
    counts = []
    for key, value in attributes.items():
        if key.endswith(name):
            digits = value.strip().removeprefix("+").lstrip("0")
            if not digits.isdecimal():  # no reader takes it for a number, nor a negative one
                digits = "1"
            counts.append(int(digits) if len(digits) < len(str(MOST_REPEATED)) else MOST_REPEATED)
    return max(counts, default=1)


def _counted(entry: Entry, counter: _Counter | _OdsCounter) -> Extent:
    visit(entry, counter.start)
    return counter.rows, counter.columns
