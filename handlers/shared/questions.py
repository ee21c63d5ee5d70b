"""The questions of a list to its person, as they are stored until they are answered."""

import json
from dataclasses import asdict, dataclass

from sheets.glass.answers import ColumnQuestion
from storage.lists.list_parts import StoredPart

ALL_COLUMNS = -1
LONGEST_HEADER = 40
MOST_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column that may hold the numbers: its index, its header, an example from it."""

    place: int
    header: str
    example: str


@dataclass(frozen=True, slots=True)
class AskedColumn:
    """The question for a column of a part: the message of the part, and the choices."""

    message_id: int
    source: str
    columns: tuple[ColumnChoice, ...]

    def offers(self, place: int) -> bool:
        """Tell whether this column is a choice; buttons can be forged."""
        return place == ALL_COLUMNS or any(each.place == place for each in self.columns)


def asked_column(question: ColumnQuestion, origins: list[StoredPart]) -> AskedColumn:
    """Turn the reader's question into the one that the person is asked."""
    columns = tuple(
        ColumnChoice(each.place, each.header.strip()[:LONGEST_HEADER], each.example.strip()[:24])
        for each in question.columns[:MOST_COLUMNS]
    )
    return AskedColumn(origins[question.part].message_id, question.source, columns)


def column_to_json(asked: AskedColumn) -> str:
    """Dump a question."""
    return json.dumps(asdict(asked))


def column_from_json(text: str) -> AskedColumn:
    """Load a question."""
    values = json.loads(text)
    columns = tuple(ColumnChoice(**each) for each in values["columns"])
    return AskedColumn(values["message_id"], values["source"], columns)


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
