"""Tables in HTML and in Excel's old XML, which many programs export as .xls."""

from html.parser import HTMLParser

import polars as pl

from sheets.files.documents import NotAList, TooLarge, pieces

LONGEST = 10_000_000
"""Characters; Python's parser reads about five million per second."""
MOST_COLUMNS = 2_000

_ROWS = {"tr", "row", "ss:row"}
_CELLS = {"td", "th", "cell", "ss:cell"}
_SILENT = {"script", "style", "title"}
_PIECE = 1 << 14
_LONGEST_TAG = 1 << 17  # the parser starts over with each piece until a tag is complete


def read(data: bytes) -> pl.DataFrame:
    """Read all tables of a page, one below the other.

    Returns:
        String columns c0, c1, …, null for an empty cell; one row per table row.

    Raises:
        NotAList: no table in it, or longer than `LONGEST` (kind "html").
        TooLarge: a row of more than `MOST_COLUMNS`.
        Undecodable: declares an encoding and breaks it.
    """
    found = _Rows()
    length = 0
    for text in pieces(data, ("html",)):
        length += len(text)
        if length > LONGEST:
            raise NotAList("html")
        for start in range(0, len(text), _PIECE):
            found.feed(text[start : start + _PIECE])
            if len(found.rawdata) > _LONGEST_TAG:
                raise NotAList("html")
    found.close()
    if not found.rows:
        raise NotAList("html")
    width = max(map(len, found.rows))
    if width > MOST_COLUMNS:
        raise TooLarge(rows=len(found.rows), columns=width)
    columns = {
        f"c{place}": [row[place] if place < len(row) else "" for row in found.rows]
        for place in range(width)
    }
    frame = pl.DataFrame(columns, dict.fromkeys(columns, pl.String))
    return frame.select(pl.when(pl.all() != "").then(pl.all()))


class _Rows(HTMLParser):
    """Collects the texts of cells. Closing tags may be missing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _ROWS:
            self._end_cell()
            self.rows.append([])
        elif tag in _CELLS and self.rows:
            self._end_cell()
            self._cell = []
            # Old XML omits blank cells and numbers the next one.
            index = dict(attrs).get("ss:index") or ""
            if index.isdecimal() and len(index) <= len(str(MOST_COLUMNS)):
                missing = min(int(index), MOST_COLUMNS) - 1 - len(self.rows[-1])
                self.rows[-1] += [""] * missing
        elif self._cell is not None and tag in {"br", "p", "div"}:
            self._cell.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _ROWS | _CELLS or tag in {"table", "ss:table"}:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_cell()

    def _end_cell(self) -> None:
        if self._cell is not None:
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None
