"""Write workbooks with every cell a text, so that nothing is run, rounded or reformatted.

xlsxwriter makes an empty workbook, and its sheets are filled here with rows that polars writes.
A million rows through `write_string` would hold the GIL for half a minute, and xlsxwriter's
memory-saving mode leaves people's numbers in temporary files.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl
import xlsxwriter  # type: ignore[import-untyped] # it has no type information
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped] # the same

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
"""In a cell, in UTF-16 units, as Excel counts."""
LONGEST_NAME = 31

_BLOCK = 1 << 20
"""Bytes of rows written at a time, which bounds how long the GIL is held."""
_ZIP64_FROM = 1_500_000_000
_PACKED = 12
"""Bytes of rows per compressed byte."""
_LEVEL = 1  # output a third larger than level 6, in a third of the time
_SPECIAL = r"[&<>\x00-\x08\x0B-\x1F\x{FFFE}\x{FFFF}]|_x"
_CONTROL = [*range(9), *range(11, 32)]
_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "\ufffe": "\ufffd",
    "\uffff": "\ufffd",
    **{chr(code): f"_x{code:04X}_" for code in _CONTROL},
}
_NOT_IN_NAMES = str.maketrans(
    dict.fromkeys("[]:*?/\\", "_") | dict.fromkeys(map(chr, range(32)), " ")
)


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: String columns, null or "" for an empty cell; the first row may be a header."""

    name: str
    cells: pl.DataFrame
    has_header: bool = False


def write(pages: Sequence[Page]) -> bytes:
    """Write a workbook.

    Names are made valid and distinct. Rows beyond a sheet's limit continue on the next sheet, below
    the same header; texts beyond a cell's limit are truncated.
    """
    pages = [piece for page in pages for piece in _continued(page)]
    blank = io.BytesIO()
    with xlsxwriter.Workbook(blank, {"in_memory": True}) as workbook:
        for name in _names([page.name for page in pages]):
            workbook.add_worksheet(name)
    empty = zipfile.ZipFile(blank)
    sheets = {f"xl/worksheets/sheet{place}.xml": page for place, page in enumerate(pages, 1)}
    # Of about the final size: a buffer that grows is moved, which holds the GIL.
    out = io.BytesIO(bytes(sum(_size(page.cells) for page in pages) // _PACKED))
    with empty, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for info in empty.infolist():
            page = sheets.get(info.filename)
            if page is None:
                archive.writestr(info, empty.read(info), zipfile.ZIP_DEFLATED)
            else:
                _fill(archive, info.filename, empty.read(info), page.cells)
    out.truncate()
    return out.getvalue()


def _size(cells: pl.DataFrame) -> int:
    """Estimate the bytes of a sheet's rows."""
    return int(cells.estimated_size()) + 70 * cells.height * cells.width


def _continued(page: Page) -> Iterator[Page]:
    if page.cells.height <= MOST_ROWS:
        yield page
        return
    header = page.cells.head(1 if page.has_header else 0)
    step = MOST_ROWS - header.height
    for start in range(header.height, page.cells.height, step):
        yield Page(page.name, pl.concat([header, page.cells.slice(start, step)]), page.has_header)


def _names(wanted: Sequence[str]) -> list[str]:
    """Return names that Excel allows: short, without some signs, and distinct."""
    names: list[str] = []
    for name in wanted:
        clean = name.translate(_NOT_IN_NAMES).strip().strip("'").strip() or "Sheet"
        clean = "History_" if clean.casefold() == "history" else clean
        clean = _cut_name(clean, LONGEST_NAME)
        base, again = clean, 2
        while clean.casefold() in {taken.casefold() for taken in names}:
            behind = f" ({again})"
            clean, again = _cut_name(base, LONGEST_NAME - len(behind)) + behind, again + 1
        names.append(clean)
    return names


def _cut_name(name: str, most: int) -> str:
    while len(name.encode("utf-16-le", "replace")) > 2 * most:
        name = name[:-1]
    return name.rstrip(" '")


def _fill(archive: zipfile.ZipFile, name: str, empty: bytes, cells: pl.DataFrame) -> None:
    head, _, tail = empty.partition(b"<sheetData/>")
    if not cells.is_empty():
        corner = f"A1:{xl_col_to_name(cells.width - 1)}{cells.height}"
        head = head.replace(b'ref="A1"', f'ref="{corner}"'.encode())
    size = _size(cells)
    with archive.open(name, "w", force_zip64=size > _ZIP64_FROM) as member:
        member.write(head + b"<sheetData>")
        step = max(1, _BLOCK * cells.height // max(1, size))
        for start in range(0, cells.height, step):
            member.write(_rows(cells.slice(start, step), start + 1))
        member.write(b"</sheetData>" + tail)


def _rows(cells: pl.DataFrame, first: int) -> bytes:
    """Return rows of a sheet as XML; `first` is the number of the first one."""
    row = pl.int_range(first, first + cells.height).cast(pl.String)
    written = []
    for place, column in enumerate(cells.get_columns()):
        cell = pl.lit(escaped(column))
        blanks = cell.str.contains(r"^\s|\s$")  # Excel drops these unless told to keep them
        opened = pl.when(blanks).then(pl.lit('<t xml:space="preserve">')).otherwise(pl.lit("<t>"))
        whole = pl.concat_str(
            pl.lit(f'<c r="{xl_col_to_name(place)}'),
            row,
            pl.lit('" t="inlineStr"><is>'),
            opened,
            cell,
            pl.lit("</t></is></c>"),
        )
        written.append(pl.when(cell != "").then(whole).otherwise(pl.lit("")))
    line = pl.concat_str(pl.lit('<row r="'), row, pl.lit('">'), *written, pl.lit("</row>"))
    return str(pl.select(line.str.join()).item()).encode()


def escaped(texts: pl.Series) -> pl.Series:
    """Truncate long texts, and escape what XML can't hold as Excel does: _x000D_."""
    if bool((texts.str.len_bytes() > MOST_CHARACTERS).any()):
        wide = texts.str.contains(r"[\x{10000}-\x{10FFFF}]")  # counts as two
        most = pl.when(wide).then(MOST_CHARACTERS // 2).otherwise(MOST_CHARACTERS)
        texts = pl.select(pl.lit(texts).str.slice(0, most)).to_series()
    if not bool(texts.str.contains(_SPECIAL).any()):
        return texts
    # A text that looks like such an escape has to stay a text.
    marked = texts.str.replace_all("_x([0-9A-Fa-f]{4})", "_x005F_x${1}")
    return marked.str.replace_many(list(_ESCAPES), list(_ESCAPES.values()))
