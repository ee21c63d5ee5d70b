"""From submitted parts to tables: lines of a text, sheets of a workbook, members of a zip."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import polars as pl

from sheets.base.table import Kind
from sheets.files import vcards, workbooks
from sheets.files.allowance import Allowance
from sheets.files.documents import ListError, NotAList, lines_of, split_lines, unpacking
from sheets.files.encodings import encoding_of
from sheets.files.kinds import kind_of
from sheets.files.markup import pages
from sheets.files.packed import archives

_LONGEST_LOOK = 1_000
"""Characters of a hidden cell in which a number is looked for."""

_NUMBER = r"(?:\p{Nd}[^\p{Nd}\pL]{0,3}){7}"
_WORKBOOKS: dict[str, Kind] = {"xlsx": "xlsx", "xls": "xls", "ods": "ods"}


@dataclass(frozen=True, slots=True)
class Source:
    """One table, before its columns are told apart.

    name: `source` of the `Table`; part, kind, encoding, bom: as there.
    cells: as in `Table`, except that a text is one column of lines even if it is a csv.
    has_header: the format says that the first row names the columns.
    is_chat: the lines of a text are messages, whatever they look like.
    hidden: indexes of rows that aren't shown and aren't meant (UInt32), or None.
    member, sheet: as in `Origin`.
    """

    name: str
    part: int
    kind: Kind
    cells: pl.DataFrame
    has_header: bool = False
    encoding: str = "utf-8"
    bom: bool = False
    is_chat: bool = False
    hidden: pl.Series | None = None
    member: int | None = None
    sheet: int | None = None

    def shown(self) -> "Source":
        """Return the table with hidden rows blank, in their place."""
        if self.hidden is None:
            return self
        place = pl.int_range(pl.len(), dtype=pl.UInt32)
        seen = pl.when(~place.is_in(self.hidden.implode())).then(pl.all())
        return replace(self, cells=self.cells.select(seen))

    def hidden_numbers(self) -> int:
        """Return how many hidden rows hold what could be a number."""
        if self.hidden is None:
            return 0
        start = pl.all().str.slice(0, _LONGEST_LOOK)
        rows = self.cells.select(start).gather(self.hidden)
        return int(rows.select(pl.any_horizontal(pl.all().str.contains(_NUMBER)).sum()).item())


def of_message(text: str, name: str, part: int) -> Source:
    """Return a message as a table. It is always text, however it begins."""
    text = text.encode("utf-8", "replace").decode().replace("\x00", "")
    lines = split_lines([text.replace("\r\n", "\n").replace("\r", "\n")])
    return Source(name, part, "message", _one_column(lines))


def of_document(
    data: bytes, name: str, part: int, left: Allowance, *, hidden: bool = False
) -> list[Source]:
    """Return the tables of a document.

    Args:
        data: Its bytes.
        name: `source` of its tables.
        part: Index of the part.
        left: What may still be read of this list.
        hidden: Hidden rows and sheets are meant, too.

    Raises:
        ListError: one of its children in `sheets.files.documents`.
        SpentError: more files or bytes than one list may have.
    """
    left.take_file()
    left.take_bytes(len(data))
    if kind_of(data) != "zip":
        return list(_of_file(data, name, part, left, hidden=hidden))
    found: list[Source] = []
    refused: ListError | None = None
    with unpacking():
        for place, (member, content) in enumerate(archives.members(data, left)):
            try:
                read = _of_file(content, f"{name} / {member}", part, left, hidden=hidden)
                found += [replace(each, member=place) for each in read]
            except NotAList as error:  # a picture among lists
                refused = refused or error
    if not found:
        raise refused or NotAList("zip")
    if len(found) == 1:
        return [replace(found[0], name=name)]
    return found


def _of_file(
    data: bytes, name: str, part: int, left: Allowance, *, hidden: bool
) -> Iterator[Source]:
    kind = kind_of(data)
    if kind in _WORKBOOKS:
        read = enumerate(workbooks.read(data, left))
        sheets = [(place, sheet) for place, sheet in read if sheet.cells.height]
        for place, sheet in sheets:
            title = f"{name} / {sheet.name}" if len(sheets) > 1 else name
            unseen = None if hidden or sheet.hidden.is_empty() else sheet.hidden
            book = _WORKBOOKS[kind]
            yield Source(title, part, book, sheet.cells, hidden=unseen, sheet=place)
    elif kind == "vcf":
        yield Source(name, part, "vcf", vcards.read(data, left), has_header=True)
    elif kind in {"html", "mht"}:  # people call it .xls
        page = pages.read(data if kind == "html" else pages.unarchived(data))
        shape: Kind = "xls" if page.is_table else "text"
        yield Source(name, part, shape, page.cells, has_header=page.has_header)
    else:
        lines = lines_of(data, left)
        if lines.len() > 1 and not lines[-1]:  # no line follows the last line end
            lines = lines.head(-1)
        encoding, mark = encoding_of(data)
        yield Source(name, part, "text", _one_column(lines), encoding=encoding, bom=mark > 0)


def _one_column(lines: pl.Series) -> pl.DataFrame:
    return lines.alias("c0").to_frame()
