"""From the bytes of a document to its lines.

What a file is gets told by its content, never by its name: people rename files, and phones
send whatever they like. Text is decoded here (one number a line, or csv); other formats have
their own modules beside this one, chosen by `kinds.kind_of`.
"""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import polars as pl

from sheets.files import archives
from sheets.files.kinds import encoding_of, kind_of


class ListError(Exception):
    """A list can't be used as it is, and the person can mend it.

    ListError
    ├── EmptyFile        nothing but blank lines
    ├── NotAList         another kind of file: a picture, a workbook, an archive
    ├── Undecodable      text, but its encoding is broken
    ├── NoNumbers        lines, and not one number among them
    ├── TooManyNumbers   more numbers than one list may hold
    ├── SeveralColumns   a table in which more than one column could be meant
    ├── BrokenFile       a workbook or an archive that is damaged
    ├── HarmfulFile      an archive that unpacks to more than anybody's list
    └── TooLarge         a sheet with more rows and columns than can be laid out

    `name` is the part that it is about, empty when it is about all of them.
    """

    def __init__(self, message: str, *, name: str = "") -> None:
        super().__init__(message)
        self.name = name


class EmptyFile(ListError):  # noqa: N818 - reads as what it is; the base carries the word Error
    """Nothing was handed in but blank lines."""


class NotAList(ListError):  # noqa: N818
    """The content isn't text. `kind` names it, so that the answer can say what to do."""

    def __init__(self, kind: str, *, name: str = "") -> None:
        super().__init__(f"the content is no text but: {kind}", name=name)
        self.kind = kind


class Undecodable(ListError):  # noqa: N818
    """The file says which encoding it has, and doesn't keep to it."""


class NoNumbers(ListError):  # noqa: N818
    """Not one number could be read.

    Carries `total` candidates, `national` of them readable once a country is known, and
    `left_out` as in `intake.Reading`.
    """

    def __init__(self, *, total: int, national: int, left_out: pl.DataFrame) -> None:
        super().__init__(f"none of {total} candidates is a phone number")
        self.total = total
        self.national = national
        self.left_out = left_out


class TooManyNumbers(ListError):  # noqa: N818
    """`found` different numbers, where `maximum` are allowed."""

    def __init__(self, *, found: int, maximum: int) -> None:
        super().__init__(f"{found} numbers, and at most {maximum} are allowed")
        self.found = found
        self.maximum = maximum


@dataclass(frozen=True, slots=True)
class Column:
    """A column that may be meant: its place from 0, what is written above it, a number from it.

    count: cells in the rows looked at that are numbers, or would be if a country was known.
    """

    place: int
    header: str
    example: str
    count: int


class SeveralColumns(ListError):  # noqa: N818
    """More than one column holds numbers, and neither header nor content tells which is meant.

    part: index of the part; source: the table in it, as in `tables.Table`.
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
    """Made to do harm, or as good as. `why` as in `archives.UnsafeArchiveError`."""

    def __init__(self, why: str, *, name: str = "") -> None:
        super().__init__(f"not unpacked: {why}", name=name)
        self.why = why


class TooLarge(ListError):  # noqa: N818
    """A sheet reaches over too many `rows` and `columns`, most of them blank."""

    def __init__(self, *, rows: int, columns: int, name: str = "") -> None:
        super().__init__(f"a sheet of {rows} rows and {columns} columns", name=name)
        self.rows = rows
        self.columns = columns


PIECE = 1 << 18
"""Bytes decoded at a time. Decoding holds Python's lock, for up to a millisecond with this many;
a whole file at once would hold up every other conversation."""


@contextmanager
def unpacking() -> Iterator[None]:
    """Say what is wrong with an archive as what is wrong with a list."""
    try:
        yield
    except archives.UnsafeArchiveError as error:
        raise HarmfulFile(error.why) from None
    except archives.LockedArchiveError:
        raise NotAList("protected") from None
    except archives.BrokenArchiveError as error:
        raise BrokenFile(str(error)) from None


def pieces(data: bytes, kinds: tuple[str, ...] = ("text", "vcf")) -> Iterator[str]:
    """Decode a file, a quarter of a megabyte at a time; line ends become line feeds, NULs go.

    Raises:
        NotAList: the bytes are no text.
        Undecodable: they announce an encoding and break it.
    """
    kind = kind_of(data)
    if kind not in kinds:
        raise NotAList(kind)
    encoding, start = encoding_of(data)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    lines = _LineEnds()
    broken = 0
    for place in range(start, len(data), PIECE):
        text = decoder.decode(data[place : place + PIECE], final=place + PIECE >= len(data))
        broken += text.count("\ufffd")
        if encoding.startswith("utf-") and broken * 10 > max(len(data) - start, 40):
            raise Undecodable(f"the file says it is {encoding}, and is not")
        yield lines.unified(text.replace("\x00", ""))
    yield lines.rest()


class _LineEnds:
    """Turns all line ends into line feeds, also where a piece ends between CR and LF."""

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
    """Decode a whole file at once; errors as in `pieces`. For small ones: it holds the lock."""
    return "".join(pieces(data))


def lines_of(data: bytes) -> pl.Series:
    """Return the lines of a document, blank ones too, so that the index is the line's number.

    Errors as in `pieces`.
    """
    blocks: list[str] = []
    open_line: list[str] = []
    for piece in pieces(data):
        complete, newline, begun = piece.rpartition("\n")
        if newline:
            blocks.append("".join([*open_line, complete]))
            open_line = []
        open_line.append(begun)
    blocks.append("".join(open_line))
    return split_lines(blocks)


def split_lines(blocks: list[str]) -> pl.Series:
    """Cut texts at their line feeds, and put all lines into one column."""
    # polars splits without Python's lock; str.split would make a million objects under it.
    frames = [pl.LazyFrame({"text": [block]}, {"text": pl.String}) for block in blocks]
    split = pl.col("text").str.split("\n").explode()
    return pl.concat(pl.collect_all([frame.select(split) for frame in frames])).to_series()
