"""A workbook, or any other list, with answers to its numbers: as a person gets it back."""

from dataclasses import dataclass

import polars as pl

from sheets.answers.answers import Answers
from sheets.answers.meaning import Meaning
from sheets.base.table import Traced
from sheets.lists import intake
from sheets.output import own_sheets
from sheets.output.export import File
from sheets.output.joining import Checked

DAY = "2026-11-30"
TITLES = {"": "Telegram: last online (days ago)"}
WORDS = ("1", "7", "30", "N/A")
_MEANING = Meaning(("number",), ("telegram_days",), "days", unknown=("N/A",))


@dataclass(frozen=True, slots=True)
class Returned:
    """The files, what is said of each, and the tables that were read, with their numbers."""

    files: list[File]
    said: list[str]
    traced: list[Traced]


def answered(data: bytes, *, name: str = "list.xlsx", most_bytes: int | None = None) -> Returned:
    """Answer all numbers of a list."""
    traced = intake.trace([intake.Part(name, data)], "GB")
    numbers = pl.concat([each.numbers["number"] for each in traced]).unique(maintain_order=True)
    said = [WORDS[place % len(WORDS)] for place in range(numbers.len())]
    frame = pl.DataFrame({"number": numbers, "answer": pl.Series(said, dtype=pl.String)})
    checked = Checked(
        "Telegram activity", Answers(frame, ("telegram_days",)), TITLES, DAY, "Checked on", _MEANING
    )
    return Returned(*own_sheets.write(traced, data, [checked], most_bytes), traced)
