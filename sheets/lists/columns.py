"""A table: which of its columns holds the numbers, and which the countries."""

import re
from dataclasses import dataclass

import polars as pl

from sheets.files.documents import Column, SeveralColumns
from sheets.files.sources import Source
from sheets.lists import headers
from sheets.phones import regions
from sheets.phones.e164 import Reason, normalise

ALL_COLUMNS = -1
"""Instead of a place: all columns that could be meant."""
SAMPLE = 1000
"""Lines looked at to tell the columns."""

_DELIMITERS = ("\t", ";", ",", "|")
_MOST_COLUMNS = 200
_HEADER_AMONG = 10  # a title or two may stand above the header
_ENOUGH = r"(?:\p{Nd}[^\p{Nd}]*){9}"  # digits that could be a number
_QUOTED = r'"(?:[^"]|"")*"'
_MARKS = r"[^\s\p{Cf}\p{Cc}]"
_LONGEST_EXAMPLE = 40


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is read.

    delimiter: of a csv, else empty. width: columns.
    places: the columns that hold the numbers; None to read whole lines.
    holds: a column of numbers was found, or the lines are no table.
    country: place of a column that names countries.
    header: rows that name the columns, counted among those that aren't blank.
    headed: the first row is such a one.
    """

    delimiter: str = ""
    width: int = 1
    places: tuple[int, ...] | None = None
    holds: bool = True
    country: int | None = None
    header: int = 0
    headed: bool = False


def layout_of(source: Source, region: str | None, wanted: int | None = None) -> Layout:
    """Find the column with the numbers.

    Args:
        source: A document's lines, or the cells of a sheet.
        region: As for `phones.normalise`.
        wanted: Place of a column, or ALL_COLUMNS: settles it where several could be meant.

    Raises:
        SeveralColumns: more than one column holds numbers, and neither content nor header
            tells which is meant.
    """
    delimiter = ""
    if source.kind == "vcf":
        return Layout("", 2, (1,), header=1)
    if source.kind == "text":
        sample = source.cells["c0"]
        sample = sample.filter(sample.str.strip_chars() != "").head(SAMPLE)
        delimiter = _delimiter(sample, region) or ""
        if not delimiter:
            return Layout(header=1)
        width = int(_unquoted(sample).str.count_matches(delimiter, literal=True).mode().max()) + 1  # type: ignore[arg-type]
        cells = [cell_of(sample, delimiter, place) for place in range(width)]
    else:
        cells = _sample(source.cells).get_columns()
    return _layout(source, cells, delimiter, region, wanted)


def column(source: Source, layout: Layout, place: int) -> pl.Series:
    """One column of a table, blank cells as empty texts."""
    if layout.delimiter:
        return cell_of(source.cells["c0"], layout.delimiter, place)
    return source.cells.to_series(place).fill_null("")


def texts(source: Source, layout: Layout) -> pl.Series:
    """What is to be read as numbers, a text for each row; several cells have tabs between."""
    if layout.delimiter and layout.places is None:
        return source.cells["c0"]
    places = range(source.cells.width) if layout.places is None else layout.places
    columns = [column(source, layout, place) for place in places]
    if not columns:  # a damaged file may have rows without a single cell
        return pl.Series([""] * source.cells.height, dtype=pl.String)
    if len(columns) == 1:
        return columns[0]
    frame = pl.DataFrame([each.alias(f"c{place}") for place, each in enumerate(columns)])
    return frame.select(pl.concat_str(pl.all(), separator="\t")).to_series()


def cells_of(source: Source, layout: Layout) -> pl.DataFrame:
    """All cells; those of a csv without their quotes, null for an empty one."""
    if not layout.delimiter:
        return source.cells
    outside = _unquoted(source.cells["c0"])
    most = outside.str.count_matches(layout.delimiter, literal=True).max()
    width = min(max(layout.width, int(most or 0) + 1), _MOST_COLUMNS)  # type: ignore[arg-type]
    frame = pl.DataFrame(
        [column(source, layout, place).alias(f"c{place}") for place in range(width)]
    ).select(pl.when(pl.all() != "").then(pl.all()))
    blank = [name for name in frame.columns[layout.width :] if frame[name].is_null().all()]
    return frame.drop(blank)


def _layout(
    source: Source, cells: list[pl.Series], delimiter: str, region: str | None, wanted: int | None
) -> Layout:
    width = len(cells)
    headed, header = _header(cells)
    body = [each.slice(header + 1) if headed else each for each in cells]
    names = [each[header] if headed else "" for each in cells]
    found = _holding(body, region)
    holding = [column.place for column in found]
    filled = [place for place, each in enumerate(body) if (each != "").any()]
    rows = header + 1 if headed else 0
    country = _country(body, names)
    blank_top = (
        source.cells.height > 0
        and source.cells.head(1).null_count().sum_horizontal()[0] == source.cells.width
    )
    on_top = headed and header == 0 and not blank_top
    whole = Layout(delimiter, width, None, bool(holding), country, max(rows, 1), on_top)
    if not holding or (not headed and holding == filled and len(holding) > 1):
        return whole
    if not headed and len(holding) == 1 and _more_digits(body, holding[0]):
        return whole  # no header says that the rest is something else, so all of it is read
    if len(holding) > 1:
        named = [place for place in holding if headers.NUMBER.search(names[place])]
        if len(named) == 1:
            holding = named
        elif wanted is not None and (wanted == ALL_COLUMNS or wanted < width):
            holding = holding if wanted == ALL_COLUMNS else [wanted]
        else:
            found = [Column(c.place, names[c.place], c.example, c.count) for c in found]
            raise SeveralColumns(tuple(found), source=source.name, part=source.part)
    return Layout(
        delimiter, width, tuple(holding), holds=True, country=country, header=rows, headed=on_top
    )


def _header(cells: list[pl.Series]) -> tuple[bool, int]:
    """Whether rows on top hold no numbers, and which of them names the columns."""
    if not cells or not cells[0].len() or any(_is_numeric(each[0]) for each in cells):
        return False, 0
    for row in range(min(_HEADER_AMONG, cells[0].len() - 1)):
        words = [each[row] for each in cells]
        if any(map(_is_numeric, words)):
            break
        if any(headers.NUMBER.search(word) for word in words):
            return True, row
    return True, 0


def _country(body: list[pl.Series], names: list[str]) -> int | None:
    for place, name in enumerate(names):
        if headers.COUNTRY.search(name):
            cells = body[place].filter(body[place] != "")
            if cells.len() and regions.regions_of(cells).count() * 2 >= cells.len():
                return place
    return None


def _is_blank(row: pl.DataFrame) -> bool:
    return all(not (cell or "").strip() for cell in row.row(0))


def _sample(cells: pl.DataFrame) -> pl.DataFrame:
    cells = cells.head(SAMPLE * 3).fill_null("").select(pl.all().str.strip_chars())
    return cells.filter(pl.any_horizontal(pl.all().str.contains(_MARKS))).head(SAMPLE)


def _more_digits(columns: list[pl.Series], chosen: int) -> bool:
    others = (column for place, column in enumerate(columns) if place != chosen)
    return any(column.str.contains(_ENOUGH).any() for column in others)


def _delimiter(sample: pl.Series, region: str | None) -> str | None:
    """The sign that stands equally often in nearly every line, if the lines aren't numbers."""
    if sample.len() < 2:  # noqa: PLR2004 - one line alone shows no columns
        return None
    head = sample[0]
    outside = _unquoted(sample)
    for delimiter in _DELIMITERS:
        counts = outside.str.count_matches(delimiter, literal=True)
        usual = int(counts.mode().max())  # type: ignore[arg-type]
        if 0 < usual < _MOST_COLUMNS and (counts == usual).sum() * 10 >= sample.len() * 9:
            if headers.NUMBER.search(head) and not re.search(r"\d{4}", head):
                return delimiter  # a header with several columns, one of them for numbers
            single = normalise(sample, region)["e164"].is_not_null().sum()
            return delimiter if single * 2 <= sample.len() else None
    return None


def _unquoted(sample: pl.Series) -> pl.Series:
    """Lines without what stands in quotes, where a delimiter is none."""
    return sample.str.replace_all(_QUOTED, "")


def _holding(columns: list[pl.Series], region: str | None) -> list[Column]:
    """Columns half of whose cells are numbers, or would be if a country was known."""
    valid: list[Column] = []
    national: list[Column] = []
    for place, cells in enumerate(columns):
        filled = cells.filter(cells.str.contains(r"\p{Nd}{2}"))
        if filled.len() * 2 < (cells != "").sum() or not filled.len():
            continue
        read = normalise(filled, region)
        good = read["e164"].is_not_null()
        unread = read["reason"] == Reason.NO_COUNTRY
        half = (cells != "").sum()
        for fits, into in ((good, valid), (unread.fill_null(value=False), national)):
            if fits.sum() * 2 >= half:
                example = filled.filter(fits)[0][:_LONGEST_EXAMPLE]
                into.append(Column(place, "", example, int(fits.sum())))
    return valid or (national if len(national) == 1 else [])


def cell_of(lines: pl.Series, delimiter: str, place: int) -> pl.Series:
    """One cell of each line of a csv, without its quotes."""
    sign = re.escape(delimiter)
    before = rf'^(?:\s*(?:"(?:[^"]|"")*"|[^{sign}]*){sign}){{{place}}}'
    cell = rf'\s*(?:"((?:[^"]|"")*)"|([^{sign}]*))'
    text = pl.col("text")
    quoted = text.str.extract(before + cell, 1).str.replace_all('""', '"', literal=True)
    bare = text.str.extract(before + cell, 2)
    return (
        lines.to_frame("text")
        .select(pl.coalesce(quoted, bare, pl.lit("")).str.strip_chars())
        .to_series()
    )


def _is_numeric(cell: str) -> bool:
    return sum(map(str.isdigit, cell)) > len(cell) // 2
