"""A person's workbook as it came, with the answers beside their rows.

Only the parts that have to know of the new cells are changed, and in these only what has to: cells,
styles and widths are added, filters and tables reach over them. Everything else, known to us or
not, is handed back byte by byte, which no library does that reads a workbook and writes it again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from sheets.base.table import Table
from sheets.files.documents import ListError
from sheets.output.joining import Column
from sheets.output.kept import markup, styles, surroundings, tables
from sheets.output.kept.cells import AddedCells
from sheets.output.kept.package import BOOK, Package
from sheets.output.kept.rows import Found, Rows
from sheets.output.kept.strange import StrangeError
from sheets.output.xlsx import MOST_ROWS

MOST_COLUMNS = 16_384
"""Of a sheet, in Excel."""

_SINCE_1904 = re.compile(rb"""\sdate1904\s*=\s*["'](?:1|true)["']""")
_NAME = re.compile(rb"<(?:[\w.\-]+:)?definedName[\s>]")
_WIDEST, _NARROWEST = 36.0, 11.0


@dataclass(frozen=True, slots=True)
class Answered:
    """A sheet of the workbook, and the columns to add to it.

    is_titled: without a header it gets one, where no row's place matters to anything.
    """

    table: Table
    columns: Sequence[Column]
    is_titled: bool = False


def kept(
    data: bytes, sheets: Sequence[Answered], most_bytes: int | None = None
) -> tuple[str, bytes]:
    """Return the end of a workbook's name, and the workbook with columns added to its sheets.

    Raises StrangeError: it can't be kept; it has to be written anew.
    """
    try:
        return _kept(data, sheets, most_bytes)
    except (
        ListError,
        ValueError,
        LookupError,
    ) as error:  # a damaged part, or a number that is none
        raise StrangeError("strange", type(error).__name__) from None


def _kept(data: bytes, sheets: Sequence[Answered], most_bytes: int | None) -> tuple[str, bytes]:
    package = Package(data)
    names = package.sheets()
    named = package.related(BOOK, "styles")
    formats: styles.Styles = {}
    if named:
        content, formats = styles.added(package.whole(named[0]))
        package.replace(named[0], [content])
    since_1904 = _SINCE_1904.search(package.whole(BOOK)) is not None
    for sheet in sheets:
        origin = sheet.table.origin
        assert origin is not None
        assert origin.sheet is not None
        cells = AddedCells(sheet.columns, origin.header, formats, since_1904=since_1904)
        is_titled = sheet.is_titled and len(names) == 1
        _extend(package, names[origin.sheet], origin.sheet, cells, is_titled=is_titled)
    whole = package.packed()
    if most_bytes is not None and len(whole) > most_bytes:
        raise StrangeError("large", "more than can be sent")
    return package.ending(), whole


def _extend(package: Package, name: str, place: int, cells: AddedCells, *, is_titled: bool) -> None:
    rows = Rows(package.part(name))
    found = rows.look()
    first = _free_column(package, name, found, cells)
    last = first + len(cells.columns) - 1
    if last > MOST_COLUMNS:
        raise StrangeError("large", "no room at the right")
    cells.settle(first, found.prefix)
    widths = {
        first + at: min(max(len(column.title) + 3.0, _NARROWEST), _WIDEST)
        for at, column in enumerate(cells.columns)
    }
    header, written = cells.header, rows.written(cells, found, range(first, last + 1))
    book = package.whole(BOOK)
    is_alone = surroundings.is_plain(found) and _NAME.search(book) is None
    if is_titled and not header and is_alone and found.bottom < MOST_ROWS:
        row = b'<%brow r="0">%b</%brow>' % (found.prefix, cells.titles(b""), found.prefix)
        header, written = 1, rows.moved(chain([row], written))
        found = replace(found, bottom=found.bottom + 1)
    head = surroundings.head_with(found, widths)
    tail = surroundings.tail_with(found, header, last)
    package.replace(name, chain([head], written, [tail]))
    if not cells.is_complete():
        raise StrangeError("strange", "rows that aren't there")
    titles = {first + at: column.title for at, column in enumerate(cells.columns)}
    for each in package.related(name, "table"):
        changed = tables.extended(package.whole(each), header, titles)
        if changed is not None:
            package.replace(each, [changed])
    followed = surroundings.named_filter(book, place, header, last)
    if followed != book:
        package.replace(BOOK, [followed])


def _free_column(package: Package, name: str, found: Found, cells: AddedCells) -> int:
    """Return the first column right of everything that stands beside the rows."""
    top = cells.header or 1
    right = found.last
    right = max(
        [right, *(area[2] for area in surroundings.areas(found, b"mergeCell") if area[3] >= top)]
    )
    for each in package.related(name, "table"):
        opened = markup.tag(markup.prefix_of(package.whole(each), b"table"), b"table")
        tag = opened.search(package.whole(each))
        area = markup.area(markup.attributes(tag[1]).get(b"ref", b"")) if tag else None
        if area is not None and area[3] >= top:
            right = max(right, area[2])
    return max(right, tables.drawn_until(package, name, right + 1, top)) + 1
