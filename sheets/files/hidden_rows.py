"""Rows that a sheet doesn't show: hidden by hand, in a closed group, or by a filter."""

import re
from array import array

import polars as pl

from sheets.files.documents import HarmfulFile

MOST_RANGES = 1 << 20
"""Of rows that follow each other, in one sheet; an xlsx has as many rows."""

_ROW = re.compile(r"<(?:[^\s<>/:]+:)?row(?=[\s/>])[^<>]*+")
_HIDDEN = re.compile(r"""\shidden\s*=\s*["'](?:1|true)["']""")
_PLACE = re.compile(r"""\sr\s*=\s*["']([0-9]{1,7})["']""")


class HiddenRows:
    """The hidden rows of one sheet, as ranges. Rows count from 0."""

    def __init__(self) -> None:
        self._ranges: list[tuple[int, int]] = []

    def add(self, row: int, count: int = 1) -> None:
        """Take in rows that are hidden, in any order.

        Raises HarmfulFile: more than `MOST_RANGES`.
        """
        if self._ranges and self._ranges[-1][1] == row:
            self._ranges[-1] = (self._ranges[-1][0], row + count)
        else:
            self._ranges.append((row, row + count))
        if len(self._ranges) > MOST_RANGES:
            raise HarmfulFile("size")

    def look(self, text: str) -> bool:
        """Take in a piece of an xlsx sheet; False if a hidden row doesn't say which one it is."""
        for row in _ROW.findall(text):
            if _HIDDEN.search(row):
                place = _PLACE.search(row)
                if place is None:
                    return False
                self.add(int(place[1]) - 1)
        return True

    def rows(self, height: int) -> pl.Series:
        """Return the rows in order, each once (UInt32), of a sheet with so many."""
        rows = array("I")
        last = 0
        for start, end in sorted(self._ranges):
            rows.extend(range(max(start, last, 0), min(end, height)))
            last = max(last, end)
        return pl.Series(rows, dtype=pl.UInt32)
