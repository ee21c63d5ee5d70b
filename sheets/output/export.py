"""Files out: somebody's table in the kind of file it came in, cut into parts where it must be."""

import codecs
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from sheets.answers.answers import Answers
from sheets.answers.meaning import Meaning
from sheets.base.formulas import disarmed
from sheets.base.table import Table
from sheets.files.documents import PIECE
from sheets.output import xlsx
from sheets.phones.e164 import as_e164

WORKBOOKS = frozenset({"xlsx", "xls", "ods"})

_AS_THEY_CAME = frozenset({"csv", "text"})
_BOMS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
_ROOM = 1.03
"""Parts are planned a little smaller than allowed, since they don't pack equally well."""
_SLICE = 1 << 21
"""Bytes of cells that are written at a time."""
_ZIP64_FROM = 2_000_000_000


@dataclass(frozen=True, slots=True)
class File:
    """A file to send; name_suffix goes behind the name it is given: ".csv", or "-2.xlsx"."""

    name_suffix: str
    data: bytes


def write(tables: Sequence[Table], most_bytes: int | None = None) -> list[File]:
    """Write the tables of one part as files of the kind they came in.

    Workbooks of any kind become one .xlsx with a sheet for each table. A csv or a text becomes a
    .csv with its own delimiter, encoding and byte order mark, or UTF-8 with a byte order mark if
    its encoding lacks a character that is now in it. Everything else becomes a .csv with commas,
    UTF-8 with a byte order mark. In a csv, what a spreadsheet would run is disarmed
    (`sheets.base.formulas`).

    Args:
        tables: In their order, all with the same `part`.
        most_bytes: No file is larger, unless a single row is. What would be is cut between rows,
            and each part has the header again.
    """
    sheets = [table for table in tables if table.kind in WORKBOOKS]
    books = _books(sheets, most_bytes) if sheets else []
    texts = []
    for table in tables:
        if table.kind not in WORKBOOKS:
            texts += _parts(table.cells, table.has_header, most_bytes, _csv_writer(table))
    return _numbered([(".xlsx", data) for data in books] + [(".csv", data) for data in texts])


def group_txt(numbers: pl.Series) -> bytes:
    """Write numbers (E.164 with their +) one a line, as they can be handed in again."""
    out = io.BytesIO()
    for rows in _slices(numbers.to_frame()):
        rows.write_csv(out, include_header=False, quote_style="never")
    return out.getvalue()


def split_txt(data: bytes, most_bytes: int) -> list[File]:
    """Cut lines into files, none larger than allowed unless a single line is."""
    parts = []
    start = 0
    while len(data) - start > most_bytes:
        end = data.rfind(b"\n", start, start + most_bytes) + 1 or data.find(b"\n", start) + 1
        end = end or len(data)
        parts.append(data[start:end])
        start = end
    if start < len(data) or not parts:
        parts.append(data[start:])
    return _numbered([(".txt", part) for part in parts])


def split_result(answers: Answers, meaning: Meaning, most_bytes: int) -> list[File]:
    """Write a service's answers as zips with an all.csv each, none larger than allowed.

    For result files that are too large to be sent. Each part can be opened by itself, and read
    by `results.read`; other members of the service's zip are left out. Formulas in strangers'
    texts are disarmed.
    """
    table = answers.frame.with_columns(as_e164(pl.col("number")).alias("number"))
    header = [[meaning.number_columns[0], *answers.headers]]
    cells = pl.concat([pl.DataFrame(header, schema=table.schema, orient="row"), table])
    parts = _parts(cells, True, most_bytes, _zipped_csv)  # noqa: FBT003 - has_header
    return _numbered([(".zip", part) for part in parts])


def _numbered(files: Sequence[tuple[str, bytes]]) -> list[File]:
    if len(files) == 1:
        return [File(ending, data) for ending, data in files]
    return [File(f"-{place}{ending}", data) for place, (ending, data) in enumerate(files, 1)]


def _books(tables: Sequence[Table], most_bytes: int | None) -> list[bytes]:
    several = len(tables) > 1
    pages = [
        xlsx.Page(
            table.source.rpartition(" / ")[2] if several else "Sheet1",
            table.cells,
            table.has_header,
        )
        for table in tables
    ]
    whole = xlsx.write(pages)
    if most_bytes is None or len(whole) <= most_bytes:
        return [whole]
    return [
        part
        for page in pages
        for part in _parts(page.cells, page.has_header, most_bytes, _book_writer(page))
    ]


def _book_writer(page: xlsx.Page) -> Callable[[pl.DataFrame], bytes]:
    return lambda cells: xlsx.write([xlsx.Page(page.name, cells, page.has_header)])


def _parts(
    cells: pl.DataFrame,
    has_header: bool,  # noqa: FBT001 - as in Table
    most_bytes: int | None,
    written: Callable[[pl.DataFrame], bytes],
) -> list[bytes]:
    data = written(cells)
    header = cells.head(1 if has_header else 0)
    height = cells.height - header.height
    if most_bytes is None or len(data) <= most_bytes or height < 2:  # noqa: PLR2004 - uncuttable
        return [data]
    count = min(height, max(2, int(len(data) * _ROOM / most_bytes) + 1))
    step = -(-height // count)
    return [
        part
        for start in range(header.height, cells.height, step)
        for part in _parts(
            pl.concat([header, cells.slice(start, step)]), has_header, most_bytes, written
        )
    ]


def _csv_writer(table: Table) -> Callable[[pl.DataFrame], bytes]:
    if table.kind not in _AS_THEY_CAME:
        return lambda cells: _csv(cells, ",", codecs.BOM_UTF8)
    delimiter = table.delimiter if len(table.delimiter.encode()) == 1 else ","
    mark = _BOMS.get(table.encoding, b"") if table.bom else b""
    if table.encoding == "utf-8":
        return lambda cells: _csv(cells, delimiter, mark)
    return lambda cells: _encoded(cells, delimiter, mark, table.encoding)


def _csv(cells: pl.DataFrame, delimiter: str, mark: bytes = b"") -> bytes:
    """UTF-8, with a byte order mark if one is given; an empty cell has no quotes."""
    out = io.BytesIO(bytes(_room(cells)))
    out.write(mark)
    for rows in _slices(cells):
        rows.select(
            pl.when(pl.col(name) != "").then(disarmed(pl.col(name))).alias(name)
            for name in cells.columns
        ).write_csv(out, include_header=False, separator=delimiter, line_terminator="\r\n")
    out.truncate()
    return out.getvalue()


def _room(cells: pl.DataFrame) -> int:
    """Bytes that a csv takes, about. A buffer that grows is moved, which holds the lock."""
    texts = int(cells.select(pl.sum_horizontal(pl.all().str.len_bytes().sum())).item() or 0)
    return (texts + cells.height * (cells.width + 1)) * 21 // 20


def _slices(cells: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Some rows at a time: polars hands over all it has written as one object, under the lock."""
    step = max(1, _SLICE * cells.height // max(1, int(cells.estimated_size())))
    for start in range(0, cells.height, step):
        yield cells.slice(start, step)


def _encoded(cells: pl.DataFrame, delimiter: str, mark: bytes, encoding: str) -> bytes:
    """Another encoding, a piece at a time; UTF-8 with its mark where a character is missing."""
    data = _csv(cells, delimiter)
    decoder = codecs.getincrementaldecoder("utf-8")()
    out = io.BytesIO()
    out.write(mark)
    try:
        for start in range(0, len(data), PIECE):
            text = decoder.decode(data[start : start + PIECE], final=start + PIECE >= len(data))
            out.write(text.encode(encoding))
    except UnicodeEncodeError:
        return _csv(cells, delimiter, codecs.BOM_UTF8)
    return out.getvalue()


def _zipped_csv(cells: pl.DataFrame) -> bytes:
    """A zip with an all.csv, the same bytes each time."""
    data = _csv(cells, ",", codecs.BOM_UTF8)
    info = zipfile.ZipInfo("all.csv")
    info.compress_type = zipfile.ZIP_DEFLATED
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w") as archive,
        archive.open(info, "w", force_zip64=len(data) > _ZIP64_FROM) as member,
    ):
        for start in range(0, len(data), PIECE):
            member.write(data[start : start + PIECE])
    return out.getvalue()
