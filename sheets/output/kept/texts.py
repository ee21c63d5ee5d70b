"""A person's csv as it came, with the answers behind its rows.

Not a byte of theirs is changed, unless its encoding lacks a letter of the answers. So their own
cells aren't disarmed, either: they were in the file before. Ours are.
"""

import codecs
import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain

import polars as pl

from sheets.base.formulas import disarmed
from sheets.base.table import Table
from sheets.files.encodings import BOMS
from sheets.output.joining import Column
from sheets.output.kept.strange import StrangeError

_BLOCK = 20_000
"""Rows whose cells are written at a time."""
_END = re.compile(rb"\r\n|\r|\n")
_WIDE = ("utf-16", "utf-32")
_MOSTLY = 0.9


def kept(
    data: bytes,
    table: Table,
    columns: Sequence[Column],
    *,
    is_titled: bool,
    most_bytes: int | None = None,
) -> bytes:
    """Return a csv with more cells at the end of its rows.

    is_titled: A table without a header gets one.
    Raises StrangeError: it can't be kept; it has to be written anew.
    """
    encoding = table.encoding
    if encoding == "utf-8" and data.isascii():  # nothing says so to the programs that open it
        encoding = "ascii"
    if encoding.startswith(_WIDE):  # line ends are found in bytes
        whole = _kept(_as(data, encoding, "utf-8"), table, columns, "utf-8", is_titled=is_titled)
        whole = _as(whole, "utf-8", encoding)
    else:
        try:
            whole = _kept(data, table, columns, encoding, is_titled=is_titled)
        except UnicodeEncodeError:
            mark = len(BOMS.get(encoding, b"")) if table.bom else 0
            data = codecs.BOM_UTF8 + _as(data[mark:], encoding, "utf-8")
            whole = _kept(data, table, columns, "utf-8", is_titled=is_titled)
    if most_bytes is not None and len(whole) > most_bytes:
        raise StrangeError("large", "more than can be sent")
    return whole


def _as(data: bytes, encoding: str, other: str) -> bytes:
    try:
        return data.decode(encoding).encode(other)
    except UnicodeError:
        raise StrangeError("strange", "an encoding that is broken") from None


def _kept(
    data: bytes, table: Table, columns: Sequence[Column], encoding: str, *, is_titled: bool
) -> bytes:
    above, added = _added(table, columns)
    if not is_titled:
        above = ""
    out, copied = io.BytesIO(), 0
    at = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    for lines, text in added:
        end, begin = len(data), at
        for _ in range(lines):
            found = _END.search(data, at)
            end, at = found.span() if found else (len(data), len(data))
        if text and above:
            out.write(data[copied:begin] + above.encode(encoding) + (data[end:at] or b"\r\n"))
            copied, above = begin, ""
        if text:
            out.write(data[copied:end])
            out.write(text.encode(encoding))
            copied = end
    if data[at:].strip(b"\r\n \t\x00\x1a"):
        raise StrangeError("strange", "lines that weren't read")
    out.write(data[copied:])
    return out.getvalue()


def _added(table: Table, columns: Sequence[Column]) -> tuple[str, Iterator[tuple[int, str | None]]]:
    """Return a header for a table without one, and for each row its lines and what is added."""
    assert table.origin is not None
    assert table.origin.rows is not None
    rows, header = table.origin.rows, table.origin.header
    written = rows.filter(~pl.col("blank"))
    width = int(written["cells"].max() or 1)  # type: ignore[arg-type] # of a column of integers
    is_quoted = bool((written["quoted"].mean() or 0) > _MOSTLY)  # type: ignore[operator] # the same
    titles = [pl.Series([column.title]) for column in columns]
    title = str(_cells(titles, table, is_quoted=is_quoted).item())
    first = -1 if header is None else header
    missing = pl.lit(table.delimiter * width).str.slice(0, width - pl.col("cells").cast(pl.Int64))

    def some_rows(start: int) -> pl.DataFrame:
        some = rows.slice(start, _BLOCK)
        texts = [column.cells.slice(start, _BLOCK).fill_null("") for column in columns]
        place = pl.int_range(start, start + some.height)
        text = pl.when(place == first).then(pl.lit(title)).otherwise("text")
        whole = pl.when(~pl.col("blank") & (place >= first)).then(pl.concat_str(missing, text))
        answers = some.with_columns(text=_cells(texts, table, is_quoted=is_quoted))
        return answers.select("lines", text=whole)

    blocks = map(some_rows, range(0, rows.height, _BLOCK))
    above = table.delimiter * (width - 1) + title if header is None else ""
    return above, chain.from_iterable(block.iter_rows() for block in blocks)


def _cells(texts: Sequence[pl.Series], table: Table, *, is_quoted: bool) -> pl.Series:
    """Return cells of some rows as they are written, each behind a delimiter."""
    written = []
    for each in texts:
        cell = disarmed(pl.lit(each))
        inner = cell.str.replace_all('"', '""', literal=True)
        special = cell.str.contains(rf'["\r\n{re.escape(table.delimiter)}]')
        needed = pl.lit(value=True) if is_quoted else special
        quoted = pl.concat_str(pl.lit('"'), inner, pl.lit('"'))
        written += [pl.lit(table.delimiter), pl.when(needed).then(quoted).otherwise(cell)]
    return pl.select(pl.concat_str(written)).to_series()
