"""Numbers that are never to be checked: blocks of their digests, and lists held against them.

A block is the key of its digests, and these, eight bytes each, in their order.
"""

from array import array
from collections.abc import Sequence

import polars as pl

from sheets.memory.digests import KEY_BYTES, digests_of


def digests(numbers: pl.Series, key: bytes) -> bytes:
    """Write the digests of E.164 numbers with their +, without the key."""
    return array("q", digests_of(numbers, key).sort().to_list()).tobytes()


class Exclusions:
    """Several blocks; nearly always they have one key."""

    def __init__(self, data: bytes, sizes: Sequence[int]) -> None:
        """data: The blocks, one after the other; sizes: of each, in bytes."""
        by_key: dict[bytes, list[pl.Series]] = {}
        whole, start = memoryview(data), 0
        for size in sizes:
            key, held = whole[start : start + KEY_BYTES], whole[start + KEY_BYTES : start + size]
            series = pl.Series("digest", held.cast("q").tolist(), dtype=pl.Int64)
            by_key.setdefault(bytes(key), []).append(series)
            start += size
        self._held = {key: pl.concat(some).to_frame() for key, some in by_key.items()}

    def has(self, numbers: pl.Series) -> pl.Series:
        """Tell for each E.164 number with its + whether it is among them."""
        places = [pl.Series("place", dtype=pl.UInt32)]
        for key, held in self._held.items():
            asked = pl.DataFrame({"digest": digests_of(numbers, key)}).with_row_index("place")
            places.append(asked.join(held, on="digest", how="semi")["place"])
        return pl.int_range(numbers.len(), dtype=pl.UInt32, eager=True).is_in(pl.concat(places))
