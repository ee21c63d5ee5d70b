"""What the bot asks for, and what it gets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sheets.answers.meaning import Meaning
from sheets.answers.summary import Change, Summary
from sheets.glass import answers
from sheets.glass.answers import Refusal
from sheets.phones.lines import Line

Wish = Literal["unusual", "hidden", "old_forms_out", "country", "excluded"]
"""What a person may wish of one list: read its unusual numbers too, its hidden rows and sheets
too, what is never to be checked too, leave out what is in an old form, or take the region for what
it is because they said so of this list: another country that explains it better is no reason to
doubt."""


@dataclass(frozen=True, slots=True)
class Member:
    """A list among several that are given together, and how it is read."""

    list_id: str
    region: str | None
    wishes: Sequence[Wish]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a list: a document, or a text. The parts stand in one file, one after the other.

    size: in bytes.
    column: the one that the person chose, from 0; -1: all that fit.
    member: the list that it is a part of, where that is read in a way of its own.
    """

    name: str
    kind: Literal["text", "document"]
    size: int
    column: int | None = None
    member: Member | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the sheet of rejected lines: each reason, and the four titles."""

    reasons: Mapping[str, str]
    head: Sequence[str]


@dataclass(frozen=True, slots=True)
class HeldExclusions:
    """Blocks of numbers that are never to be checked, as `sheets.memory.exclusions` has them.

    file: holds them one after the other. sizes: of each, in bytes.
    """

    file: int
    sizes: Sequence[int]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers that a check may be started for, and how many they are.

    body: E.164, one a line. fingerprint: the same for the same numbers in any order.
    blocks: those that hold the most of them, as `sheets.base.blocks` writes them.
    """

    body: bytes
    fingerprint: str
    blocks: bytes
    count: int


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list that was read; left_out: the sheet of rejected lines, where there are any."""

    counts: answers.Counts
    numbers: Numbers
    left_out: bytes | None


@dataclass(frozen=True, slots=True)
class Refused:
    """A list that can't be read, and the sheet of its lines where these are why."""

    refusal: Refusal
    left_out: bytes | None = None


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A result file, and the title and meaning of its check; `is_own`: the one asked about.

    known: a file with remembered answers beside it.
    titles: of its columns, by the service's own ones, folded; "" is the answer's.
    day, day_title: when the service was asked, as YYYY-MM-DD, and the title of the column that says
        it; remembered answers have the days of their own there.
    """

    file: int
    title: str
    meaning: Meaning
    is_own: bool
    known: int | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    day: str = ""
    day_title: str = ""


@dataclass(frozen=True, slots=True)
class Inspected:
    """A result's summary, and the block of its answers as `sheets.memory.blocks` writes it.

    remembered: answers in the block. Without any there is none.
    """

    summary: Summary
    block: bytes = b""
    remembered: int = 0


@dataclass(frozen=True, slots=True)
class HeldBlock:
    """A block of remembered answers: its size in bytes, their time, and the key of its digests."""

    size: int
    answered_at: float
    key: bytes


@dataclass(frozen=True, slots=True)
class Recalled:
    """A list split into numbers whose answers are remembered, and new ones.

    new: the new numbers, E.164, one a line, in the list's order; count: how many they are.
    known: the answers to the others, as `sheets.memory.splitting` writes them; remembered: how many
        they are; oldest, newest: when they were given, None where there are none.
    """

    new: bytes
    count: int
    known: bytes
    remembered: int
    oldest: float | None
    newest: float | None


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file to send: the name of what it was made of, and the end of its own, such as ".csv".

    said: why it isn't as it came, as in `answers.NotKept`; empty where it is.
    """

    source: str
    ending: str
    data: bytes
    said: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two results that are compared.

    result: its file; None for one of which only `known` answers are there, those remembered.
    posted: the numbers of its list, None once they are erased.
    day: when the service was asked, as YYYY-MM-DD. is_whole: all numbers of its list are known.
    """

    result: int | None
    posted: bytes | None
    known: bytes
    day: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """The files of a comparison, and how many numbers changed in each way.

    is_whole: nothing is left out: all numbers of both lists are known.
    """

    files: list[NamedFile]
    counts: Mapping[Change, int]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class CleanList:
    """The files of a clean list, and how many numbers have each line.

    duplicates, rejected: rows of the files with a number that stands above already, or with none.
    """

    files: list[NamedFile]
    lines: Mapping[Line, int]
    duplicates: int
    rejected: int


def split_lines(data: bytes, most_bytes: int) -> list[NamedFile]:
    """Split lines into .txt files, none larger than allowed unless a single line is."""
    parts = []
    start = 0
    while len(data) - start > most_bytes:
        end = data.rfind(b"\n", start, start + most_bytes) + 1 or data.find(b"\n", start) + 1
        end = end or len(data)
        parts.append(data[start:end])
        start = end
    if start < len(data) or not parts:
        parts.append(data[start:])
    if len(parts) == 1:
        return [NamedFile("", ".txt", data)]
    return [NamedFile("", f"-{place}.txt", part) for place, part in enumerate(parts, 1)]
