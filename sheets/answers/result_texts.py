"""Result files in text: a csv with a header, or a bare list."""

import csv
import io

import polars as pl

from sheets.answers import answers
from sheets.answers.answers import Answers
from sheets.answers.meaning import Meaning
from sheets.files import documents, encodings, kinds

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 1 << 16
_POLARS_GAVE_UP = (pl.exceptions.PolarsError, pl.exceptions.PanicException)


def read(data: bytes, meaning: Meaning) -> Answers | None:
    """Read a csv; None if it is none, or lacks the columns that `meaning` names."""
    text = _as_utf8(data)
    place = None if text is None else _header_line(text[:_SAMPLE], meaning)
    if text is None or place is None:
        return None
    line, delimiter = place
    try:
        cells = pl.read_csv(
            text,
            has_header=False,
            infer_schema=False,
            separator=delimiter,
            skip_lines=line,
            encoding="utf8-lossy",
        )
    except _POLARS_GAVE_UP:
        return None  # a cell too many, a quote too few: which cell is the answer can't be known
    return answers.from_cells(cells, meaning)


def lines(data: bytes) -> pl.Series:
    """Return the lines of a list; of anything else one line that is no number."""
    try:
        return documents.lines_of(data)
    except documents.ListError:
        return pl.Series(["not a text"])  # so that the list is refused


def _as_utf8(data: bytes) -> bytes | None:
    """Return the text for polars; None if it is none. UTF-8 is not copied: it may be long."""
    if kinds.kind_of(data) != "text":
        return None
    start = data[:_SAMPLE]
    if encodings.encoding_of(data)[0] == "utf-8" and (b"\r" not in start or b"\n" in start):
        return data
    out = io.BytesIO()
    try:
        for piece in documents.pieces(data):
            out.write(piece.encode("utf-8", "replace"))
    except documents.ListError:
        return None
    return out.getvalue()


def _header_line(start: bytes, meaning: Meaning) -> tuple[int, str] | None:
    """Return the index of the line that names the columns, and its delimiter."""
    first = start.decode("utf-8", "replace").split("\n")[: answers.HEADER_WITHIN]
    for place, line in enumerate(first):
        for delimiter in filter(line.__contains__, _DELIMITERS):
            try:
                titles = next(csv.reader([line], delimiter=delimiter), [])
            except csv.Error:
                continue
            if answers.columns(titles, meaning) is not None:
                return place, delimiter
    return None
