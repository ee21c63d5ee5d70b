"""Answers beside the rows they belong to: somebody's own table, with columns added at its right."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from sheets.answers.answers import Answers, fold
from sheets.base.table import Table, Traced
from sheets.phones.e164 import as_e164

BETWEEN = "; "
"""Stands between the numbers of one row, and between their answers."""


def join(
    traced: Traced, results: Sequence[tuple[str, Answers]], *, number_header: str = "E.164"
) -> Table:
    """Add to a table what the services answered.

    Args:
        traced: The table as it was handed in, and the numbers read in each row.
        results: Title of a check, and its answers, for each check in the order of the columns.
        number_header: Title of the column with the numbers.

    Returns:
        The same table, all rows in their order, with more columns: the row's number as E.164
        with its +, then each check's answer columns. Several numbers of one row stand in one
        cell, their answers in the same order, all with `BETWEEN` between them. A number that
        the service didn't return has empty cells.

        The columns of a single check are called as the service calls them, where that leaves no
        doubt; else the check's title stands in front. A table without a header gets one only if
        more than one answer column is added, which nobody could tell apart otherwise: its cells
        above the person's own columns are empty.
    """
    table = traced.table
    rows, numbers = traced.numbers["row"], traced.numbers.select("number")
    added = [_in_rows(numbers.select(as_e164(pl.col("number"))).to_series(), rows, table)]
    for _, answers in results:
        told = numbers.join(answers.frame, on="number", how="left", maintain_order="left")
        added += [_in_rows(column, rows, table) for column in told.get_columns()[1:]]
    own = [fold(cell or "") for cell in table.cells.row(0)] if table.has_header else []
    titles = _told_apart([number_header, *_titles(results, own)], own)
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
    """Put texts into the rows they belong to: as many as the table has, null for none."""
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
    """A title for each answer column."""
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


def _told_apart(titles: list[str], own: Sequence[str]) -> list[str]:
    """The titles, with a count behind those that are there already."""
    taken = set(own)
    apart = []
    for title in titles:
        name, again = title, 2
        while fold(name) in taken:
            name, again = f"{title} ({again})", again + 1
        taken.add(fold(name))
        apart.append(name)
    return apart
