"""Blocks of numbers, held against sets of numbers."""

import random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets.base import blocks
from sheets.base.blocks import Blocks, bits_of, blocks_of, bytes_of, pack, unpack
from sheets.lists.density import densest

FIRST = 447_400_000_000
NUMBERS = st.integers(FIRST, FIRST + 5 * blocks.SIZE) | st.integers(10**6, 10**15 - 1)
SETS = st.sets(NUMBERS, max_size=60)


def members(found: Blocks) -> set[int]:
    """Return the numbers of blocks, digit by digit."""
    return {
        int(f"{block}{place:03}")
        for block, bits in found.items()
        for place in range(1000)
        if bits >> place & 1
    }


@given(SETS)
def test_blocks_hold_exactly_their_numbers(numbers: set[int]) -> None:
    """Protects the count of a sweep: no number is lost, invented or counted twice."""
    found = blocks_of([*numbers, *numbers])
    assert members(found) == numbers
    assert sum(bits.bit_count() for bits in found.values()) == len(numbers)
    assert {int(str(number)[:-3]) for number in numbers} == set(found)
    assert unpack(pack(found)) == found
    assert all(len(bytes_of(bits)) == 125 for bits in found.values())
    assert {block: bits_of(bytes_of(bits)) for block, bits in found.items()} == found


@given(SETS, SETS)
def test_together_they_hold_what_either_holds(one: set[int], other: set[int]) -> None:
    """Protects the sum over lists and days."""
    first, second = blocks_of(one), blocks_of(other)
    both = {key: first.get(key, 0) | second.get(key, 0) for key in {*first, *second}}
    assert both == blocks_of(one | other)


@given(SETS, st.randoms(use_true_random=False))
def test_the_densest_blocks_are_chosen(numbers: set[int], chance: random.Random) -> None:
    """Protects the choice of blocks: none with a single number, the fullest, then the lowest."""
    shuffled = chance.sample(sorted(numbers), len(numbers))
    by_block: dict[int, set[int]] = {}
    for number in sorted(numbers):
        by_block.setdefault(int(str(number)[:-3]), set()).add(number)
    several = {block: held for block, held in by_block.items() if len(held) > 1}
    fullest = sorted(several, key=lambda block: (-len(several[block]), block))[:3]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(blocks, "MOST", 3)
        found = densest(pl.Series(shuffled, dtype=pl.Int64))
    assert {block: members({block: bits}) for block, bits in found.items()} == {
        block: several[block] for block in fullest
    }


@pytest.mark.parametrize(
    "data",
    [
        b"x",
        pack({7: 1})[:-1],
        pack({7: 0}),
        pack({7: 1}) * 2,
        pack(dict.fromkeys(range(blocks.MOST + 1), 1)),
    ],
    ids=["noise", "cut", "empty", "twice", "too many"],
)
def test_what_are_no_blocks(data: bytes) -> None:
    """Protects the bot from a process that a file has taken over."""
    with pytest.raises(ValueError, match="blocks"):
        unpack(data)
