"""A person's own table, with the answers in columns added at the right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from sheets.answers import counting
from sheets.answers.answers import Answers, distinct, fold
from sheets.answers.meaning import Meaning
from sheets.answers.merging import CHECKED_ON
from sheets.base.table import Table, Traced
from sheets.phones.e164 import as_e164

BETWEEN = "; "
"""Separates the numbers of one row, and their answers."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The answers of a check.

    title: its name. titles: of its columns, by the service's own ones, folded; "" is the answer's.
    day: when it was checked, as YYYY-MM-DD, under the title day_title; without one there is no such
        column. A result that says it for each number, in `CHECKED_ON`, needs none.
    meaning: of the answers, where cells are to be coloured by it.
    """

    title: str
    answers: Answers
    titles: Mapping[str, str] = field(default_factory=dict)
    day: str = ""
    day_title: str = ""
    meaning: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Words of ours in a sheet, in the person's language.

    given: the title of the lines of a text or a message. Without it they get a title only where
        answers have to be told apart.
    reasons: why a row was left out, for each reason in `Traced.left_out`; left_out: the title of
        the column that says so. Without reasons there is no such column.
    """

    given: str = ""
    left_out: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)


NO_WORDS = Words()
_PLAIN = ("message", "text")


@dataclass(frozen=True, slots=True)
class Column:
    """A column to add.

    cells: a text for each row of the table, null for none.
    kind: E.164, an answer in days or in words, a day, or another text of the service.
    groups: what the answer of each row means, as in `Group`; null where it can't be said.
    """

    title: str
    cells: pl.Series
    kind: str = "other"
    groups: pl.Series | None = None


def columns_of(
    traced: Traced,
    results: Sequence[Checked],
    *,
    number_header: str = "E.164",
    words: Words = NO_WORDS,
) -> list[Column]:
    """Return the columns with the answers to a table's numbers.

    Args:
        traced: The table as submitted, and the numbers found in each row.
        results: In the order of the columns.
        number_header: Title of the column with the numbers.
        words: As in `Words`; its column is the last one, where any row was left out.

    First the row's number as E.164 with its +, then each check's answer columns, and the day of the
    check. Several numbers of one row share a cell, separated by `BETWEEN`, and so do their answers.
    A number that the service didn't return has empty cells. No title stands twice, nor in the
    table's own header.
    """
    table = traced.table
    rows, numbers = traced.numbers["row"], traced.numbers.select("number")
    written = numbers.select(as_e164(pl.col("number"))).to_series()
    own = list(map(fold, header_row(table)))
    titles = [number_header, *_titles(results, own), words.left_out]
    names = iter(distinct(titles, own, fold))
    added = [Column(next(names), _in_rows(written, rows, table), "number")]
    for result in results:
        answered = numbers.join(
            result.answers.frame, on="number", how="left", maintain_order="left"
        )
        said, *others = answered.get_columns()[1:]
        kind, groups = "words", None
        if result.meaning is not None:
            kind = result.meaning.scale
            groups = counting.groups(written, result.answers, result.meaning)
            groups = _in_rows(groups, rows, table)
        added.append(Column(next(names), _in_rows(said, rows, table), kind, groups))
        for header, each in zip(result.answers.headers[1:], others, strict=True):
            about = "day" if header == CHECKED_ON else "other"
            added.append(Column(next(names), _in_rows(each, rows, table), about))
        if _adds_day(result):
            is_answered = said.is_not_null()
            day = pl.select(pl.when(is_answered).then(pl.lit(result.day))).to_series()
            first = (
                pl.DataFrame({"row": rows, "day": day})
                .drop_nulls()
                .unique("row", maintain_order=True)
            )
            added.append(Column(next(names), _in_rows(first["day"], first["row"], table), "day"))
    if words.reasons and not traced.left_out.is_empty():
        why = traced.left_out["reason"].replace_strict(words.reasons, return_dtype=pl.String)
        added.append(Column(next(names), _in_rows(why, traced.left_out["row"], table)))
    return added


def _adds_day(result: Checked) -> bool:
    return bool(result.day) and CHECKED_ON not in result.answers.headers


def header_row(table: Table) -> list[str]:
    """Return the titles of a table's own columns; none without a header."""
    place = 0 if table.has_header else None
    if table.origin is not None and table.origin.header is not None:
        place = table.origin.header
    if place is None or place >= table.cells.height:
        return []
    return [cell or "" for cell in table.cells.row(place)]


def needs_header(results: Sequence[Checked]) -> bool:
    """Tell whether more than one answer column is added: only names tell these apart."""
    answers = (header for result in results for header in result.answers.headers)
    return sum(header != CHECKED_ON for header in answers) > 1


def join(
    traced: Traced,
    results: Sequence[Checked],
    *,
    number_header: str = "E.164",
    words: Words = NO_WORDS,
) -> Table:
    """Return the same table, all rows in order, with the answers in more columns.

    A table without a header gets one only if more than one answer column is added, to tell these
    apart; it is empty above the person's own columns. A text or a message gets one if there is a
    word for its lines.
    """
    table = traced.table
    added = columns_of(traced, results, number_header=number_header, words=words)
    titles = [column.title for column in added]
    cells = table.cells.with_columns(
        column.cells.alias(f"c{table.cells.width + place}") for place, column in enumerate(added)
    )
    is_plain = bool(words.given) and table.kind in _PLAIN and table.cells.width == 1
    if not (table.has_header or is_plain or needs_header(results)):
        return replace(table, cells=cells)
    above = [words.given] if is_plain else [None] * table.cells.width
    header = pl.DataFrame([[*above, *titles]], schema=cells.schema, orient="row")
    if table.has_header:
        header = header.with_columns(cells.head(1).select(table.cells.columns))
        cells = cells.slice(1)
    return replace(table, cells=pl.concat([header, cells]), has_header=True)


def _in_rows(texts: pl.Series, rows: pl.Series, table: Table) -> pl.Series:
    """Return a text for each row of the table, null for none."""
    if rows.n_unique() < rows.len():
        shared = rows.is_duplicated()
        both = pl.DataFrame({"row": rows, "text": texts.fill_null("")})
        text = pl.col("text")
        together = (
            both.filter(shared)
            .group_by("row", maintain_order=True)
            .agg(pl.when((text != "").any()).then(text.str.join(BETWEEN)).first())
        )
        both = pl.concat([both.filter(~shared), together])
        rows, texts = both["row"], both["text"]
    height = table.cells.height
    places = pl.select(pl.repeat(None, height, dtype=pl.UInt32)).to_series()
    places = places.scatter(rows, pl.select(pl.int_range(rows.len(), dtype=pl.UInt32)).to_series())
    return texts.gather(places)


def _titles(results: Sequence[Checked], own: Sequence[str]) -> list[str]:
    """Return a title for each column but that of the numbers."""
    alone = False
    if len(results) == 1:
        folded = [fold(header or results[0].title) for header in results[0].answers.headers]
        alone = len(set(folded)) == len(folded) and not set(folded) & set(own)
    titles = []
    for result in results:
        for place, header in enumerate(result.answers.headers):
            plain = header or result.title
            if not alone:
                plain = f"{result.title}: {header}" if header else result.title
            title = result.titles.get(fold(header) if place else "", plain)
            titles.append(result.day_title or plain if header == CHECKED_ON else title)
        if _adds_day(result):
            titles.append(result.day_title)
    return titles
