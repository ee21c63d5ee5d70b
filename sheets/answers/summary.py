"""The answers to a check, summed up in a few numbers."""

import json
from dataclasses import dataclass
from typing import Literal, get_args

from sheets.answers.meaning import Meaning, Scale

BucketKey = Literal[
    "day", "week", "month", "older", "yes", "yes_with", "yes_without", "no", "word", "unknown",
    "missing",
]  # fmt: skip

Group = Literal["yes", "no", "unknown"]

Change = Literal["became_yes", "became_no", "new", "gone", "unchanged", "not_known"]
"""What may have changed about a number between two results of a check:

became_yes, became_no: the answer moved from one group of meaning to the other.
new, gone: the number is in the later list only, or in the earlier one only.
unchanged: the answer is in the same group, or is the same word of the service.
not_known: one of both says nothing, or is missing; they are different words of the service's own;
    or nobody knows whether the number was in the other list.
"""
CHANGES: tuple[Change, ...] = get_args(Change)
"""Of display."""

ORDER: tuple[BucketKey, ...] = get_args(BucketKey)
"""Of display."""
_GROUPS: dict[Scale, dict[Group, tuple[BucketKey, ...]]] = {
    "days": {"yes": ("day", "week"), "no": ("month", "older")},
    "words": {"yes": ("yes", "yes_with", "yes_without"), "no": ("no",)},
}


@dataclass(frozen=True, slots=True)
class Bucket:
    """Numbers with the same kind of answer.

    day, week, month, older: last online 0 to 1, 2 to 7, 8 to 30, more than 30 days ago.
    word: an answer of the service's own; one bucket for each of the commonest words in `word`, and
        one with an empty `word` for all others.
    missing: submitted, but not in the service's file. Never counted as no.
    """

    key: BucketKey
    count: int
    word: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """Buckets in display order, none of them empty.

    total: numbers submitted, the sum of all buckets.
    foreign: numbers in the file that were not submitted.
    """

    buckets: tuple[Bucket, ...]
    total: int
    foreign: int = 0


def groups(meaning: Meaning, summary: Summary) -> dict[Group, int]:
    """Count the numbers behind each button; the sum is all numbers submitted.

    On the scale of days, yes means seen within a week, and no longer ago. Everything else is
    unknown: no answer, a word of the service's own, a yes or no where days were expected.
    """
    counts: dict[Group, int] = {"yes": 0, "no": 0, "unknown": 0}
    for bucket in summary.buckets:
        counts[group_of(bucket.key, meaning)] += bucket.count
    return counts


def to_json(summary: Summary) -> str:
    """Write a summary as JSON for storage."""
    buckets = [[bucket.key, bucket.count, bucket.word] for bucket in summary.buckets]
    return json.dumps(
        {"buckets": buckets, "total": summary.total, "foreign": summary.foreign},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def from_json(text: str) -> Summary:
    """Read the output of `to_json`. Raises ValueError for anything else."""
    try:
        stored = json.loads(text)
        buckets = tuple(
            Bucket(key, int(count), str(word)) for key, count, word in stored["buckets"]
        )
        summary = Summary(buckets, int(stored["total"]), int(stored["foreign"]))
    except (KeyError, TypeError) as error:
        raise ValueError(f"no summary: {error!r}") from None
    strange = {bucket.key for bucket in buckets} - set(ORDER)
    if strange:
        raise ValueError(f"no summary: buckets {sorted(strange)}")
    return summary


def group_of(key: BucketKey, meaning: Meaning) -> Group:
    """Return the group that a bucket belongs to."""
    for group, keys in _GROUPS[meaning.scale].items():
        if key in keys:
            return group
    return "unknown"
