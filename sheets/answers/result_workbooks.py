"""Result files that are workbooks. All functions raise the errors of `archives`."""

from collections.abc import Callable
from typing import TypeVar

from sheets.answers import answers
from sheets.answers.answers import Answers
from sheets.answers.meaning import Meaning
from sheets.files import documents, workbooks
from sheets.files.packed import archives
from sheets.files.packed.containers import OLE

Looked = TypeVar("Looked")

_SAMPLE = 1 << 16


def is_workbook(data: bytes) -> bool:
    """True for a workbook, by its members: from outside, a zip of workbooks looks the same."""
    if data.startswith(OLE):
        return True
    if not data.startswith(b"PK"):
        return False
    names = {entry.name for entry in archives.entries(data)}
    return "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= names


def read(data: bytes, meaning: Meaning) -> Answers | None:
    """Read the sheet with most numbers; None if there is none, or the workbook can't be read."""
    sheets = _checked(data, workbooks.read) or []
    tables = (answers.from_cells(sheet.cells, meaning) for sheet in sheets)
    return max(filter(None, tables), key=lambda table: table.frame.height, default=None)


def check(data: bytes) -> None:
    """Refuse a harmful workbook without reading it."""
    _checked(data, workbooks.check)


def _checked(data: bytes, look: Callable[[bytes], Looked]) -> Looked | None:
    # No program begins a member with a document type, which could declare entities.
    members = () if data.startswith(OLE) else archives.entries(data)
    if any(b"<!DOCTYPE" in entry.head(_SAMPLE) for entry in members):
        raise archives.UnsafeArchiveError("workbook")
    try:
        return look(data)
    except documents.HarmfulFile as error:
        raise archives.UnsafeArchiveError(error.why) from None
    except documents.TooLarge:
        raise archives.UnsafeArchiveError("workbook") from None
    except documents.BrokenFile:
        if data.startswith(b"PK"):
            archives.check(data)  # raises if it was damaged in transit, not if it never worked
        return None
    except documents.ListError:
        return None
