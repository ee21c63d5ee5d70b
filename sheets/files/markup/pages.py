"""Pages without a table: entries of Telegram's exports, and lines with numbers.

Saved web archives (mht) are unpacked here, too.
"""

import base64
import binascii
import quopri
import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sheets.files.documents import NotAList
from sheets.files.markup import html_tables
from sheets.files.markup.html_tables import table_of, text_of
from sheets.files.markup.html_tags import Tag, parts_of, plain

_BLOCKS = {
    *("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "form", "h1"),
    *("h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p"),
    *("pre", "section", "table", "tbody", "td", "th", "tr", "ul"),
}
_SILENT = {"script", "style", "title", "head"}
_CLASS = re.compile(r"""(?:^|\s)class\s*+=\s*+["']?([^"'>]{0,200})""", re.IGNORECASE)
_FEWEST_DIGITS = 7
_ROW = re.compile(r"<(?:ss:)?(?:tr|row)[\s>]", re.IGNORECASE)
_ENTRY = "entry"
_COLUMNS = {"name": "Name", "details_entry": "Details", "info": "Date"}
"""What Telegram's exports call the parts of an entry, and what we call their columns."""

_PAGE = re.compile(rb"content-type:\s*+text/html", re.IGNORECASE)
_BLANK = re.compile(rb"\r?\n\r?\n")
_PACKING = re.compile(rb"content-transfer-encoding:\s*+([\w\-]{1,20})", re.IGNORECASE)
_BOUNDARY = re.compile(rb"boundary=\"?([^\"\s;]{1,70})", re.IGNORECASE)
_LONGEST_HEAD = 4_000


@dataclass(frozen=True, slots=True)
class Page:
    """What was found in a page: a table, or lines (one column)."""

    cells: pl.DataFrame
    is_table: bool
    has_header: bool = False


def read(data: bytes) -> Page:
    """Read a page: its tables, else what Telegram exported, else the lines with numbers.

    Raises:
        NotAList: nothing of that in it, or longer than `LONGEST` (kind "html").
        TooLarge: more cells than a page may have.
        Undecodable: declares an encoding and breaks it.
    """
    page = text_of(data)
    # Each of these walks through the page, which takes seconds for the longest.
    tables = html_tables.read(page) if _ROW.search(page) else pl.DataFrame()
    digits = pl.all().str.count_matches(r"\p{Nd}") >= _FEWEST_DIGITS
    if tables.width and tables.select(pl.any_horizontal(digits.any())).item():
        return Page(tables, is_table=True)
    found = entries(page) if f'"{_ENTRY} ' in page or f'"{_ENTRY}"' in page else None
    if found is not None:
        return Page(found, is_table=True, has_header=True)
    texts = lines(page)
    if texts:
        return Page(pl.DataFrame({"c0": texts}), is_table=False)
    if not tables.width:
        raise NotAList("html")
    return Page(tables, is_table=True)


def unarchived(data: bytes) -> bytes:
    """Return the first page of a saved web archive (mht); the data itself if there is none."""
    found = _PAGE.search(data)
    end = _BLANK.search(data, found.end(), found.end() + _LONGEST_HEAD) if found else None
    if found is None or end is None:
        return data
    before = _BLANK.split(data[max(0, found.start() - _LONGEST_HEAD) : found.start()])[-1]
    packing = _PACKING.search(before + data[found.start() : end.end()])
    boundary = _BOUNDARY.search(data, 0, _LONGEST_HEAD)
    stop = data.find(b"\n--" + boundary[1], end.end()) if boundary else -1
    body = data[end.end() : stop if stop > 0 else len(data)]
    match packing[1].lower() if packing else b"":
        case b"quoted-printable":
            return quopri.decodestring(body)
        case b"base64":
            try:
                return base64.b64decode(body)
            except binascii.Error:
                return data
    return body


def entries(page: str) -> pl.DataFrame | None:
    """Return the entries of a page that Telegram exported, a header first; None without any."""
    found = _Entries()
    for part in parts_of(page):
        found.take(part)
    rows = found.rows
    names = [name for name in _COLUMNS.values() if any(name in row for row in rows)]
    if len(names) < 2:  # noqa: PLR2004 - a list of names alone has no numbers
        return None
    columns = {
        f"c{at}": [name, *(_tidy(row.get(name, [])) for row in rows)]
        for at, name in enumerate(names)
    }
    return table_of(columns)


class _Entries:
    """Collects the texts of what is called so in an entry, whatever stands around it."""

    def __init__(self) -> None:
        self.rows: list[dict[str, list[str]]] = []
        self._open: list[str] | None = None

    def take(self, part: Tag | str) -> None:
        """Take in a tag, or a text between two."""
        if isinstance(part, str):
            if self._open is not None:
                self._open.append(plain(part))
        elif part.name == "div":
            self._open = self._opened(part) if part.opens else None

    def _opened(self, tag: Tag) -> list[str] | None:
        found = _CLASS.search(tag.about)
        classes = found[1].split() if found else []
        if _ENTRY in classes:
            self.rows.append({})
        column = next((_COLUMNS[name] for name in classes if name in _COLUMNS), None)
        if column is None or not self.rows:
            return None
        texts = self.rows[-1].setdefault(column, [])
        texts.extend([" ; "] if texts else [])
        return texts


def lines(page: str) -> list[str]:
    """Return the lines of a page that have as many digits as a number."""
    found: list[str] = []
    line: list[str] = []
    silent = 0
    for part in parts_of(page):
        if isinstance(part, str):
            if not silent:
                line.append(plain(part))
        elif part.name in _SILENT:
            silent = max(0, silent + part.opens - part.closes)
        elif part.name in _BLOCKS:
            found.append(_tidy(line))
            line = []
    found.append(_tidy(line))
    return [text for text in found if sum(map(str.isdigit, text)) >= _FEWEST_DIGITS]


def _tidy(pieces: Sequence[str]) -> str:
    return " ".join("".join(pieces).split())
