"""A list made clean: each number with its country and its line, and what was left out with why."""

from dataclasses import replace

import polars as pl

from sheets.base.table import Table
from sheets.lists.accounts import Account
from sheets.output.clean_words import CleanWords
from sheets.phones import countries
from sheets.phones.e164 import as_e164
from sheets.phones.line_types import REGIONS, read_lines

MOST_IN_A_BOOK = 200_000
"""Rows of a text that become a workbook. A million take a phone a minute to open, and us ten
times as long to write as a csv."""

_NO_TABLES = frozenset({"text", "message", "vcf"})


def tables(account: Account, words: CleanWords) -> list[Table]:
    """Return the clean table of each table of a list that holds anything, below a header.

    A workbook stays one and a csv stays a csv. A text, a phone book or a message has no columns to
    go back into: it becomes an .xlsx, in which a spreadsheet keeps +447400123456 as it is and needs
    no delimiter guessed, or a csv where it is long.
    """
    cells = _cells(account.rows, words)
    header = pl.DataFrame([list(words.head)], schema=cells.schema, orient="row")
    found = []
    for place, table in enumerate(account.tables):
        own = cells
        if len(account.tables) > 1:
            own = cells.filter(account.rows["table"] == place)
        if own.height:
            kind = table.kind
            if kind in _NO_TABLES:
                kind = "xlsx" if own.height <= MOST_IN_A_BOOK else "csv"
            cells_of = pl.concat([header, own])
            found.append(replace(table, cells=cells_of, kind=kind, has_header=True))
    return found


def _cells(rows: pl.DataFrame, words: CleanWords) -> pl.DataFrame:
    is_number = pl.col("number").is_not_null()
    lines = read_lines(rows["number"])
    names = {code: countries.name(code, words.language) for code in REGIONS.categories}
    region = pl.when(pl.col("region") != "001").then("region").cast(pl.String)
    told = lines.select(
        country=region.replace_strict(names, return_dtype=pl.String),
        code=region,
        kind=pl.col("line").cast(pl.String).replace_strict(words.lines, return_dtype=pl.String),
    )
    reason = pl.col("reason").cast(pl.String)
    reason = reason.replace_strict(words.reasons, return_dtype=pl.String)
    return pl.concat([rows, told], how="horizontal").select(
        c0=as_e164(pl.col("number")),
        c1="country",
        c2="code",
        c3=pl.when(is_number).then("kind"),
        c4="given",
        c5=pl.col("line").cast(pl.String),
        c6=pl.when("again").then(pl.lit(words.again)).otherwise(reason),
    )
