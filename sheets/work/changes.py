"""Compare two results of the same check: a sheet of what changed, or the numbers of one change."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from sheets.answers import changes
from sheets.answers.changes import Side
from sheets.answers.result_errors import ResultError
from sheets.answers.summary import Change
from sheets.base.table import Table
from sheets.output import export, xlsx
from sheets.phones.e164 import as_e164
from sheets.work.lists import files_of
from sheets.work.results import answers_of, meaning_of, numbers_of

Made = tuple[dict[str, Any], list[bytes]]


def compare(
    *files: bytes,
    meaning: Mapping[str, Any],
    sides: Sequence[Mapping[str, Any]],
    head: Sequence[str],
    words: Mapping[str, str],
    most_bytes: int,
) -> Made:
    """Count the changes, and write a sheet with a row for each number.

    files: Of the earlier result and of the later one its file, its list's numbers, and remembered
        answers; each may be empty. sides: Of both the day, and whether the numbers are the whole
        list where they are given.
    head: Titles of the number, before, its day, now, its day, and the change. words: Of changes.
    """
    try:
        found = _compared(files, meaning, sides)
    except ResultError as error:
        return {"what": "broken", "why": error.why}, []
    cells = found.select(
        as_e164(pl.col("number")).alias("c0"),
        c1="before",
        c2="before_day",
        c3="now",
        c4="now_day",
        c5=pl.col("change").replace_strict(dict(words), return_dtype=pl.String),
    )
    cells = pl.concat([pl.DataFrame([list(head)], schema=cells.schema, orient="row"), cells])
    table = Table("", 0, "xlsx", cells, has_header=True)
    if cells.height > xlsx.MOST_ROWS:
        table = replace(table, kind="message")
    made = export.write([table], most_bytes)
    return {
        "what": "changes",
        "counts": changes.counts(found),
        "ends": [file.name_suffix for file in made],
    }, [file.data for file in made]


def pick(
    *files: bytes, meaning: Mapping[str, Any], sides: Sequence[Mapping[str, Any]], change: Change
) -> Made:
    """Give the numbers of a change, as `sheets.work.lists.files_of` does."""
    try:
        found = _compared(files, meaning, sides)
    except ResultError as error:
        return {"what": "broken", "why": error.why}, []
    found = found.filter(pl.col("change") == change)
    numbers = found.select(as_e164(pl.col("number"))).to_series()
    return {"what": "numbers", "count": numbers.len()}, files_of(numbers)


def _compared(
    files: Sequence[bytes], meaning: Mapping[str, Any], sides: Sequence[Mapping[str, Any]]
) -> pl.DataFrame:
    meant, given = meaning_of(meaning), []
    for place, side in enumerate(sides):
        result, posted, known = files[3 * place : 3 * place + 3]
        answers = answers_of(result, known, meant, side["day"])
        is_whole = side["is_whole"]
        given.append(Side(numbers_of(posted, answers), answers, side["day"], is_whole))
    before, after = given
    return changes.compare(before, after, meant)
