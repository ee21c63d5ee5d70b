"""The roles of columns: which hold numbers, which of these is meant, which names countries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from sheets.files.documents import Column, SeveralColumns
from sheets.files.sources import Source
from sheets.lists.columns import headers
from sheets.lists.columns.evidence import Evidence
from sheets.phones import regions

ALL_COLUMNS = -1
"""Instead of a place: all columns that could be meant."""

MOST_CHOICES = 12
"""Columns of a table that are offered instead of the one that was read."""

Why = Literal["text", "header", "content", "same", "book", "chosen", "everywhere"]
"""Why these columns are read: it is no table; the header says so; nothing else looks like numbers;
all others say the same; a phone book has several for each contact; the person chose; no header
says that any column is something else."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The columns to read, none to read whole rows, and why."""

    places: tuple[int, ...] | None
    why: Why


def meant(
    source: Source,
    evidence: Sequence[Evidence],
    names: Sequence[str],
    wanted: int | None,
    *,
    headed: bool,
) -> Chosen:
    """Return the columns that are meant: those that the person chose, where they hold numbers.

    Raises:
        SeveralColumns: it can't be told, or only columns that say they are something else hold
            numbers.
    """
    chosen = tuple(each.place for each in evidence if each.place == wanted and each.readable)
    if chosen:  # of another sheet of the file it may be no column
        return Chosen(chosen, "chosen")
    named = [each for each in evidence if each.kind == "phone" and each.readable]
    found = named or _by_content(evidence)
    if not found:
        # Columns that are called something else are asked about; without any there are no numbers.
        doubtful = [each for each in evidence if each.mostly]
        return _asked(source, doubtful, names, wanted) if doubtful else Chosen(None, "text")
    plain = _plainly(evidence, found, names, headed=headed)
    if plain is None:
        return _asked(source, found, names, wanted)
    return _all_offered(evidence, plain) if wanted == ALL_COLUMNS else plain


def _plainly(
    evidence: Sequence[Evidence], found: Sequence[Evidence], names: Sequence[str], *, headed: bool
) -> Chosen | None:
    """Return the columns that are meant if content or headers leave no doubt."""
    if not headed and _are_everywhere(evidence, found):
        return Chosen(None, "everywhere")
    is_named = found[0].kind == "phone"
    differing = _differing(found)
    if len(differing) == 1 and (is_named or differing[0].sure or differing[0].national):
        why: Why = "same" if len(found) > 1 else "header" if is_named else "content"
        return Chosen((differing[0].place,), why)
    if is_named and headers.one_phone_book([names[each.place] for each in found]):
        return Chosen(tuple(each.place for each in found), "book")
    return None


def _by_content(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the columns of numbers; without any, the only one whose numbers lack a country."""
    # Also one that is called something else, but whose cells have plus signs.
    open_ = [
        each
        for each in evidence
        if each.kind in {"none", "country"}
        or (each.kind == "other" and each.plus * 2 >= each.filled > 0 and each.mostly)
    ]
    found = [each for each in open_ if each.mostly]
    national = [each for each in open_ if each.mostly_national]
    return found or (national if len(national) == 1 else [])


def _differing(found: Sequence[Evidence]) -> list[Evidence]:
    """Leave out columns that repeat the numbers of one before, such as our own E.164."""
    kept: list[Evidence] = []
    for each in sorted(found, key=lambda each: (-len(each.values), each.place)):
        repeats = each.values and not each.national and any(each.values <= k.values for k in kept)
        if not repeats:
            kept.append(each)
    return sorted(kept, key=lambda each: each.place)


def _are_everywhere(evidence: Sequence[Evidence], found: Sequence[Evidence]) -> bool:
    """Tell whether whole rows are read where no header says that the rest is something else."""
    others = [each for each in evidence if each not in found]
    if any(each.numbers or each.codes for each in others):
        return False  # some of these would be numbers by chance
    alone = not any(each.filled for each in others)
    return len(found) == 1 or (alone and all(e.plus * 2 >= e.filled for e in found))


def _asked(
    source: Source, found: Sequence[Evidence], names: Sequence[str], wanted: int | None
) -> Chosen:
    if wanted == ALL_COLUMNS:
        return Chosen(tuple(each.place for each in found), "chosen")
    if wanted is not None and wanted < len(names):
        return Chosen((wanted,), "chosen")
    raise SeveralColumns(_named(found, names), source=source.name, part=source.part)


def choices(evidence: Sequence[Evidence], names: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns that may be read instead of others: all with numbers, where several."""
    offered = _offered(evidence)
    return _named(offered, names) if len(offered) > 1 else ()


def _all_offered(evidence: Sequence[Evidence], plain: Chosen) -> Chosen:
    """Return all columns with numbers instead of the one that was read, where several are."""
    places = tuple(each.place for each in _offered(evidence))
    return Chosen(places, "chosen") if len(places) > 1 else plain


def _offered(evidence: Sequence[Evidence]) -> list[Evidence]:
    found = [each for each in evidence if each.mostly or (each.kind == "phone" and each.readable)]
    return found[:MOST_CHOICES]


def _named(found: Sequence[Evidence], names: Sequence[str]) -> tuple[Column, ...]:
    return tuple(
        Column(each.place, names[each.place], each.example, each.readable) for each in found
    )


def country_column(columns: Sequence[pl.Series], names: Sequence[str]) -> int | None:
    """Return the place of a column that is named so and holds countries in half of its cells."""
    for place, name in enumerate(names):
        if headers.COUNTRY.search(name):
            cells = columns[place].filter(columns[place] != "")
            if cells.len() and regions.regions_of(cells).count() * 2 >= cells.len():
                return place
    return None
