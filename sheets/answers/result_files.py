"""The result files of the services, made into one table: which number got which answer.

The files differ by check and by day: a zip of tables and lists, a workbook, a csv. They come from
outside, so nothing in them is believed, and what isn't understood is refused, never guessed at.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Callable
from typing import TypeVar

import polars as pl

from sheets.answers import answers
from sheets.answers.answers import Answers
from sheets.answers.meaning import Meaning
from sheets.files import archives, documents, kinds, workbooks

__all__ = [
    "Answers",
    "BrokenResultError",
    "ResultError",
    "UnreadableResultError",
    "UnsafeResultError",
    "read",
]

Looked = TypeVar("Looked")

MOST_WORKBOOKS = 8
"""Workbooks in one zip; each may unpack to the size of a whole archive."""

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 1 << 16
_GZIP = b"\x1f\x8b"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_POLARS_GAVE_UP = (pl.exceptions.PolarsError, pl.exceptions.PanicException)


class ResultError(Exception):
    """A result file can't be read; `why` is for the log.

    ResultError
    ├── UnsafeResultError      made to do harm, or as good as: neither open it nor hand it on
    ├── BrokenResultError      cut short or damaged on its way: fetch it again
    └── UnreadableResultError  harmless, and not understood: hand it on as it is
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class UnsafeResultError(ResultError):
    """`why` is as in `archives.UnsafeArchiveError`, or "workbook"."""


class BrokenResultError(ResultError):
    """What arrived isn't what was sent."""


class UnreadableResultError(ResultError):
    """`why` is "columns" (none for the number, or none for the answer) or "locked"."""


def read(data: bytes, meaning: Meaning) -> Answers:
    """Read a result file.

    Of several tables the one with most numbers is taken; of workbooks only where no member in text
    is a table. Lists of bare
    numbers (`registered.txt`) count where there is no table, and only those whose name is a word
    that `meaning` knows; that word is their answer.

    Raises:
        UnsafeResultError, BrokenResultError, UnreadableResultError: see `ResultError`.
    """
    if not data:
        raise BrokenResultError("empty")
    try:
        if data.startswith(_OLD_WORKBOOK) or (data.startswith(b"PK") and _is_workbook(data)):
            found = _workbook(data, meaning)
        elif data.startswith(b"PK"):
            found = _archive(data, meaning)
        elif data.startswith(_GZIP):
            found = _text(archives.unpacked(data), meaning)
        else:
            found = _text(data, meaning)
    except archives.UnsafeArchiveError as error:
        raise UnsafeResultError(error.why) from None
    except archives.BrokenArchiveError as error:
        raise BrokenResultError(str(error)) from None
    except archives.LockedArchiveError:
        raise UnreadableResultError("locked") from None
    if found is None:
        raise UnreadableResultError("columns")
    return found


def _is_workbook(data: bytes) -> bool:
    """Ask the zip's own list of names: a zip of workbooks looks much like one from outside."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise archives.BrokenArchiveError(type(error).__name__) from None
    return "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= names


def _archive(data: bytes, meaning: Meaning) -> Answers | None:
    best: Answers | None = None
    books: list[bytes] = []
    lists: list[tuple[str, pl.Series]] = []
    words = {answers.fold(word) for word in (*meaning.yes, *meaning.no, *meaning.unknown)}
    for name, content in archives.members(data):
        if content.startswith((b"PK", _OLD_WORKBOOK)):
            books.append(content)
            if len(books) > MOST_WORKBOOKS:
                raise archives.UnsafeArchiveError("members")
            continue
        best = _better(best, _text(content, meaning))
        if best is None and _stem(name) in words:
            lists.append((_stem(name), _lines(content)))
    # A workbook beside a table in text says the same. It is passed on with it, so it is looked at.
    look = _workbook if best is None else _harmless
    for book in books:
        try:
            best = _better(best, look(book, meaning))
        except (archives.BrokenArchiveError, archives.LockedArchiveError):
            continue  # another member may hold the same
    return best or answers.from_lists(lists, meaning)


def _stem(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    return answers.fold(last.rpartition(".")[0])


def _better(one: Answers | None, other: Answers | None) -> Answers | None:
    if one is None or other is None:
        return one or other
    return other if other.frame.height > one.frame.height else one


def _harmless(data: bytes, _meaning: Meaning) -> None:
    """Refuse a workbook that would do harm, without reading it. Raises the archives' errors."""
    _checked(data, workbooks.check)


def _workbook(data: bytes, meaning: Meaning) -> Answers | None:
    best = None
    for sheet in _sheets(data):
        best = _better(best, answers.from_cells(sheet.cells, meaning))
    return best


def _sheets(data: bytes) -> list[workbooks.Sheet]:
    """All sheets; none if it is whole and still can't be read. Raises the archives' errors."""
    return _checked(data, workbooks.read) or []


def _checked(data: bytes, look: Callable[[bytes], Looked]) -> Looked | None:
    if _declares_entities(data):
        raise archives.UnsafeArchiveError("workbook")
    try:
        return look(data)
    except documents.HarmfulFile as error:
        raise archives.UnsafeArchiveError(error.why) from None
    except documents.TooLarge:
        raise archives.UnsafeArchiveError("workbook") from None
    except documents.BrokenFile:
        if data.startswith(b"PK"):
            archives.check(data)  # damaged on its way, or never any better?
        return None
    except documents.ListError:
        return None


def _declares_entities(data: bytes) -> bool:
    """Whether a part of a workbook begins with a document type; no program writes such a thing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist()[: archives.MOST_MEMBERS]:
                with archive.open(info) as part:
                    if b"<!DOCTYPE" in part.read(_SAMPLE):
                        return True
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError):
        return False  # whoever unpacks it in earnest will say what is wrong
    return False


def _text(data: bytes, meaning: Meaning) -> Answers | None:
    """A text with columns; None when it is none, or has not the columns that are needed."""
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


def _as_utf8(data: bytes) -> bytes | None:
    """The text as polars reads it; None if it is none. UTF-8 is not copied: it may be long."""
    if kinds.kind_of(data) != "text":
        return None
    start = data[:_SAMPLE]
    if kinds.encoding_of(data)[0] == "utf-8" and (b"\r" not in start or b"\n" in start):
        return data
    out = io.BytesIO()
    try:
        for piece in documents.pieces(data):
            out.write(piece.encode("utf-8", "replace"))
    except documents.ListError:
        return None
    return out.getvalue()


def _header_line(start: bytes, meaning: Meaning) -> tuple[int, str] | None:
    """The line that names the columns, and what stands between them."""
    lines = start.decode("utf-8", "replace").split("\n")[: answers.HEADER_WITHIN]
    for place, line in enumerate(lines):
        for delimiter in filter(line.__contains__, _DELIMITERS):
            try:
                titles = next(csv.reader([line], delimiter=delimiter), [])
            except csv.Error:
                continue
            if answers.columns(titles, meaning) is not None:
                return place, delimiter
    return None


def _lines(data: bytes) -> pl.Series:
    try:
        return documents.lines_of(data)
    except documents.ListError:
        return pl.Series(["not a text"])  # so that the list is seen to hold something else
