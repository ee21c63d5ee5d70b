"""How a table is laid out, and its cells."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sheets.files.allowance import MOST_CELLS
from sheets.files.documents import Column, TooLarge
from sheets.files.sources import Source
from sheets.lists.columns import roles
from sheets.lists.columns.evidence import gathered
from sheets.lists.columns.headers import header_of, kind_of
from sheets.lists.columns.roles import Why
from sheets.lists.csv_cells import MOST_COLUMNS, cells_at, keep_width, widest
from sheets.lists.long_lines import LONGEST_LINE
from sheets.lists.notation.weighing import evenly
from sheets.lists.rows.dialect import delimiter_of

SAMPLE = 1000
"""Rows from which the layout is detected, taken evenly from the whole table."""
TOP = 30
"""Rows above which no header stands."""
FEW = 20
"""A column that is named as one of numbers and has fewer in the sample is looked at as a whole."""

_NEAR_TOP = 1000  # rows, blank ones too, among which a header is looked for
_MARKS = r"[^\s\p{Cf}\p{Cc}]"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is read.

    delimiter: of a csv, else empty. width: columns.
    places: the columns that hold the numbers; None to read whole rows. why: as in `roles`.
    names: of all columns, empty texts without a header.
    holds: a column of numbers was found, or the text is no table.
    country: place of a column that names countries.
    header: rows down to the one that names the columns, without blank ones.
    headed: the first row names the columns.
    header_at: index of the row that does, None without one.
    choices: the columns that hold numbers, of a table with several.
    """

    delimiter: str = ""
    width: int = 1
    places: tuple[int, ...] | None = None
    why: Why = "text"
    names: tuple[str, ...] = ()
    holds: bool = True
    country: int | None = None
    header: int = 0
    headed: bool = False
    header_at: int | None = None
    choices: tuple[Column, ...] = ()


def layout_of(source: Source, region: str | None, wanted: int | None = None) -> Layout:
    """Detect the layout of a table from rows all over it.

    Args:
        source: Lines of a document, or cells of a sheet.
        region: As for `e164.normalise`.
        wanted: Place of the column to read where several could be meant, or ALL_COLUMNS.

    Raises:
        SeveralColumns: several columns hold numbers, and neither content nor header tells which
            one is meant.
        TooLarge: a line of far more cells than any table has.
    """
    if source.kind == "vcf":
        return Layout(width=source.cells.width, places=(1,), why="book", header=1)
    rows = _written(source)
    delimiter, top, width = "", rows.head(TOP), rows.width
    if source.kind == "text":
        sample = pl.concat([top["c0"], evenly(rows["c0"].slice(TOP), SAMPLE)])
        divided = delimiter_of(sample, region)
        if divided is None:
            return Layout(header=1)
        delimiter, width = divided
        keep_width(source.cells["c0"], delimiter)
    header = header_of(_cells(top, delimiter, range(width)))
    body = rows.slice(header.rows)
    some = body.gather_every(max(1, -(-body.height // SAMPLE)))
    cells = _cells(some, delimiter, range(width))
    if body.height > SAMPLE:
        named = [place for place, name in enumerate(header.names) if kind_of(name) == "phone"]
        # So thin a column is looked at all over the table.
        thin = [place for place in named if (cells[place] != "").sum() < FEW]
        for place, whole in zip(thin, _cells(body, delimiter, thin), strict=True):
            cells[place] = evenly(whole.filter(whole != ""), SAMPLE)
    evidence = gathered(cells, header.names, region)
    above = source.cells.head(_NEAR_TOP).select(_is_written(source).arg_true()).to_series()
    found = 0 < header.rows <= above.len() and any(header.names)
    chosen = roles.meant(source, evidence, header.names, wanted, headed=header.rows > 0)
    return Layout(
        delimiter=delimiter,
        width=len(cells),
        places=chosen.places,
        why=chosen.why,
        names=tuple(header.names),
        holds=chosen.why != "text",
        country=roles.country_column(cells, header.names),
        header=max(header.rows, 1) if chosen.places is None else header.rows,
        headed=header.rows == 1 and source.cells.row(0).count(None) < source.cells.width,
        header_at=int(above[header.rows - 1]) if found else None,
        choices=roles.choices(evidence, header.names),
    )


def _written(source: Source) -> pl.DataFrame:
    """Return the rows that aren't blank."""
    return source.cells.filter(_is_written(source))


def _is_written(source: Source) -> pl.Expr:
    if source.kind == "text":
        return pl.col("c0").str.strip_chars() != ""
    return pl.any_horizontal(pl.all().str.contains(_MARKS).fill_null(value=False))


def _cells(rows: pl.DataFrame, delimiter: str, places: Sequence[int]) -> list[pl.Series]:
    """Return columns of some rows, blank cells as empty texts."""
    if not places:
        return []
    if delimiter:
        return cells_at(rows["c0"].fill_null("").str.slice(0, LONGEST_LINE), delimiter, places)
    start = pl.nth(*places).fill_null("").str.slice(0, LONGEST_LINE)
    return rows.select(start.str.strip_chars()).get_columns()


def columns(source: Source, layout: Layout, places: Sequence[int]) -> list[pl.Series]:
    """Return these columns of a table, blank cells as empty texts."""
    if layout.delimiter:
        return cells_at(source.cells["c0"], layout.delimiter, places)
    return [source.cells.to_series(place).fill_null("") for place in places]


def texts(source: Source, layout: Layout) -> pl.Series:
    """Return the text of each row to read numbers from, several cells separated by tabs."""
    if layout.delimiter and layout.places is None:
        return source.cells["c0"]
    places = range(source.cells.width) if layout.places is None else layout.places
    found = columns(source, layout, places)
    if not found:  # a damaged file may have rows without a single cell
        return pl.Series([""] * source.cells.height, dtype=pl.String)
    if len(found) == 1:
        return found[0]
    frame = pl.DataFrame([each.alias(f"c{place}") for place, each in enumerate(found)])
    return frame.select(pl.concat_str(pl.all(), separator="\t")).to_series()


def cells_of(source: Source, layout: Layout) -> pl.DataFrame:
    """Return all cells, null for an empty one; those of a csv without their quotes."""
    if not layout.delimiter:
        return source.cells
    lines = source.cells["c0"]
    width = min(max(layout.width, widest(lines, layout.delimiter)), MOST_COLUMNS)
    if width * lines.len() > MOST_CELLS:
        raise TooLarge(rows=lines.len(), columns=width)
    frame = pl.DataFrame(cells_at(lines, layout.delimiter, range(width))).select(
        pl.when(pl.all() != "").then(pl.all())
    )
    blank = [name for name in frame.columns[layout.width :] if frame[name].is_null().all()]
    return frame.drop(blank)
