"""A person's own table, with the answers in columns added at the right."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from sheets.answers.answers import Answers, distinct, fold
from sheets.base.table import Table, Traced
from sheets.phones.e164 import as_e164

BETWEEN = "; "
"""Separates the numbers of one row, and their answers."""


def join(
    traced: Traced, results: Sequence[tuple[str, Answers]], *, number_header: str = "E.164"
) -> Table:
    """Add the services' answers to a table.

    Args:
        traced: The table as submitted, and the numbers found in each row.
        results: Title and answers of each check, in the order of the columns.
        number_header: Title of the column with the numbers.

    Returns:
        The same table, all rows in order, with more columns: the row's number as E.164 with its +,
        then each check's answer columns. Several numbers of one row share a cell, separated by
        `BETWEEN`, and so do their answers. A number that the service didn't return has empty
        cells.

        The columns of a single check have the service's titles where these are unambiguous;
        otherwise each is prefixed with the check's title. A table without a header gets one only
        if more than one answer column is added, to tell these apart; it is empty above the
        person's own columns.
    """
    table = traced.table
    rows, numbers = traced.numbers["row"], traced.numbers.select("number")
    added = [_in_rows(numbers.select(as_e164(pl.col("number"))).to_series(), rows, table)]
    for _, answers in results:
        answered = numbers.join(answers.frame, on="number", how="left", maintain_order="left")
        added += [_in_rows(column, rows, table) for column in answered.get_columns()[1:]]
    first = table.cells.head(1).fill_null("")
    own = list(map(fold, first.row(0))) if table.has_header else []
    titles = distinct([number_header, *_titles(results, own)], own, fold)
    names = [f"c{table.cells.width + place}" for place in range(len(added))]
    cells = table.cells.with_columns(
        column.alias(name) for name, column in zip(names, added, strict=True)
    )
    if not table.has_header and len(added) <= 2:  # noqa: PLR2004 - the numbers and one answer
        return replace(table, cells=cells)
    blank = [None] * table.cells.width
    header = pl.DataFrame([[*blank, *titles]], schema=cells.schema, orient="row")
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


def _titles(results: Sequence[tuple[str, Answers]], own: Sequence[str]) -> list[str]:
    """Return a title for each answer column."""
    if len(results) == 1:
        check, answers = results[0]
        titles = [header or check for header in answers.headers]
        folded = [fold(title) for title in titles]
        if len(set(folded)) == len(folded) and not set(folded) & set(own):
            return titles
    return [
        f"{check}: {header}" if header else check
        for check, answers in results
        for header in answers.headers
    ]
