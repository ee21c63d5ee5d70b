"""The rows of a worksheet, looked through and written again with more cells, piece by piece."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from sheets.files.packed.zips import Entry
from sheets.output.kept import markup
from sheets.output.kept.strange import StrangeError

LONGEST_ROW = 4_000_000
"""Bytes."""

_PLACED = re.compile(rb'<c r="([A-Z]{1,3})[0-9]{1,7}"')
_FILLED = re.compile(rb'<c r="([A-Z]{1,3})[0-9]{1,7}"(?: [a-z]+="[^"]*")*+>(?!</c>)')
_CELLS = re.compile(rb"<c[\s/>]")


class Cells(Protocol):
    """The cells to add to rows, which count from 1; header: the row of the titles, 0 for none."""

    header: int

    def of(self, number: int) -> bytes:
        """Return those of a row, empty for none."""

    def titles(self, style: bytes) -> bytes:
        """Return those of the header; style: index of that of the own title beside them."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a worksheet holds. Columns count from 1, rows too.

    head, tail: the part before and after its rows. first, last: columns with anything in them.
    furthest: the last column with a cell, if only a blank one. bottom: the last row.
    has_formulas: a cell is computed.
    """

    prefix: bytes
    head: bytes
    tail: bytes
    first: int
    last: int
    furthest: int
    bottom: int
    has_formulas: bool


class Rows:
    """The rows of one worksheet. Raises StrangeError."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._head = self._tail = b""
        start = entry.head(1 << 16)
        prefix = self._prefix = markup.prefix_of(start, b"worksheet")
        name = re.escape(prefix)
        self._opened = markup.tag(prefix, b"row")
        self._close = b"</%brow>" % prefix
        self._formula = re.compile(rb"<%bf[\s/>]" % name)
        self._placed = re.compile(rb'(<%b(?:row|c)\s(?:[^<>]*?\s)?r=["\'][A-Z]*)([0-9]+)' % name)
        self._data = markup.tag(prefix, b"sheetData")
        self._cell = re.compile(
            rb"<%bc%b(?:/>|>(.*?)</%bc\s*>)" % (name, markup.ATTRIBUTES, name), re.DOTALL
        )

    def look(self) -> Found:
        """Look through all cells."""
        filled: set[int] = set()
        furthest = bottom = 0
        has_formulas = False
        for piece in self._pieces():
            has_formulas = has_formulas or self._formula.search(piece) is not None
            plain = not self._prefix and len(_CELLS.findall(piece)) == piece.count(b'<c r="')
            if plain:
                filled |= set(map(markup.column, set(_FILLED.findall(piece))))
                furthest = max(furthest, *map(markup.column, set(_PLACED.findall(piece))), 0)
            for row, end, number in self._rows(piece, bottom):
                if number <= bottom:
                    raise StrangeError("strange", "rows that aren't in order")
                bottom = number
                if not plain:
                    for place, cell in self._cells(piece[row.end() : end]):
                        furthest = max(furthest, place)
                        if (cell[2] or b"").strip():
                            filled.add(place)
        if not filled:
            raise StrangeError("strange", "a sheet without cells")
        first, last = min(filled), max(filled)
        furthest = max(furthest, last)
        edges = (self._head, self._tail, first, last, furthest, bottom)
        return Found(self._prefix, *edges, has_formulas)

    def written(self, cells: Cells, found: Found, columns: range) -> Iterator[bytes]:
        """Yield the rows with cells in these columns, which hold nothing but blank ones."""
        last = 0
        for piece in self._pieces():
            copied, made = 0, list[bytes]()
            for row, end, number in self._rows(piece, last):
                last, body = number, piece[row.end() : end]
                if number == cells.header:
                    added = cells.titles(self._style_before(body, columns.start))
                else:
                    added = cells.of(number)
                if not added:
                    continue
                made += (piece[copied : row.start()], self._wider(row, columns[-1]))
                if found.furthest < columns.start:
                    made += (body, added)
                else:
                    made.append(self._between(body, added, columns))
                made.append(self._close)
                copied = end if row[2] else end + len(self._close)
            yield b"".join([*made, piece[copied:]])

    def moved(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Move rows down by one; a piece holds whole tags."""
        for piece in pieces:
            yield self._placed.sub(lambda tag: tag[1] + b"%d" % (int(tag[2]) + 1), piece)

    def _pieces(self) -> Iterator[bytes]:
        """Yield the rows in pieces that end between them; head and tail are kept."""
        rest, begun, head = b"", False, b""
        tail: list[bytes] = []
        for piece in self._entry.pieces():
            if tail:
                tail.append(piece)
                continue
            rest += piece
            if not begun:
                data = self._data.search(rest)
                if data is None:
                    self._keep(len(rest), markup.MOST_BYTES)
                    continue
                if data[2]:
                    raise StrangeError("strange", "a sheet without rows")
                head, rest, begun = rest[: data.end()], rest[data.end() :], True
                markup.keep_plain(head)
            end = rest.find(b"</%bsheetData" % self._prefix)
            if end >= 0:
                tail.append(rest[end:])
                rest = rest[:end]
            cut = len(rest) if end >= 0 else rest.rfind(self._close) + len(self._close)
            if end >= 0 or cut >= len(self._close):
                markup.keep_plain(rest[:cut])
                yield rest[:cut]
                rest = rest[cut:]
            self._keep(len(rest), LONGEST_ROW)
        if not tail:
            raise StrangeError("strange", "a sheet without an end")
        self._head, self._tail = head, b"".join(tail)
        self._keep(len(self._tail), markup.MOST_BYTES)
        markup.keep_plain(self._tail)

    @staticmethod
    def _keep(size: int, most: int) -> None:
        if size > most:
            raise StrangeError("large", "a row or a part that is too large to be held")

    def _rows(self, piece: bytes, last: int) -> Iterator[tuple[re.Match[bytes], int, int]]:
        """Yield the opening tags of rows, where their content ends, and which ones they are."""
        at = 0
        while row := self._opened.search(piece, at):
            at = row.end() if row[2] else piece.find(self._close, row.end())
            if at < 0:
                raise StrangeError("strange", "a row without an end")
            stated = markup.attributes(row[1]).get(b"r", b"")
            if not stated:
                cell = self._cell.search(piece, row.end(), at)
                of_cell = markup.attributes(cell[1]).get(b"r", b"") if cell else b""
                stated = of_cell.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            if stated and not stated.isdigit():
                raise StrangeError("strange", "a row with another number")
            last = int(stated) if stated else last + 1
            yield row, at, last

    def _cells(self, body: bytes) -> Iterator[tuple[int, re.Match[bytes]]]:
        """Yield the column of each cell of a row, and the cell: attributes and content."""
        place = 0
        for cell in self._cell.finditer(body):
            stated = markup.attributes(cell[1]).get(b"r", b"").rstrip(b"0123456789")
            place = markup.column(stated) if stated else place + 1
            yield place, cell

    def _style_before(self, body: bytes, column: int) -> bytes:
        """Return the style of the last cell that holds anything before a column."""
        styles = [
            markup.attributes(cell[1]).get(b"s", b"")
            for place, cell in self._cells(body)
            if place < column and cell[2]
        ]
        return styles[-1] if styles else b""

    def _wider(self, row: re.Match[bytes], last: int) -> bytes:
        """Return the opening tag of a row that reaches as far as a column."""
        tag = b"<%brow%b>" % (self._prefix, row[1])
        first, _, end = markup.attributes(row[1]).get(b"spans", b"").partition(b":")
        if first.isdigit() and end.isdigit() and int(end) < last:
            tag = markup.with_attribute(tag, b"spans", b"%b:%d" % (first, last))
        return tag

    def _between(self, body: bytes, added: bytes, columns: range) -> bytes:
        """Put cells in the place of blank ones."""
        kept, copied, behind = [], 0, len(body)
        for place, cell in self._cells(body):
            if place < columns.start:
                continue
            if b"r" not in markup.attributes(cell[1]):
                raise StrangeError("strange", "a cell behind ours that doesn't say where it is")
            if place > columns[-1]:
                behind = cell.start()
                break
            if (cell[2] or b"").strip():
                raise StrangeError("strange", "a cell where none was seen")
            kept.append(body[copied : cell.start()])
            copied = cell.end()
        return b"".join([*kept, body[copied:behind], added, body[behind:]])
