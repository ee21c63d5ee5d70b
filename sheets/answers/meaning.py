"""The meaning of a service's words, for each check of the catalogue."""

from dataclasses import dataclass
from typing import Literal

Scale = Literal["days", "words"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """How to read the result file of a check. Names and words are case-insensitive.

    number_columns, answer_columns: possible names, the likeliest first.
    scale: "days" since last online, or "words".
    yes, no, unknown: words of the service; any other word is kept as written.
    detail_column: splits the yes answers into those with a text in it and those without.
    """

    number_columns: tuple[str, ...]
    answer_columns: tuple[str, ...]
    scale: Scale = "words"
    yes: tuple[str, ...] = ("yes",)
    no: tuple[str, ...] = ("no",)
    unknown: tuple[str, ...] = ("unknown",)
    detail_column: str = ""
