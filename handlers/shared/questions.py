"""What a list asks its person, as it is stored between the question and the answer."""

import json
from dataclasses import asdict, dataclass

from sheets.files.documents import SeveralColumns
from storage.lists.list_parts import StoredPart

ALL_COLUMNS = -1
LONGEST_HEADER = 40
MOST_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column that may hold the numbers: its place from 0, its header, a number from it."""

    place: int
    header: str
    example: str


@dataclass(frozen=True, slots=True)
class AskedColumn:
    """Which column of a part: the message it came with, and between what to choose."""

    message_id: int
    source: str
    columns: tuple[ColumnChoice, ...]

    def offers(self, place: int) -> bool:
        """Whether the person may have chosen this; buttons can be forged."""
        return place == ALL_COLUMNS or any(each.place == place for each in self.columns)


def asked_column(error: SeveralColumns, origins: list[StoredPart]) -> AskedColumn:
    """The question that this trouble amounts to."""
    columns = tuple(
        ColumnChoice(each.place, each.header.strip()[:LONGEST_HEADER], each.example.strip()[:24])
        for each in error.columns[:MOST_COLUMNS]
    )
    return AskedColumn(origins[error.part].message_id, error.source, columns)


def column_to_json(asked: AskedColumn) -> str:
    """Write a question down."""
    return json.dumps(asdict(asked))


def column_from_json(text: str) -> AskedColumn:
    """Read it back."""
    values = json.loads(text)
    columns = tuple(ColumnChoice(**each) for each in values["columns"])
    return AskedColumn(values["message_id"], values["source"], columns)


@dataclass(frozen=True, slots=True)
class AskedCountry:
    """Which country: what the person searched for so far, and the regions that were found."""

    text: str = ""
    regions: tuple[str, ...] = ()


def country_to_json(asked: AskedCountry) -> str:
    """Write a question down."""
    return json.dumps(asdict(asked))


def country_from_json(text: str) -> AskedCountry:
    """Read it back; an empty text is a question without a search."""
    values = json.loads(text) if text else {}
    return AskedCountry(values.get("text", ""), tuple(values.get("regions", ())))
