"""Several lists that are given together, each read in its own way."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sheets.base.table import Traced
from sheets.lists import intake
from sheets.lists.gathering import Part


@dataclass(frozen=True, slots=True)
class OneList:
    """The parts of a list among several, and how it is read: as in `intake.read`."""

    parts: Sequence[Part]
    region: str | None
    wishes: Collection[str]


def trace_all(lists: Sequence[OneList]) -> list[Traced]:
    """Return what `intake.trace` gives for each of these lists; their parts are counted through."""
    traced, above = [], 0
    for one in lists:
        for each in intake.trace(one.parts, one.region, wishes=one.wishes):
            table = replace(each.table, part=each.table.part + above)
            traced.append(replace(each, table=table))
        above += len(one.parts)
    return traced
