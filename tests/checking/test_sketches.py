"""Sketches: how much two lists have in common, told without their numbers."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from checking.memory.sketches import share
from sheets.memory.sketch import SIZE, sketch
from storage.lists.sketches import Sketch

KEY = bytes(range(32))
PLACES = st.sets(st.integers(0, 60), min_size=1)


def sketched(places: list[int], salt: str = "salt", key: bytes = KEY) -> Sketch:
    """Return the sketch of a list of these numbers."""
    numbers = pl.Series([f"+{447_400_000_000 + place}" for place in places])
    return Sketch(salt, sketch(numbers, key))


@given(PLACES, PLACES)
def test_of_short_lists_the_share_is_exact(one: set[int], other: set[int]) -> None:
    """Protects short lists: as long as both fit into their sketches, nothing is estimated."""
    found = share(sketched([*one]), sketched([*other]), (len(one), len(other)))
    assert round(found * max(len(one), len(other)), 6) == len(one & other)


def test_of_long_lists_the_share_is_near() -> None:
    """Protects long lists: a third is told from a fifth and from a half."""
    first = list(range(30_000))
    for common in (0.2, 0.5, 0.9):
        second = list(range(round(30_000 * (1 - common)), round(30_000 * (2 - common))))
        found = share(sketched(first), sketched(second), (30_000, 30_000))
        assert abs(found - common) < 0.12


def test_other_keys_have_nothing_in_common() -> None:
    """Protects chats from each other: digests of two keys aren't compared."""
    one = sketched([1, 2, 3])
    assert share(one, sketched([1, 2, 3], "other", bytes(32)), (3, 3)) == 0
    assert len(one.digests) == 24
    assert len(sketched(list(range(1000))).digests) == 8 * SIZE
