"""What became of everything that a list holds: each number, each text left out, and where from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import polars as pl

from sheets.base.table import Table
from sheets.lists.candidates import candidates_of
from sheets.lists.gathering import Part, Sheet, lines_of, sheets_of
from sheets.lists.intake import SHOWN
from sheets.lists.several import OneList
from sheets.phones.e164 import as_e164
from sheets.phones.failures import REASONS
from sheets.phones.reasons import Reason


@dataclass(frozen=True, slots=True)
class Account:
    """What became of a list.

    rows: In the order of the list: table (UInt32, index into `tables`), line (Int64, from 1),
        given (the text as it was written, cut to `intake.SHOWN` characters), number (Int64, null
        where the text was left out), again (Boolean: the list has the number above already),
        reason (Enum of `Reason`, null for a number).
    tables: Its tables, without cells; consecutive messages are one, for to their sender they are
        one paste.
    """

    rows: pl.DataFrame
    tables: list[Table]


def account(
    parts: Sequence[Part], region: str | None = None, *, wishes: Collection[str] = frozenset()
) -> Account:
    """Tell what `intake.read` makes of a list, text by text; raises what `account_all` does."""
    return account_all([OneList(parts, region, wishes)])


def account_all(lists: Sequence[OneList]) -> Account:
    """Tell what `intake.read` makes of each of these lists, text by text, as if they were one.

    Raises:
        ListError: one of its children in `sheets.files.documents`, but never for lack of numbers.
        ValueError: libphonenumber knows no such region.
    """
    sheets: list[Sheet] = []
    each, parts = [], 0
    for one in lists:
        own, rows = _rows(one)
        each.append(rows.with_columns(pl.col("sheet") + len(sheets)))
        sheets += [
            replace(sheet, source=replace(sheet.source, part=sheet.source.part + parts))
            for sheet in own
        ]
        parts += len(one.parts)
    rows = pl.concat(each, how="vertical_relaxed")
    tables, first, above = _joined(sheets)
    texts = pl.concat([sheet.texts.alias("text") for sheet in sheets])
    heights = pl.Series([sheet.texts.len() for sheet in sheets], dtype=pl.UInt32)
    start = pl.lit(heights.cum_sum() - heights).gather("sheet")
    number, piece = pl.col("number"), pl.col("piece").str.strip_chars()
    text = pl.lit(texts).gather(start + pl.col("line") - 1)
    rows = rows.select(
        pl.lit(first).gather("sheet").alias("table"),
        (pl.col("line") + pl.lit(above).gather("sheet")).cast(pl.Int64),
        pl.coalesce(pl.when("is_piece").then(piece), text).str.slice(0, SHOWN).alias("given"),
        "number",
        (number.is_not_null() & ~number.is_first_distinct()).alias("again"),
        "reason",
    )
    return Account(rows, tables)


def _rows(one: OneList) -> tuple[list[Sheet], pl.DataFrame]:
    """Return the sheets of a list, and what became of their texts."""
    sheets = sheets_of(one.parts, one.region, hidden="hidden" in one.wishes)
    lines = lines_of(sheets)
    read = candidates_of(lines, one.region, one.wishes)
    pieces = [read.found, read.failed.rename({"text": "piece"})]
    rows = pl.concat(pieces, how="diagonal").sort("row", maintain_order=True)
    places = lines.select("row", "sheet", "line")
    rows = rows.join(places, on="row", how="left", maintain_order="left")
    is_piece = pl.col("reason").is_not_null() | pl.col("row").is_duplicated()
    return sheets, rows.with_columns(is_piece=is_piece)


def kept_of(account: Account, numbers: pl.Series) -> Account:
    """Account for a list that was read as `numbers` (Int64): the others were excluded."""
    out = pl.col("number").is_not_null() & ~pl.col("number").is_in(numbers.implode())
    if not account.rows.select(out.any()).item():
        return account
    rows = account.rows.with_columns(
        number=pl.when(~out).then("number"),
        again=pl.col("again") & ~out,
        reason=pl.when(out).then(pl.lit(Reason.EXCLUDED.value, REASONS)).otherwise("reason"),
    )
    return replace(account, rows=rows)


def bare(numbers: pl.Series) -> Account:
    """Account for a list of which nothing is kept but its different numbers (Int64)."""
    rows = pl.DataFrame({"number": numbers}).select(
        pl.lit(0, pl.UInt32).alias("table"),
        (pl.int_range(pl.len(), dtype=pl.Int64) + 1).alias("line"),
        as_e164(pl.col("number")).alias("given"),
        "number",
        pl.lit(value=False).alias("again"),
        pl.lit(None, REASONS).alias("reason"),
    )
    return Account(rows, [Table("", 0, "message", pl.DataFrame())])


def _joined(sheets: Sequence[Sheet]) -> tuple[list[Table], pl.Series, pl.Series]:
    """Return the tables, and for each sheet the index of its own, and the lines above it there."""
    tables: list[Table] = []
    places, above, lines = [], [], 0
    for sheet in sheets:
        source, layout = sheet.source, sheet.layout
        table = Table(
            source=source.name,
            part=source.part,
            kind="csv" if layout.delimiter else source.kind,
            cells=pl.DataFrame(),
            encoding=source.encoding,
            bom=source.bom,
            delimiter=layout.delimiter,
        )
        lines = lines if tables and {tables[-1].kind, table.kind} == {"message"} else 0
        if not lines:
            tables.append(table)
        places.append(len(tables) - 1)
        above.append(lines)
        lines += sheet.texts.len()
    return tables, pl.Series(places, dtype=pl.UInt32), pl.Series(above, dtype=pl.UInt32)
