"""The meaning of a service's words, for each check of the catalogue."""

from dataclasses import dataclass
from typing import Literal

Scale = Literal["days", "words"]

NO_ANSWER = (
    r"(?s)^(?:(?:errors?|failed|failure|time[- ]?out|timed out)(?:\W.*)?"
    r"|pending|processing|in progress|queued|waiting|retry|try again|skipped|not checked"
    r"|unknown|undefined|none|null|nil|nan|n/?a|[-?.\u{2013}\u{2014}\u{2026}]+)$"
)
"""What says of any service that it has no answer; in lower case, without blanks around it."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """How to read the result file of a check. Names and words are case-insensitive.

    number_columns, answer_columns: possible names, the likeliest first.
    scale: "days" since last online, or "words".
    yes, no, unknown: words of the service; any other word is kept as written, but for those that
        mean no answer at any service: they are unknown unless they stand among yes or no.
    detail_column: splits the yes answers into those with a text in it and those without.
    """

    number_columns: tuple[str, ...]
    answer_columns: tuple[str, ...]
    scale: Scale = "words"
    yes: tuple[str, ...] = ("yes",)
    no: tuple[str, ...] = ("no",)
    unknown: tuple[str, ...] = ("unknown",)
    detail_column: str = ""
