"""What comes back from the confined processes, checked before it is believed."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter
from pydantic.dataclasses import dataclass

from sheets.answers.summary import Change
from sheets.phones.lines import Line

Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
Text = Annotated[str, Field(max_length=100_000)]
Name = Annotated[str, Field(max_length=2_000)]
NotKept = Literal["", "converted", "signed", "large", "strange"]
"""A file isn't as it came: it had another format than .xlsx, is signed, is too large to be kept or
sent so, or is written in a way that isn't followed."""
Why = Literal[
    "empty",
    "not_a_list",
    "undecodable",
    "no_numbers",
    "all_excluded",
    "too_many",
    "harmful",
    "too_wide",
    "too_much",
    "damaged",
]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that may be meant: its index, its header, a number from it, how many it holds."""

    place: Count
    header: Name
    example: Name
    count: Count


@dataclass(frozen=True, slots=True)
class Assumption:
    """What a table was taken for, and why.

    source: its name; part: index of the part it is in.
    columns: headers of the columns that were read, empty texts where they have none; places: their
    indexes; without any, whole rows were read.
    why: the columns are the ones that were read because of this: no table ("text"), the header
    says so, nothing else looks like numbers ("content"), all others repeat them ("same"), a phone
    book has several for each contact ("book"), the person chose, or no header says that anything
    is something else ("everywhere").
    notation: numbers without a plus sign were read as "dialled" in the country, as "coded" with
    their calling code, or are "unknown" and weren't read; empty if there are none.
    country: the region that nearly all of these were read as, empty for several or none.
    rival: the region that explains them better, because of which they weren't read.
    choices: the columns that hold numbers and may be chosen instead, of a table with several.
    """

    source: Text
    part: Count
    columns: tuple[Text, ...]
    places: tuple[Count, ...]
    why: Literal["text", "header", "content", "same", "book", "chosen", "everywhere"]
    notation: Literal["", "dialled", "coded", "unknown"]
    country: Text
    rival: Text
    choices: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of a list that was read.

    count: different numbers. duplicates, rejected: lines that were dropped, lines without a number.
    national: of these, those that a country would make numbers.
    longest_run: consecutive numbers.
    old_forms: numbers in a form that was dialled once; read in their present form, unless the
        person wishes them out. old_example: one of them, as written and as E.164.
    unusual: numbers of a possible length in no known range; not counted above unless wished.
    unusual_example: one of them as it was written.
    hidden: rows left out because they are hidden, or stand in a hidden sheet.
    excluded: numbers left out because they are never to be checked.
    assumed: what each table was taken for, of the first fifty.
    suggested: the regions whose numbers those without a country most resemble, best first.
    """

    what: Literal["read"]
    count: Count
    duplicates: Count
    rejected: Count
    national: Count
    longest_run: Count
    old_forms: Count = 0
    old_example: tuple[Text, Text] | None = None
    unusual: Count = 0
    unusual_example: Text = ""
    hidden: Count = 0
    excluded: Count = 0
    assumed: tuple[Assumption, ...] = ()
    suggested: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnQuestion:
    """Several columns of the table `source` in this part hold numbers."""

    what: Literal["columns"]
    part: Count
    source: Name
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A list that can't be read; `why` is a word for the log and the texts.

    kind: of the file, where it is no list.
    count: the number that its text names: lines without a number, the most that may be, excluded.
    national: numbers once a country is known. rejected: lines in the sheet of rejected ones.
    unusual, unusual_example, hidden, excluded, assumed, suggested: as in `Counts`.
    """

    what: Literal["refused"]
    why: Why
    kind: Name = ""
    count: Count = 0
    national: Count = 0
    rejected: Count = 0
    unusual: Count = 0
    unusual_example: Text = ""
    hidden: Count = 0
    excluded: Count = 0
    assumed: tuple[Assumption, ...] = ()
    suggested: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Few:
    """The content of a message: E.164 numbers with their +, and other texts."""

    numbers: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SummaryText:
    """A summary as `sheets.answers.summary` writes it, and how many answers are remembered."""

    what: Literal["summary"]
    summary: Text
    remembered: Count = 0


@dataclass(frozen=True, slots=True)
class Harmless:
    """A result file that may be passed on."""

    what: Literal["harmless"]


@dataclass(frozen=True, slots=True)
class Picked:
    """How many numbers of a result or a list were picked; how many may be mobile or fixed."""

    what: Literal["numbers"]
    count: Count
    either: Count = 0


@dataclass(frozen=True, slots=True)
class SplitFiles:
    """The ends of the names of a result's parts."""

    what: Literal["files"]
    ends: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class SheetFiles:
    """For each file of a sheet the name of its source and the end of its own.

    without: titles of the checks whose results can't be read any more.
    said: for each file why it isn't as it came, empty where it is.
    """

    what: Literal["files"]
    names: tuple[tuple[Name, Name], ...]
    without: tuple[Name, ...]
    said: tuple[NotKept, ...]


@dataclass(frozen=True, slots=True)
class CleanFiles:
    """A list made clean.

    lines: how many of its numbers have each line.
    duplicates, rejected: rows with a number that stands above already, or with none.
    names: for each file the name of its source and the end of its own.
    """

    what: Literal["clean"]
    lines: dict[Line, Count]
    duplicates: Count
    rejected: Count
    names: tuple[tuple[Name, Name], ...]


@dataclass(frozen=True, slots=True)
class SplitList:
    """How many numbers are new, how many answers are remembered, and when these were given."""

    what: Literal["split"]
    new: Count
    known: Count
    oldest: float | None
    newest: float | None


@dataclass(frozen=True, slots=True)
class ChangedFiles:
    """How many numbers changed in each way, and the ends of the names of the sheet's files."""

    what: Literal["changes"]
    counts: dict[Change, Count]
    ends: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A result file's own fault; `why` is for the log."""

    what: Literal["unsafe", "broken", "unreadable"]
    why: Name


Told = Annotated[Counts | ColumnQuestion | Refusal, Field(discriminator="what")]
LIST: TypeAdapter[Counts | ColumnQuestion | Refusal] = TypeAdapter(Told)
MESSAGE: TypeAdapter[Few] = TypeAdapter(Few)
SUMMARY: TypeAdapter[SummaryText | Fault] = TypeAdapter(
    Annotated[SummaryText | Fault, Field(discriminator="what")]
)
CHECKED: TypeAdapter[Harmless | Fault] = TypeAdapter(
    Annotated[Harmless | Fault, Field(discriminator="what")]
)
PICKED: TypeAdapter[Picked | Fault] = TypeAdapter(
    Annotated[Picked | Fault, Field(discriminator="what")]
)
SPLIT: TypeAdapter[SplitFiles | Fault] = TypeAdapter(
    Annotated[SplitFiles | Fault, Field(discriminator="what")]
)
RECALLED: TypeAdapter[SplitList] = TypeAdapter(SplitList)
CLEAN: TypeAdapter[CleanFiles] = TypeAdapter(CleanFiles)
SHEET: TypeAdapter[SheetFiles | Fault] = TypeAdapter(
    Annotated[SheetFiles | Fault, Field(discriminator="what")]
)
CHANGED: TypeAdapter[ChangedFiles | Fault] = TypeAdapter(
    Annotated[ChangedFiles | Fault, Field(discriminator="what")]
)
