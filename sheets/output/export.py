"""Output files: tables in the kind of file they came in, split where they are too large."""

import codecs
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from sheets.answers.answers import Answers
from sheets.answers.meaning import Meaning
from sheets.base.formulas import disarmed
from sheets.base.table import Table
from sheets.files.encodings import BOMS, PIECE, decoded
from sheets.output import xlsx
from sheets.phones.e164 import as_e164

WORKBOOKS = frozenset({"xlsx", "xls", "ods"})

_AS_THEY_CAME = frozenset({"csv", "text"})
_ROOM = 1.03
"""Parts are planned a little smaller than allowed, as they don't compress equally well."""
_SLICE = 1 << 21
"""Bytes of cells written at a time."""
_ZIP64_FROM = 2_000_000_000


@dataclass(frozen=True, slots=True)
class File:
    """A file to send; name_suffix is the end of its name: ".csv", or "-2.xlsx"."""

    name_suffix: str
    data: bytes


def write(tables: Sequence[Table], most_bytes: int | None = None) -> list[File]:
    """Write the tables of one part as files of the kind they came in.

    Workbooks of any kind become one .xlsx with a sheet for each table. A csv or a text becomes a
    .csv with its own delimiter, encoding and byte order mark, or UTF-8 with a byte order mark if
    its encoding lacks a character. Everything else becomes a .csv with commas, UTF-8 with a byte
    order mark. Formulas in a csv are disarmed (`sheets.base.formulas`).

    Args:
        tables: In order, all with the same `part`.
        most_bytes: No file is larger, unless a single row is. Larger ones are split between rows,
            and each repeats the header.
    """
    return numbered(unnumbered(tables, most_bytes))


def unnumbered(tables: Sequence[Table], most_bytes: int | None = None) -> list[tuple[str, bytes]]:
    """Return the files of `write` as the ends of their names, all the same, and their content."""
    sheets = [table for table in tables if table.kind in WORKBOOKS]
    books = _books(sheets, most_bytes) if sheets else []
    texts = []
    for table in tables:
        if table.kind not in WORKBOOKS:
            texts += _parts(table, most_bytes, _table_csv)
    return [(".xlsx", data) for data in books] + [(".csv", data) for data in texts]


def split_result(answers: Answers, meaning: Meaning, most_bytes: int | None) -> list[File]:
    """Write a service's answers as zips with an all.csv each, none larger than allowed.

    Without a limit it is one.

    For result files too large to send. Each part opens by itself, and `result_files.read` reads
    it; other members of the service's zip are left out. Formulas are disarmed.
    """
    table = answers.frame.with_columns(as_e164(pl.col("number")).alias("number"))
    header = [[meaning.number_columns[0], *answers.headers]]
    cells = pl.concat([pl.DataFrame(header, schema=table.schema, orient="row"), table])
    whole = Table("all.csv", 0, "csv", cells, has_header=True)
    parts = _parts(whole, most_bytes, _zipped_csv)
    return numbered([(".zip", part) for part in parts])


def numbered(files: Sequence[tuple[str, bytes]]) -> list[File]:
    """Return files whose names differ."""
    if len(files) == 1:
        return [File(ending, data) for ending, data in files]
    return [File(f"-{place}{ending}", data) for place, (ending, data) in enumerate(files, 1)]


def _books(tables: Sequence[Table], most_bytes: int | None) -> list[bytes]:
    several = len(tables) > 1
    sheets = [
        replace(table, source=table.source.rpartition(" / ")[2] if several else "Sheet1")
        for table in tables
    ]
    whole = _book(*sheets)
    if most_bytes is None or len(whole) <= most_bytes:
        return [whole]
    return [part for sheet in sheets for part in _parts(sheet, most_bytes, _book)]


def _book(*sheets: Table) -> bytes:
    return xlsx.write([xlsx.Page(each.source, each.cells, each.has_header) for each in sheets])


def _parts(table: Table, most_bytes: int | None, written: Callable[[Table], bytes]) -> list[bytes]:
    data = written(table)
    cells = table.cells
    header = cells.head(1 if table.has_header else 0)
    height = cells.height - header.height
    if most_bytes is None or len(data) <= most_bytes or height < 2:  # noqa: PLR2004 - uncuttable
        return [data]
    count = min(height, max(2, int(len(data) * _ROOM / most_bytes) + 1))
    step = -(-height // count)
    return [
        part
        for start in range(header.height, cells.height, step)
        for part in _parts(
            replace(table, cells=pl.concat([header, cells.slice(start, step)])), most_bytes, written
        )
    ]


def _table_csv(table: Table) -> bytes:
    if table.kind not in _AS_THEY_CAME:
        return _csv(table.cells, ",", codecs.BOM_UTF8)
    delimiter = table.delimiter if len(table.delimiter.encode()) == 1 else ","
    mark = BOMS.get(table.encoding, b"") if table.bom else b""
    if table.encoding == "utf-8":
        return _csv(table.cells, delimiter, mark)
    out = io.BytesIO()
    out.write(mark)
    try:
        for text in decoded(_csv(table.cells, delimiter), "utf-8"):
            out.write(text.encode(table.encoding))
    except UnicodeEncodeError:
        return _csv(table.cells, delimiter, codecs.BOM_UTF8)
    return out.getvalue()


def _csv(cells: pl.DataFrame, delimiter: str, mark: bytes = b"") -> bytes:
    """Write a csv in UTF-8, after an optional byte order mark; an empty cell has no quotes."""
    texts = int(cells.select(pl.sum_horizontal(pl.all().str.len_bytes().sum())).item() or 0)
    size = (texts + cells.height * (cells.width + 1)) * 21 // 20  # about
    out = io.BytesIO(bytes(size))  # a buffer that grows is moved, which holds the GIL
    out.write(mark)
    # Some rows at a time: polars returns its output as one object, under the GIL.
    step = max(1, _SLICE * cells.height // max(1, int(cells.estimated_size())))
    for start in range(0, cells.height, step):
        cells.slice(start, step).select(
            pl.when(pl.col(name) != "").then(disarmed(pl.col(name))).alias(name)
            for name in cells.columns
        ).write_csv(out, include_header=False, separator=delimiter, line_terminator="\r\n")
    out.truncate()
    return out.getvalue()


def _zipped_csv(table: Table) -> bytes:
    """Return a zip with the table as a csv, the same bytes each time."""
    data = _csv(table.cells, ",", codecs.BOM_UTF8)
    info = zipfile.ZipInfo(table.source)
    info.compress_type = zipfile.ZIP_DEFLATED
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w") as archive,
        archive.open(info, "w", force_zip64=len(data) > _ZIP64_FROM) as member,
    ):
        for start in range(0, len(data), PIECE):
            member.write(data[start : start + PIECE])
    return out.getvalue()
