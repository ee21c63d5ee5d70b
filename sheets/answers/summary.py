"""What the answers to a check amount to: a few numbers that a person can read on a phone."""

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
"""Words of the service that get a bucket each, the commonest ones."""
LONGEST_WORD = 40
"""Characters of such a word that are kept."""

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


def summarise(numbers: pl.Series, answers: Answers, meaning: Meaning) -> Summary:
    """Count the answers to the numbers that were handed in.

    Args:
        numbers: E.164 with their +, no number twice.
        answers: What the service sent.
        meaning: How its words are meant.
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
    """Count the numbers behind each button; together they are all numbers handed in.

    On the scale of days, yes is seen within a week and no is seen longer ago. All that is neither
    a yes nor a no is unknown: no answer, a word that only the service understands, a yes or no to
    the question for days.
    """
    counts: dict[Group, int] = {"yes": 0, "no": 0, "unknown": 0}
    for bucket in summary.buckets:
        counts[_group_of(bucket.key, meaning)] += bucket.count
    return counts


def members(group: Group, numbers: pl.Series, answers: Answers, meaning: Meaning) -> pl.Series:
    """Give the numbers behind a button, E.164 with their +, in the order of the list."""
    keys = _keys(numbers, answers, meaning)["key"]
    wanted = [key for key in _ORDER if _group_of(key, meaning) == group]
    return numbers.filter(keys.is_in(wanted))


def to_json(summary: Summary) -> str:
    """Write a summary down, to be stored."""
    buckets = [[bucket.key, bucket.count, bucket.word] for bucket in summary.buckets]
    return json.dumps(
        {"buckets": buckets, "total": summary.total, "foreign": summary.foreign},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def from_json(text: str) -> Summary:
    """Read what `to_json` wrote. Raises ValueError for anything else."""
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
    """What each number's answer amounts to: number (Int64), answer, key; in the list's order."""
    asked = numbers.str.strip_prefix("+").cast(pl.Int64).alias("number").to_frame()
    detail = _detail_column(answers, meaning)
    told = answers.frame.select(
        "number",
        "answer",
        said=pl.col("answer").str.strip_chars().str.to_lowercase(),
        detail=pl.lit(None, pl.Boolean) if detail is None else pl.col(detail).str.contains(r"\S"),
    )
    said = asked.join(told, on="number", how="left", maintain_order="left")
    return said.select("number", "answer", key=_key(meaning))


def _detail_column(answers: Answers, meaning: Meaning) -> str | None:
    """The frame's name for the column that splits the yes answers."""
    wanted = meaning.detail_column.strip().casefold()
    names = answers.frame.columns[1:]
    found = (
        name
        for name, title in zip(names, answers.headers, strict=True)
        if wanted and title.strip().casefold() == wanted
    )
    return next(found, None)


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
    # A scale of days has no words: whatever is no number of days says nothing about them.
    rest: BucketKey = "unknown" if meaning.scale == "days" else "word"
    return pl.coalesce(*(pl.when(case).then(pl.lit(key)) for case, key in cases), pl.lit(rest))


def _folded(words: tuple[str, ...]) -> list[str]:
    return [word.strip().lower() for word in words]


def _words(answers: pl.Series) -> list[Bucket]:
    """Buckets for what only the service understands: the commonest words, and all the others."""
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
