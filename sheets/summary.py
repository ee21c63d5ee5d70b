"""What the answers to a check amount to: a few numbers that a person can read on a phone."""

from dataclasses import dataclass
from typing import Literal

Scale = Literal["days", "words"]

BucketKey = Literal[
    "day", "week", "month", "older", "yes", "yes_with", "yes_without", "no", "word", "unknown",
    "missing",
]  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class Bucket:
    """Numbers with the same kind of answer.

    day, week, month, older: last online 0 to 1, 2 to 7, 8 to 30, more than 30 days ago.
    word: an answer that only the service understands; `word` is its own word, the commonest ones
        each by themselves, the last one empty: all the others together.
    missing: handed in, and not in the service's file. Never counted as no.
    """

    key: BucketKey
    count: int
    word: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """Buckets in the order in which they are shown, none of them empty.

    total: numbers handed in; the buckets add up to it.
    foreign: numbers in the file that nobody handed in.
    """

    buckets: tuple[Bucket, ...]
    total: int
    foreign: int = 0
