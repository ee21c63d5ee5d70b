"""How a table is laid out, and its cells."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sheets.files.allowance import MOST_CELLS
from sheets.files.documents import TooLarge
from sheets.files.sources import Source
from sheets.lists.columns import roles
from sheets.lists.columns.headers import header_of
from sheets.lists.csv_cells import MOST_COLUMNS, cells_at, delimiter_of, keep_width, widest
from sheets.lists.long_lines import LONGEST_LINE

SAMPLE = 1000
"""Rows from which the layout is detected."""

_START = pl.all().str.slice(0, LONGEST_LINE)
_MARKS = r"[^\s\p{Cf}\p{Cc}]"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is read.

    delimiter: of a csv, else empty. width: columns.
    places: the columns that hold the numbers; None to read whole rows.
    holds: a column of numbers was found, or the text is no table.
    country: place of a column that names countries.
    header: rows down to the one that names the columns, without blank ones.
    headed: the first row names the columns.
    """

    delimiter: str = ""
    width: int = 1
    places: tuple[int, ...] | None = None
    holds: bool = True
    country: int | None = None
    header: int = 0
    headed: bool = False


def layout_of(source: Source, region: str | None, wanted: int | None = None) -> Layout:
    """Detect the layout of a table from its first rows.

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
        return Layout(width=2, places=(1,), header=1)
    sample = _sample(source, region)
    if sample is None:
        return Layout(header=1)
    delimiter, cells = sample
    if delimiter:
        keep_width(source.cells["c0"], delimiter)
    header = header_of(cells)
    body = [each.slice(header.rows) for each in cells]
    found = roles.number_columns(body, region)
    whole = not found or (not header.rows and roles.numbers_everywhere(body, found))
    return Layout(
        delimiter=delimiter,
        width=len(cells),
        places=None if whole else roles.meant(source, found, header.names, wanted),
        holds=bool(found),
        country=roles.country_column(body, header.names),
        header=max(header.rows, 1) if whole else header.rows,
        headed=header.rows == 1 and source.cells.row(0).count(None) < source.cells.width,
    )


def _sample(source: Source, region: str | None) -> tuple[str, list[pl.Series]] | None:
    """Return the delimiter and the columns of the first rows; None for a text that is no csv."""
    if source.kind != "text":
        cells = source.cells.head(SAMPLE * 3).fill_null("").select(_START.str.strip_chars())
        written = pl.any_horizontal(pl.all().str.contains(_MARKS))
        return "", cells.filter(written).head(SAMPLE).get_columns()
    lines = source.cells["c0"]
    lines = lines.filter(lines.str.strip_chars() != "").head(SAMPLE).str.slice(0, LONGEST_LINE)
    divided = delimiter_of(lines, region)
    if divided is None:
        return None
    delimiter, width = divided
    return delimiter, cells_at(lines, delimiter, range(width))


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
