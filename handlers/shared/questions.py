"""The questions of a list to its person, as they are stored until they are answered."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sheets.glass.answers import Column, ColumnQuestion
from storage.lists.list_parts import StoredPart

ALL_COLUMNS = -1
LONGEST_HEADER, LONGEST_EXAMPLE = 200, 60
MOST_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column that may hold the numbers: its index, its header, an example from it."""

    place: int
    header: str
    example: str


@dataclass(frozen=True, slots=True)
class AskedColumn:
    """The question for a column of a part: the message of the part, and the choices.

    every: all of them is an answer, too.
    """

    message_id: int
    source: str
    columns: tuple[ColumnChoice, ...]
    every: bool = True

    def offers(self, place: int) -> bool:
        """Tell whether this column is a choice; buttons can be forged."""
        if place == ALL_COLUMNS:
            return self.every
        return any(each.place == place for each in self.columns)


def asked_column(question: ColumnQuestion, origins: list[StoredPart]) -> AskedColumn:
    """Turn the reader's question into the one that the person is asked."""
    message_id = origins[question.part].message_id
    return AskedColumn(message_id, question.source, choices_of(question.columns))


def choices_of(columns: Sequence[Column]) -> tuple[ColumnChoice, ...]:
    """Return the first columns as choices."""
    return tuple(
        ColumnChoice(each.place, each.header[:LONGEST_HEADER], each.example[:LONGEST_EXAMPLE])
        for each in columns[:MOST_COLUMNS]
    )


def column_to_json(asked: AskedColumn) -> str:
    """Dump a question."""
    return json.dumps(asdict(asked))


def column_from_json(text: str) -> AskedColumn:
    """Load a question."""
    values = json.loads(text)
    columns = tuple(ColumnChoice(**each) for each in values["columns"])
    return AskedColumn(**(values | {"columns": columns}))


@dataclass(frozen=True, slots=True)
class AskedCountry:
    """The question for a country: the last search, and the regions it found."""

    text: str = ""
    regions: tuple[str, ...] = ()


def country_to_json(asked: AskedCountry) -> str:
    """Dump a question."""
    return json.dumps(asdict(asked))


def country_from_json(text: str) -> AskedCountry:
    """Load a question; an empty text is one without a search."""
    values = json.loads(text) if text else {}
    return AskedCountry(values.get("text", ""), tuple(values.get("regions", ())))
