"""The roles of columns: which hold numbers, which of these is meant, which names countries."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from sheets.files.documents import Column, SeveralColumns
from sheets.files.sources import Source
from sheets.lists.columns import headers
from sheets.phones import regions
from sheets.phones.e164 import normalise
from sheets.phones.reasons import Reason

ALL_COLUMNS = -1
"""Instead of a place: all columns that could be meant."""

_ENOUGH = r"(?:\p{Nd}[^\p{Nd}]*){9}"  # digits that could be a number
_LONGEST_EXAMPLE = 40


def number_columns(columns: Sequence[pl.Series], region: str | None) -> list[Column]:
    """Return the columns half of whose cells are numbers; they have no header yet.

    Without any, the only column whose numbers lack nothing but a country.
    """
    likely: dict[int, tuple[pl.Series, int]] = {}
    for place, cells in enumerate(columns):
        filled = cells.filter(cells.str.contains(r"\p{Nd}{2}"))
        half = int((cells != "").sum())
        if not filled.is_empty() and filled.len() * 2 >= half:
            likely[place] = filled, half
    if not likely:
        return []
    # All at once: of a thousand columns one after the other would take minutes.
    every = normalise(pl.concat([filled for filled, _ in likely.values()]), region)
    valid: list[Column] = []
    national: list[Column] = []
    start = 0
    for place, (filled, half) in likely.items():
        read = every.slice(start, filled.len())
        start += filled.len()
        good = read["e164"].is_not_null()
        unread = (read["reason"] == Reason.NO_COUNTRY).fill_null(value=False)
        for fits, into in ((good, valid), (unread, national)):
            if fits.sum() * 2 >= half:
                example = filled.filter(fits)[0][:_LONGEST_EXAMPLE]
                into.append(Column(place, "", example, int(fits.sum())))
    return valid or (national if len(national) == 1 else [])


def numbers_everywhere(columns: Sequence[pl.Series], found: Sequence[Column]) -> bool:
    """True if a table without a header may have numbers in more columns than those `found`.

    Then whole rows are read: no header says that the rest is something else.
    """
    places = [column.place for column in found]
    if len(places) > 1:
        return places == [place for place, each in enumerate(columns) if (each != "").any()]
    others = (each for place, each in enumerate(columns) if place not in places)
    return any(each.str.contains(_ENOUGH).any() for each in others)


def meant(
    source: Source, found: Sequence[Column], names: Sequence[str], wanted: int | None
) -> tuple[int, ...]:
    """Return the places of the columns to read: the only one, the one named so, or the wanted.

    Raises:
        SeveralColumns: it can't be told.
    """
    places = tuple(column.place for column in found)
    named = tuple(place for place in places if headers.NUMBER.search(names[place]))
    if len(places) == 1:
        return places
    if len(named) == 1:
        return named
    if wanted == ALL_COLUMNS:
        return places
    if wanted is not None and wanted < len(names):
        return (wanted,)
    columns = tuple(replace(column, header=names[column.place]) for column in found)
    raise SeveralColumns(columns, source=source.name, part=source.part)


def country_column(columns: Sequence[pl.Series], names: Sequence[str]) -> int | None:
    """Return the place of a column that is named so and holds countries in half of its cells."""
    for place, name in enumerate(names):
        if headers.COUNTRY.search(name):
            cells = columns[place].filter(columns[place] != "")
            if cells.len() and regions.regions_of(cells).count() * 2 >= cells.len():
                return place
    return None
