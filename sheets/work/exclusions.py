"""Numbers that are never to be checked, and those that two lists have in common, or not."""

from collections.abc import Sequence
from typing import Any

from sheets.lists import intake
from sheets.memory import exclusions
from sheets.work.lists import files_of

Made = tuple[dict[str, Any], list[bytes]]


def digest(posted: bytes, key: bytes) -> Made:
    """Give the digests of a list's numbers under a key."""
    numbers = intake.from_upload(posted)
    return {"what": "numbers", "count": numbers.len()}, [exclusions.digests(numbers, key)]


def leave_out(posted: bytes, held: bytes, *, excluded: Sequence[int]) -> Made:
    """Give the numbers of a list that aren't excluded; held, excluded: as for `read_list`."""
    numbers = intake.from_upload(posted)
    chosen = numbers.filter(~exclusions.Exclusions(held, excluded).has(numbers))
    return {"what": "numbers", "count": chosen.len()}, files_of(chosen)


def compare(posted: bytes, other: bytes, *, common: bool) -> Made:
    """Give the numbers of a list that another one has, too, or those that it hasn't."""
    numbers = intake.from_upload(posted).to_frame("number")
    others = intake.from_upload(other).to_frame("number")
    chosen = numbers.join(
        others, on="number", how="semi" if common else "anti", maintain_order="left"
    )["number"]
    return {"what": "numbers", "count": chosen.len()}, files_of(chosen)
