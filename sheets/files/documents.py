"""From the bytes of a document to its lines, and the errors that refuse a list.

The kind of a file is detected from its content (`kinds.kind_of`), never from its name: people
rename files, and phones invent names. This module decodes text (one number a line, or csv); each
other format has a module of its own in this folder.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import polars as pl

from sheets.files.allowance import MOST_LINES, Allowance, SpentError
from sheets.files.encodings import decoded, encoding_of
from sheets.files.kinds import kind_of
from sheets.files.packed import archives


class ListError(Exception):
    """A list can't be used; the person can fix it.

    ListError
    ├── EmptyFile        nothing but blank lines
    ├── NotAList         another kind of file: a picture, a workbook, an archive
    ├── Undecodable      text, but its encoding is broken
    ├── NoNumbers        lines, and not one number among them
    ├── TooManyNumbers   more numbers than one list may hold
    ├── SeveralColumns   a table in which more than one column could be meant
    ├── BrokenFile       a workbook or an archive that is damaged
    ├── HarmfulFile      an archive that unpacks to far more than any list
    ├── TooLarge         a sheet with more rows and columns than can be laid out
    └── TooMuch          more files or bytes than one list may have

    `name` is the part concerned, empty for the whole list.
    """

    def __init__(self, message: str, *, name: str = "") -> None:
        super().__init__(message)
        self.name = name


class EmptyFile(ListError):  # noqa: N818 - the base class carries the word Error
    """Only blank lines were submitted."""


class NotAList(ListError):  # noqa: N818
    """The content isn't a list; `kind` says what it is, so that the answer can say what to do."""

    def __init__(self, kind: str, *, name: str = "") -> None:
        super().__init__(f"the content is no text but: {kind}", name=name)
        self.kind = kind


class Undecodable(ListError):  # noqa: N818
    """The file declares an encoding and breaks it."""


class NoNumbers(ListError):  # noqa: N818
    """Not one number could be read.

    total: candidates; national: those readable once a country is known; left_out and told: as in
    `intake.Reading`.
    """

    def __init__(self, *, total: int, national: int, left_out: pl.DataFrame, told: Any) -> None:
        super().__init__(f"none of {total} candidates is a phone number")
        self.total = total
        self.national = national
        self.left_out = left_out
        self.told = told


class TooManyNumbers(ListError):  # noqa: N818
    """`found` different numbers, more than `maximum`."""

    def __init__(self, *, found: int, maximum: int) -> None:
        super().__init__(f"{found} numbers, and at most {maximum} are allowed")
        self.found = found
        self.maximum = maximum


@dataclass(frozen=True, slots=True)
class Column:
    """A column that may be meant: its place from 0, its header, and a number from it.

    count: cells in the sample that are numbers, or would be if a country was known.
    """

    place: int
    header: str
    example: str
    count: int


class SeveralColumns(ListError):  # noqa: N818
    """Several columns hold numbers, and neither header nor content tells which one is meant.

    part: index of the part; source: the table in it, as in `Table`.
    """

    def __init__(self, columns: tuple[Column, ...], *, source: str = "", part: int = 0) -> None:
        heads = ", ".join(column.header or str(column.place + 1) for column in columns)
        super().__init__(f"numbers in several columns: {heads}")
        self.columns = columns
        self.source = source
        self.part = part


class BrokenFile(ListError):  # noqa: N818
    """A workbook or an archive that is damaged or was cut short."""


class HarmfulFile(ListError):  # noqa: N818
    """Harmful, on purpose or not; `why` as in `archives.UnsafeArchiveError`."""

    def __init__(self, why: str, *, name: str = "") -> None:
        super().__init__(f"not unpacked: {why}", name=name)
        self.why = why


class TooLarge(ListError):  # noqa: N818
    """A sheet or a text spans too many `rows` and `columns`, most of them blank."""

    def __init__(self, *, rows: int, columns: int, name: str = "") -> None:
        super().__init__(f"a table of {rows} rows and {columns} columns", name=name)
        self.rows = rows
        self.columns = columns


class TooMuch(ListError):  # noqa: N818
    """A list of more files or bytes than are read at once."""


@contextmanager
def unpacking() -> Iterator[None]:
    """Turn the errors of an archive into those of a list."""
    try:
        yield
    except archives.UnsafeArchiveError as error:
        raise HarmfulFile(error.why) from None
    except archives.LockedArchiveError:
        raise NotAList("protected") from None
    except archives.ForeignPackerError:
        raise NotAList("7z") from None  # where most of these come from; the advice is the same
    except archives.BrokenArchiveError as error:
        raise BrokenFile(str(error)) from None


def pieces(data: bytes, kinds: tuple[str, ...] = ("text", "vcf", "xml")) -> Iterator[str]:
    """Decode a file piece by piece, with line feeds as line ends and without NULs.

    Raises:
        NotAList: a kind other than `kinds`.
        Undecodable: declares an encoding and breaks it.
    """
    kind = kind_of(data)
    if kind not in kinds:
        raise NotAList(kind)
    encoding, start = encoding_of(data)
    lines = _LineEnds()
    broken = 0
    for text in decoded(data, encoding, "replace", start):
        broken += text.count("\ufffd")
        if encoding.startswith("utf-") and broken * 10 > max(len(data) - start, 40):
            raise Undecodable(f"the file says it is {encoding}, and is not")
        yield lines.unified(text.replace("\x00", ""))
    yield lines.rest()


class _LineEnds:
    """Turns line ends into line feeds, also where a piece ends between CR and LF."""

    def __init__(self) -> None:
        self._held = ""

    def unified(self, text: str) -> str:
        if not self._held and "\r" not in text:
            return text
        text = self._held + text
        self._held = "\r" if text.endswith("\r") else ""
        return text[: len(text) - len(self._held)].replace("\r\n", "\n").replace("\r", "\n")

    def rest(self) -> str:
        return "\n" if self._held else ""


def decode(data: bytes) -> str:
    """Decode a whole file at once. Only for small ones: it holds the GIL. Raises as `pieces`."""
    return "".join(pieces(data))


def lines_of(data: bytes, allowance: Allowance | None = None) -> pl.Series:
    """Return the lines of a document, blank ones too, so that index + 1 is the line number.

    Raises the same as `pieces`, and TooLarge for more lines than may still be read.
    """
    left = allowance or Allowance()
    blocks: list[str] = []
    open_line: list[str] = []
    for piece in pieces(data):
        try:
            left.take_lines(piece.count("\n"))
        except SpentError:
            raise TooLarge(rows=MOST_LINES, columns=1) from None
        complete, newline, begun = piece.rpartition("\n")
        if newline:
            blocks.append("".join([*open_line, complete]))
            open_line = []
        open_line.append(begun)
    blocks.append("".join(open_line))
    return split_lines(blocks)


def split_lines(blocks: list[str]) -> pl.Series:
    """Split texts at line feeds into one column of lines."""
    # polars splits without the GIL; str.split would create a million objects while holding it.
    frames = [pl.LazyFrame({"text": [block]}, {"text": pl.String}) for block in blocks]
    split = pl.col("text").str.split("\n").explode()
    return pl.concat(pl.collect_all([frame.select(split) for frame in frames])).to_series()
