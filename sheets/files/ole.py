"""Streams in OLE containers (MS-CFB): chains of sectors, as old Office programs write them."""

import struct
from collections.abc import Container

_HEADER = 512
_END_OF_CHAIN = 0xFFFFFFF0  # this and above are no sectors


def stream(data: bytes, names: Container[str]) -> bytes:
    """Return the first stream with one of these names, in lower case; empty if there is none.

    A stream below the container's cutoff (usually 4096 bytes) counts as empty.

    Raises:
        struct.error, IndexError: a broken chain of sectors.
    """
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    first, = struct.unpack_from("<I", data, 48)  # fmt: skip
    table = _allocation(data, size)
    directory = _chain(data, size, table, first)
    for entry in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, entry + 64)[0]
        name = directory[entry : entry + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        if name.lower() in names:
            begin, size_of = struct.unpack_from("<II", directory, entry + 116)
            if size_of < struct.unpack_from("<I", data, 56)[0]:
                return b""  # stored in the small sectors
            return _chain(data, size, table, begin)[:size_of]
    return b""


def _allocation(data: bytes, size: int) -> list[int]:
    """Return the allocation table: the next sector of each sector."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    more, count = struct.unpack_from("<II", data, 68)
    per = size // 4
    while more < _END_OF_CHAIN and count > 0 and len(sectors) * size < len(data) + size * 110:
        block = struct.unpack_from(f"<{per}I", data, _HEADER + more * size)
        sectors += block[:-1]
        more, count = block[-1], count - 1
    table: list[int] = []
    for sector in sectors:
        if sector < _END_OF_CHAIN and (sector + 1) * size + size <= len(data) + size:
            piece = data[(sector + 1) * size : (sector + 2) * size].ljust(size, b"\xff")
            table += struct.unpack(f"<{per}I", piece)
    return table


def _chain(data: bytes, size: int, table: list[int], sector: int) -> bytes:
    pieces = []
    left = len(data) // size + 1  # ends a circular chain
    while sector < _END_OF_CHAIN and left > 0:
        pieces.append(data[(sector + 1) * size : (sector + 2) * size])
        sector, left = table[sector], left - 1
    return b"".join(pieces)
