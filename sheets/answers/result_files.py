"""Result files of the services, read into one table: the answer to each number.

The files differ by check and by day: a zip of tables and lists, a workbook, a csv. They are
untrusted, and what isn't understood is refused, never guessed.
"""

import polars as pl

from sheets.answers import answers, result_texts, result_workbooks
from sheets.answers.answers import Answers
from sheets.answers.meaning import Meaning
from sheets.answers.result_errors import (
    BrokenResultError,
    UnreadableResultError,
    UnsafeResultError,
)
from sheets.files.packed import archives
from sheets.files.packed.containers import OLE

MOST_WORKBOOKS = 8
"""Workbooks in one zip; each may unpack to the size of a whole archive."""

_GZIP = b"\x1f\x8b"


def read(data: bytes, meaning: Meaning) -> Answers:
    """Read a result file.

    Of several tables the one with most numbers is read; workbooks only where no text member is a
    table. Without any table, lists of bare numbers (`registered.txt`) are read if their name is a
    word that `meaning` knows; that word is their answer.

    Raises:
        UnsafeResultError, BrokenResultError, UnreadableResultError: see `ResultError`.
    """
    if not data:
        raise BrokenResultError("empty")
    try:
        if result_workbooks.is_workbook(data):
            found = result_workbooks.read(data, meaning)
        elif data.startswith(b"PK"):
            found = _archive(data, meaning)
        elif data.startswith(_GZIP):
            found = result_texts.read(archives.unpacked(data), meaning)
        else:
            found = result_texts.read(data, meaning)
    except archives.UnsafeArchiveError as error:
        raise UnsafeResultError(error.why) from None
    except archives.ForeignPackerError:
        raise UnreadableResultError("packer") from None
    except archives.BrokenArchiveError as error:
        raise BrokenResultError(str(error)) from None
    except archives.LockedArchiveError:
        raise UnreadableResultError("locked") from None
    if found is None:
        raise UnreadableResultError("columns")
    return found


def check(data: bytes) -> None:
    """Unpack all that is packed, and keep nothing. Raises UnsafeResultError."""
    if not data.startswith((b"PK", _GZIP)):
        return
    try:
        if data.startswith(_GZIP):
            archives.unpacked(data)
        elif result_workbooks.is_workbook(data):
            archives.check(data)
        else:
            for _, content in archives.members(data):
                if content.startswith(b"PK"):
                    archives.check(content)
    except archives.UnsafeArchiveError as error:
        raise UnsafeResultError(error.why) from None
    except (archives.BrokenArchiveError, archives.LockedArchiveError):
        return  # nobody can unpack it, so it harms nobody


def _archive(data: bytes, meaning: Meaning) -> Answers | None:
    best: Answers | None = None
    books: list[bytes] = []
    lists: list[tuple[str, pl.Series]] = []
    words = set(map(answers.fold, (*meaning.yes, *meaning.no, *meaning.unknown)))
    for name, content in archives.members(data):
        if content.startswith((b"PK", OLE)):
            books.append(content)
            if len(books) > MOST_WORKBOOKS:
                raise archives.UnsafeArchiveError("members")
            continue
        best = _better(best, result_texts.read(content, meaning))
        if best is None and _stem(name) in words:
            lists.append((_stem(name), result_texts.lines(content)))
    has_table = best is not None
    for book in books:
        try:
            # A workbook beside a text table says the same; it is forwarded, so check it.
            if has_table:
                result_workbooks.check(book)
            else:
                best = _better(best, result_workbooks.read(book, meaning))
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
