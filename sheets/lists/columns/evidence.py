"""What speaks for a column: what its header says, and what stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from sheets.lists.columns.headers import Kind, kind_of
from sheets.lists.cuts.preparing import prepared
from sheets.lists.cuts.splitting import split
from sheets.phones.e164 import Notation, read_numbers
from sheets.phones.reasons import Reason

LONGEST_EXAMPLE = 40

_MARKED = r"^\D{0,3}(?:\+|00)\s?\(?[1-9]"
_CODE = r"^\s*[0-9]{8,13}\s*$"

_EAN_LENGTHS = (8, 12, 13, 14)
_FEWEST_EANS = 3
_MOST_CHECKED = 50


@dataclass(frozen=True, slots=True)
class Evidence:
    """One column of a sample.

    kind: what its header says. filled: cells that aren't blank. numbers: of these, the ones with a
    number. national: those that lack nothing but a country. plus: those with a plus sign.
    codes: cells with nothing but as many digits as a number has. values: the numbers, each once.
    """

    place: int
    kind: Kind
    filled: int = 0
    numbers: int = 0
    national: int = 0
    plus: int = 0
    example: str = ""
    codes: int = 0
    values: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def readable(self) -> int:
        """Cells that are numbers, or would be if a country was known."""
        return self.numbers + self.national

    @property
    def mostly(self) -> bool:
        """True if half of the cells are numbers."""
        return 0 < self.filled <= self.numbers * 2

    @property
    def mostly_national(self) -> bool:
        """True if half of the cells are numbers or lack nothing but a country."""
        return 0 < self.filled <= self.readable * 2

    @property
    def sure(self) -> bool:
        """True if what stands in it could hardly be anything but phone numbers."""
        return self.plus * 2 >= self.filled or self.numbers * 10 >= self.filled * 9


def gathered(
    columns: Sequence[pl.Series], names: Sequence[str], region: str | None
) -> list[Evidence]:
    """Look at all columns of a sample at once; one after the other a thousand take minutes."""
    filled = [cells.filter(cells != "") for cells in columns]
    likely = [cells.filter(cells.str.contains(r"\p{Nd}{2}")) for cells in filled]
    lengths = [each.len() for each in likely]
    if not sum(lengths):
        return [Evidence(place, kind_of(name)) for place, name in enumerate(names)]
    every = prepared(pl.concat(likely))
    read = _read(every, Notation(region))
    found, start = [], 0
    for place, (name, cells, some) in enumerate(zip(names, filled, likely, strict=True)):
        mine = read.filter(pl.col("row").is_between(start, start + some.len(), closed="left"))
        marked = every.slice(start, some.len()).str.contains(_MARKED)
        start += some.len()
        hits = mine.filter(pl.col("number").is_not_null())
        shown = mine.filter(pl.col("number").is_not_null() | pl.col("national"))
        first = shown["row"].min()
        # All have the check digit of a barcode, which one number in ten has by chance.
        is_code = some.len() >= _FEWEST_EANS and all(map(_is_ean, some.head(_MOST_CHECKED)))
        found.append(
            Evidence(
                place,
                kind_of(name),
                filled=cells.len(),
                numbers=0 if is_code else hits["row"].n_unique(),
                national=0 if is_code else shown["row"].n_unique() - hits["row"].n_unique(),
                plus=int(marked.sum()),
                # Counted from the end: `start` is that of the next column already.
                example="" if first is None else some[int(str(first)) - start][:LONGEST_EXAMPLE],
                codes=int(some.str.contains(_CODE).sum()),
                values=frozenset(hits["number"].to_list()),
            )
        )
    return found


def _read(texts: pl.Series, notation: Notation) -> pl.DataFrame:
    """Return row, number and national of everything found in these cells."""
    numbers, failed = read_numbers(texts, notation)
    rows = pl.DataFrame({"text": texts, "number": numbers}).with_row_index("row")
    whole = rows.drop_nulls("number").select("row", "number", national=pl.lit(value=False))
    lines = rows.filter(numbers.is_null()).select("row", "text").with_columns(failed["reason"])
    unread = (pl.col("reason") == Reason.NO_COUNTRY).fill_null(value=False)
    pieces = split(lines, notation).select("row", "number", national=unread)
    return pl.concat([whole, pieces])


def _is_ean(cell: str) -> bool:
    if len(cell) not in _EAN_LENGTHS or not (cell.isascii() and cell.isdigit()):
        return False
    weighted = (int(digit) * (3, 1)[at % 2] for at, digit in enumerate(reversed(cell[:-1])))
    return (sum(weighted) + int(cell[-1])) % 10 == 0
