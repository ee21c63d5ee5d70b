"""Count the answers to a list, and pick the numbers of a group."""

import polars as pl

from sheets.answers.answers import Answers
from sheets.answers.meaning import NO_ANSWER, Meaning
from sheets.answers.summary import ORDER, Bucket, BucketKey, Group, Summary, group_of

WORDS_SHOWN = 4
"""The commonest words of the service, which get a bucket each."""
LONGEST_WORD = 40
"""Characters kept of such a word."""

_DAYS = r"^([0-9]{1,5})(?:[.,][0-9]*)?\s*(?:d|days?)?$"
_UP_TO: tuple[tuple[BucketKey, int], ...] = (("day", 1), ("week", 7), ("month", 30))


def summarise(numbers: pl.Series, answers: Answers, meaning: Meaning) -> Summary:
    """Count the answers to the numbers submitted.

    Args:
        numbers: E.164 with their +, each once.
        answers: The service's answers.
        meaning: The meaning of its words.
    """
    keys = keys_of(numbers, answers, meaning)
    counts = dict(keys["key"].value_counts().iter_rows())
    words = keys.filter(pl.col("key") == "word").get_column("answer")
    buckets = []
    for key in ORDER:
        if key == "word":
            buckets += _words(words)
        elif counts.get(key):
            buckets.append(Bucket(key, counts[key]))
    asked = keys.select("number")
    foreign = answers.frame.select("number").join(asked, on="number", how="anti").height
    return Summary(tuple(buckets), total=numbers.len(), foreign=foreign)


def members(group: Group, numbers: pl.Series, answers: Answers, meaning: Meaning) -> pl.Series:
    """Return the numbers behind a button, E.164 with their +, in the order of the list."""
    keys = keys_of(numbers, answers, meaning)["key"]
    wanted = [key for key in ORDER if group_of(key, meaning) == group]
    return numbers.filter(keys.is_in(wanted))


def groups(numbers: pl.Series, answers: Answers, meaning: Meaning) -> pl.Series:
    """Return the group of each number, E.164 with its +; null where the answer is in none."""
    of = {key: group_of(key, meaning) for key in ORDER if key not in {"missing", "word"}}
    keys = keys_of(numbers, answers, meaning)["key"]
    return keys.replace_strict(of, default=None, return_dtype=pl.String)


def keys_of(numbers: pl.Series, answers: Answers, meaning: Meaning) -> pl.DataFrame:
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
    keys = joined.select("number", "answer", key=_key(meaning))
    if answers.buckets is None:
        return keys
    counted = keys.join(answers.buckets, on="number", how="left", maintain_order="left")
    return counted.select("number", "answer", key=pl.coalesce("bucket", "key"))


def _key(meaning: Meaning) -> pl.Expr:
    said, detail = pl.col("said"), pl.col("detail")
    yes = said.is_in(_folded(meaning.yes))
    unknown = said.is_in(_folded(meaning.unknown)) | (said == "") | said.str.contains(NO_ANSWER)
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
