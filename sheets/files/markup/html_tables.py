"""Tables in HTML and in Excel's old XML, which many programs export as .xls."""

import re

import polars as pl

from sheets.files.documents import NotAList, TooLarge, pieces
from sheets.files.markup.html_tags import Tag, parts_of, plain

LONGEST = 10_000_000
"""Characters of a page."""
MOST_COLUMNS = 2_000
MOST_CELLS = 5_000_000
"""Of all tables of a page, also those that are only skipped."""

_ROWS = {"tr", "row", "ss:row"}
_CELLS = {"td", "th", "cell", "ss:cell"}
_ENDS = _ROWS | _CELLS | {"table", "ss:table"}
_SILENT = {"script", "style", "title"}
_INDEX = re.compile(r"""(?:^|\s)ss:index\s*+=\s*+["']?([0-9]{1,6}+)["'\s/]?""", re.IGNORECASE)


def text_of(data: bytes) -> str:
    """Decode a page.

    Raises:
        NotAList: longer than `LONGEST` (kind "html").
        Undecodable: declares an encoding and breaks it.
    """
    texts: list[str] = []
    length = 0
    for text in pieces(data, ("html", "text", "xml")):
        length += len(text)
        if length > LONGEST:
            raise NotAList("html")
        texts.append(text)
    return "".join(texts)


def read(page: str) -> pl.DataFrame:
    """Read all tables of a page, one below the other.

    Returns:
        String columns c0, c1, …, null for an empty cell; one row per table row. Nothing of a page
        without a table.

    Raises:
        TooLarge: a row of more than `MOST_COLUMNS`, or more than `MOST_CELLS` in all.
    """
    found = _Rows()
    for part in parts_of(page):
        if isinstance(part, Tag):
            found.tag(part)
        else:
            found.text(part)
    found.end_cell()
    width = max(map(len, found.rows), default=0)
    _keep_extent(len(found.rows), width)
    columns = {
        f"c{place}": [row[place] if place < len(row) else "" for row in found.rows]
        for place in range(width)
    }
    return table_of(columns)


def table_of(columns: dict[str, list[str]]) -> pl.DataFrame:
    """Return a table of these texts, null for an empty one."""
    frame = pl.DataFrame(columns, dict.fromkeys(columns, pl.String))
    return frame.select(pl.when(pl.all() != "").then(pl.all()))


def _keep_extent(rows: int, columns: int) -> None:
    if columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise TooLarge(rows=rows, columns=columns)


class _Rows:
    """Collects the texts of cells. Closing tags may be missing."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._silent = 0
        self._widest = 0

    def tag(self, tag: Tag) -> None:
        """Take in a tag."""
        if tag.opens:
            if tag.name in _SILENT:
                self._silent += 1
            elif tag.name in _ROWS:
                self.end_cell()
                self.rows.append([])
            elif tag.name in _CELLS and self.rows:
                self.end_cell()
                # Old XML omits blank cells and numbers the next one.
                if (index := _INDEX.search(tag.about)) is not None:
                    _keep_extent(len(self.rows), int(index[1]))
                    self.rows[-1] += [""] * (int(index[1]) - 1 - len(self.rows[-1]))
                self._cell = []
                self._widest = max(self._widest, len(self.rows[-1]) + 1)
                _keep_extent(len(self.rows), self._widest)
            elif self._cell is not None and tag.name in {"br", "p", "div"}:
                self._cell.append(" ")
        if tag.closes and tag.name in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag.closes and tag.name in _ENDS:
            self.end_cell()

    def text(self, text: str) -> None:
        """Take in a text between two tags."""
        if self._cell is not None and not self._silent:
            self._cell.append(plain(text))

    def end_cell(self) -> None:
        """End the cell that is open, if any."""
        if self._cell is not None:
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None
