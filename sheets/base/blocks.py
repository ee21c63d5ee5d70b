"""Blocks: a thousand numbers each, which differ in their last three digits only.

Lists that people have hold few numbers of a block; who tries a range of numbers holds many.
"""

import struct
from collections.abc import Iterable, Mapping

SIZE = 1000
MOST = 300
"""Blocks of one list that are looked at."""
_RECORD = struct.Struct(f">Q{SIZE // 8}s")

Blocks = dict[int, int]
"""Some numbers of each block: bit n of the value is set for the number block * SIZE + n."""


def blocks_of(numbers: Iterable[int]) -> Blocks:
    """Return the blocks of these numbers."""
    found: Blocks = {}
    for number in numbers:
        block, place = divmod(number, SIZE)
        found[block] = found.get(block, 0) | 1 << place
    return found


def bytes_of(bits: int) -> bytes:
    """Write the numbers of one block."""
    return bits.to_bytes(SIZE // 8, "little")


def bits_of(data: bytes) -> int:
    """Read what `bytes_of` wrote."""
    return int.from_bytes(data, "little")


def pack(blocks: Mapping[int, int]) -> bytes:
    """Write blocks."""
    return b"".join(_RECORD.pack(block, bytes_of(bits)) for block, bits in blocks.items())


def unpack(data: bytes) -> Blocks:
    """Read what `pack` wrote. Raises ValueError for anything else, and for more than MOST."""
    if len(data) % _RECORD.size or len(data) > MOST * _RECORD.size:
        raise ValueError(f"{len(data)} bytes of blocks")
    blocks = {block: bits_of(bits) for block, bits in _RECORD.iter_unpack(data)}
    if len(blocks) * _RECORD.size != len(data) or not all(blocks.values()):
        raise ValueError("blocks that are empty, or there twice")
    return blocks
