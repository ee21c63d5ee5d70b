"""How the words of a service are meant, for each check of the catalogue."""

from dataclasses import dataclass
from typing import Literal

Scale = Literal["days", "words"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """How to read the file of a check. Names and words are compared without regard to case.

    number_columns, answer_columns: names it may have, the likeliest first.
    scale: "days" since last online, or "words".
    yes, no, unknown: the words of the service; any other word survives as it is.
    detail_column: splits the yes answers: with something written there, and without.
    """

    number_columns: tuple[str, ...]
    answer_columns: tuple[str, ...]
    scale: Scale = "words"
    yes: tuple[str, ...] = ("yes",)
    no: tuple[str, ...] = ("no",)
    unknown: tuple[str, ...] = ("unknown",)
    detail_column: str = ""
