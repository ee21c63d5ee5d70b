"""Numbers that are never to be checked, against plain sets."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.lists.accounts import account, kept_of
from sheets.lists.gathering import Part
from sheets.lists.intake import from_upload, read
from sheets.memory.digests import KEY_BYTES
from sheets.memory.exclusions import Exclusions, digests
from sheets.phones.reasons import Reason
from sheets.work import exclusions as work
from sheets.work.lists import integers

KEY, OTHER = bytes(range(KEY_BYTES)), bytes(KEY_BYTES)
NUMBERS = st.lists(st.integers(447400000000, 447400000029), max_size=40)
BLOCKS = st.lists(st.tuples(NUMBERS, st.sampled_from((KEY, OTHER))), max_size=4)


def written(*numbers: int) -> pl.Series:
    """Return numbers as they are submitted."""
    return pl.Series("number", [f"+{number}" for number in numbers], dtype=pl.String)


def exclusions_of(blocks: list[tuple[list[int], bytes]]) -> Exclusions:
    """Return what these blocks exclude."""
    made = [key + digests(written(*numbers), key) for numbers, key in blocks]
    return Exclusions(b"".join(made), [len(each) for each in made])


@settings(max_examples=60)
@given(NUMBERS, BLOCKS)
def test_what_is_held_is_what_was_named(
    asked: list[int], blocks: list[tuple[list[int], bytes]]
) -> None:
    """Protects numbers that must not be asked about, and all others from being left out."""
    named = {number for numbers, _ in blocks for number in numbers}
    assert exclusions_of(blocks).has(written(*asked)).to_list() == [n in named for n in asked]


@settings(max_examples=60)
@given(st.lists(NUMBERS.map(lambda some: some[:3]), min_size=1, max_size=12), BLOCKS)
def test_kept_and_left_out_are_the_list(
    lines: list[list[int]], blocks: list[tuple[list[int], bytes]]
) -> None:
    """Protects the counts that people are told: nothing is lost, and nothing stands twice."""
    text = "\n".join(", ".join(f"+{number}" for number in line) or "nobody" for line in lines)
    parts = [Part("a.txt", (text + "\n+4930901820").encode(), "document")]
    is_excluded = exclusions_of(blocks).has
    named = {f"+{number}" for numbers, _ in blocks for number in numbers}
    whole, some = read(parts), read(parts, is_excluded=is_excluded)
    assert some.numbers.to_list() == [each for each in whole.numbers if each not in named]
    assert some.told.offers.excluded == whole.numbers.len() - some.numbers.len()
    out = some.left_out.filter(pl.col("reason") == Reason.EXCLUDED)
    assert some.total == whole.total
    assert some.total == some.numbers.len() + some.duplicates + some.rejected + out.height
    assert some.rejected == whole.rejected
    rows = kept_of(account(parts), integers(some.numbers)).rows
    kept = rows.filter(pl.col("number").is_not_null())
    assert integers(some.numbers).to_list() == kept["number"].unique(maintain_order=True).to_list()
    assert (rows["reason"] == Reason.EXCLUDED.value).sum() == out.height
    assert rows["again"].sum() == some.duplicates


@settings(max_examples=60)
@given(NUMBERS, NUMBERS)
def test_two_lists_share_a_list_between_them(first: list[int], second: list[int]) -> None:
    """Protects what is made of two lists: in both and not in the other are the whole."""
    first, second = list(dict.fromkeys(first)), list(dict.fromkeys(second))
    posted, other = ("".join(f"+{n}\n" for n in some).encode() for some in (first, second))
    common, without = (
        from_upload(work.compare(posted, other, common=common)[1][0]).to_list()
        for common in (True, False)
    )
    assert common == [f"+{n}" for n in first if n in second]
    assert without == [f"+{n}" for n in first if n not in second]


def test_digests_tell_nothing_of_their_numbers() -> None:
    """Protects numbers from whoever reads a block: they are in no order of theirs."""
    some = list(range(447400000000, 447400000100))
    block = digests(written(*some), KEY)
    assert len(block) == 8 * len(some)
    assert block == digests(written(*reversed(some)), KEY) != digests(written(*some), OTHER)
