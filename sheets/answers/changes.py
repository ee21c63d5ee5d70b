"""What changed between two results of the same check, number by number."""

from dataclasses import dataclass

import polars as pl

from sheets.answers.answers import Answers
from sheets.answers.counting import keys_of
from sheets.answers.meaning import Meaning
from sheets.answers.merging import CHECKED_ON
from sheets.answers.summary import CHANGES, ORDER, Change, group_of


@dataclass(frozen=True, slots=True)
class Side:
    """One of two results.

    numbers: Those of its list, E.164 with their +, each once.
    answers: To these, and perhaps to others.
    day: Of the check, as YYYY-MM-DD; answers that tell theirs in `CHECKED_ON` have that.
    is_whole: These are all numbers of its list; else, those whose answers are remembered.
    """

    numbers: pl.Series
    answers: Answers
    day: str
    is_whole: bool


def compare(before: Side, after: Side, meaning: Meaning) -> pl.DataFrame:
    """Return each number of both lists once, with what changed.

    Columns: number (Int64), before, before_day, now, now_day (String, null for no answer), change.
    First the later list in its order, then what is in the earlier one alone, in that's order.
    """
    earlier, later = _said(before, meaning, "before"), _said(after, meaning, "now")
    kept = later.join(earlier, on="number", how="left", maintain_order="left")
    gone = earlier.join(later, on="number", how="anti", maintain_order="left")
    both = pl.concat([kept, gone], how="diagonal")
    was, now = pl.col("before_group"), pl.col("now_group")
    said = pl.col("before").str.to_lowercase(), pl.col("now").str.to_lowercase()
    known = was.is_in(["yes", "no"]) & now.is_in(["yes", "no"])
    cases: list[tuple[pl.Expr, Change]] = [
        (was.is_null(), "new" if before.is_whole else "not_known"),
        (now.is_null(), "gone" if after.is_whole else "not_known"),
        (known & (was == now), "unchanged"),
        (known & (now == "yes"), "became_yes"),
        (known, "became_no"),
        ((was == "word") & (now == "word") & (said[0] == said[1]), "unchanged"),
    ]
    change = pl.coalesce(
        *(pl.when(case).then(pl.lit(name)) for case, name in cases), pl.lit("not_known")
    )
    names = ("number", "before", "before_day", "now", "now_day")
    return both.select(*names, change=change)


def counts(compared: pl.DataFrame) -> dict[Change, int]:
    """Count the changes; none is left out, and their sum is all numbers of both lists."""
    found = dict(compared["change"].value_counts().iter_rows())
    return {change: int(found.get(change, 0)) for change in CHANGES}


def _said(side: Side, meaning: Meaning, name: str) -> pl.DataFrame:
    """Return number, and of each what was said, when, and the group of that, or "word"."""
    groups = {key: "word" if key == "word" else group_of(key, meaning) for key in ORDER}
    found = keys_of(side.numbers, side.answers, meaning).select(
        "number",
        pl.col("answer").alias(name),
        pl.col("key").replace_strict(groups, return_dtype=pl.String).alias(f"{name}_group"),
    )
    day = pl.lit(side.day)
    if CHECKED_ON in side.answers.headers:
        column = side.answers.frame.columns[1 + side.answers.headers.index(CHECKED_ON)]
        days = side.answers.frame.select("number", pl.col(column).alias("day"))
        found = found.join(days, on="number", how="left", maintain_order="left")
        day = pl.col("day")
    is_said = pl.col(name).is_not_null()
    return found.with_columns(pl.when(is_said).then(day).alias(f"{name}_day"))
