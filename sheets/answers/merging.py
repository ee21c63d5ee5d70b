"""A service's answers, together with remembered ones to numbers that it wasn't asked about."""

import polars as pl

from sheets.answers.answers import Answers, distinct
from sheets.answers.meaning import Meaning

CHECKED_ON = "checked_on"
"""The title of the column with the day (UTC) of each answer, in files of the service's kind."""


def remembered(known: pl.DataFrame, meaning: Meaning) -> Answers:
    """Return remembered answers as if a service gave them, with the day of each.

    known: number (Int64), answer, bucket, answered_at (unix seconds), as `sheets.memory` gives it.
    """
    day = pl.from_epoch(pl.col("answered_at").cast(pl.Int64), time_unit="s").dt.strftime("%Y-%m-%d")
    frame = known.select("number", "answer", day.alias(CHECKED_ON))
    titles = (*meaning.answer_columns[:1], CHECKED_ON)
    return Answers(frame, titles, known.select("number", "bucket"))


def merged(new: Answers, day: str, old: Answers) -> Answers:
    """Add remembered answers to the service's.

    new: The service's answers, of this day; those to numbers that it wasn't asked about are left
        out. old: As `remembered` gives them; in the service's other columns they are empty.
    """
    (name,) = distinct([CHECKED_ON], new.frame.columns)
    asked = new.frame.join(old.frame, on="number", how="anti", maintain_order="left")
    both = [asked.with_columns(pl.lit(day).alias(name)), old.frame.rename({CHECKED_ON: name})]
    frame = pl.concat(both, how="diagonal").with_columns(pl.col(pl.String).fill_null(""))
    return Answers(frame, (*new.headers, CHECKED_ON), old.buckets)
