"""The answers to a check, summed up in a few numbers."""

import json
from dataclasses import dataclass
from typing import Literal, get_args

import polars as pl

from sheets.answers.answers import Answers
from sheets.answers.meaning import Meaning, Scale

BucketKey = Literal[
    "day", "week", "month", "older", "yes", "yes_with", "yes_without", "no", "word", "unknown",
    "missing",
]  # fmt: skip

Group = Literal["yes", "no", "unknown"]

WORDS_SHOWN = 4
"""The commonest words of the service, which get a bucket each."""
LONGEST_WORD = 40
"""Characters kept of such a word."""

_ORDER: tuple[BucketKey, ...] = get_args(BucketKey)
_DAYS = r"^([0-9]{1,5})(?:[.,][0-9]*)?\s*(?:d|days?)?$"
_UP_TO: tuple[tuple[BucketKey, int], ...] = (("day", 1), ("week", 7), ("month", 30))
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


def summarise(numbers: pl.Series, answers: Answers, meaning: Meaning) -> Summary:
    """Count the answers to the numbers submitted.

    Args:
        numbers: E.164 with their +, each once.
        answers: The service's answers.
        meaning: The meaning of its words.
    """
    keys = _keys(numbers, answers, meaning)
    counts = dict(keys["key"].value_counts().iter_rows())
    words = keys.filter(pl.col("key") == "word").get_column("answer")
    buckets = []
    for key in _ORDER:
        if key == "word":
            buckets += _words(words)
        elif counts.get(key):
            buckets.append(Bucket(key, counts[key]))
    asked = keys.select("number")
    foreign = answers.frame.select("number").join(asked, on="number", how="anti").height
    return Summary(tuple(buckets), total=numbers.len(), foreign=foreign)


def groups(meaning: Meaning, summary: Summary) -> dict[Group, int]:
    """Count the numbers behind each button; the sum is all numbers submitted.

    On the scale of days, yes means seen within a week, and no longer ago. Everything else is
    unknown: no answer, a word of the service's own, a yes or no where days were expected.
    """
    counts: dict[Group, int] = {"yes": 0, "no": 0, "unknown": 0}
    for bucket in summary.buckets:
        counts[_group_of(bucket.key, meaning)] += bucket.count
    return counts


def members(group: Group, numbers: pl.Series, answers: Answers, meaning: Meaning) -> pl.Series:
    """Return the numbers behind a button, E.164 with their +, in the order of the list."""
    keys = _keys(numbers, answers, meaning)["key"]
    wanted = [key for key in _ORDER if _group_of(key, meaning) == group]
    return numbers.filter(keys.is_in(wanted))


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
    strange = {bucket.key for bucket in buckets} - set(_ORDER)
    if strange:
        raise ValueError(f"no summary: buckets {sorted(strange)}")
    return summary


def _group_of(key: BucketKey, meaning: Meaning) -> Group:
    for group, keys in _GROUPS[meaning.scale].items():
        if key in keys:
            return group
    return "unknown"


def _keys(numbers: pl.Series, answers: Answers, meaning: Meaning) -> pl.DataFrame:
    """Return number (Int64), answer and bucket key of each number, in the order of the list."""
    asked = numbers.str.strip_prefix("+").cast(pl.Int64).alias("number").to_frame()
    wanted = meaning.detail_column.strip().casefold()
    titles = zip(answers.frame.columns[1:], answers.headers, strict=True)
    named = (name for name, title in titles if wanted and title.strip().casefold() == wanted)
    detail = next(named, None)
    answered = answers.frame.select(
        "number",
        "answer",
        said=pl.col("answer").str.strip_chars().str.to_lowercase(),
        detail=pl.lit(None, pl.Boolean) if detail is None else pl.col(detail).str.contains(r"\S"),
    )
    joined = asked.join(answered, on="number", how="left", maintain_order="left")
    return joined.select("number", "answer", key=_key(meaning))


def _key(meaning: Meaning) -> pl.Expr:
    said, detail = pl.col("said"), pl.col("detail")
    yes = said.is_in(_folded(meaning.yes))
    unknown = said.is_in(_folded(meaning.unknown)) | (said == "")
    cases: list[tuple[pl.Expr, BucketKey]] = [(said.is_null(), "missing")]
    if meaning.scale == "days":
        days = said.str.extract(_DAYS).cast(pl.Int64)
        cases += [(days <= limit, key) for key, limit in _UP_TO]
        cases.append((days.is_not_null(), "older"))
    cases += [(yes & detail, "yes_with"), (yes & ~detail, "yes_without"), (yes, "yes")]
    cases += [(said.is_in(_folded(meaning.no)), "no"), (unknown, "unknown")]
    # A scale of days has no words: anything but a number of days says nothing about them.
    rest: BucketKey = "unknown" if meaning.scale == "days" else "word"
    return pl.coalesce(*(pl.when(case).then(pl.lit(key)) for case, key in cases), pl.lit(rest))


def _folded(words: tuple[str, ...]) -> list[str]:
    return [word.strip().lower() for word in words]


def _words(answers: pl.Series) -> list[Bucket]:
    """Return a bucket for each of the commonest words of the service, and one for all others."""
    counted = (
        answers.to_frame()
        .group_by(pl.col("answer").str.to_lowercase().alias("said"), maintain_order=True)
        .agg(pl.col("answer").first(), pl.len().alias("count"))
        .sort("count", descending=True, maintain_order=True)
    )
    shown = counted.head(WORDS_SHOWN).select("answer", "count").rows()
    buckets = [Bucket("word", count, word[:LONGEST_WORD]) for word, count in shown]
    others = answers.len() - sum(bucket.count for bucket in buckets)
    return [*buckets, Bucket("word", others)] if others else buckets
