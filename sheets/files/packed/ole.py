"""Streams in OLE containers (MS-CFB): chains of sectors, as old Office programs write them."""

import struct
from collections.abc import Iterator, Sequence

_HEADER = 512
_END_OF_CHAIN = 0xFFFFFFF0  # this and above are no sectors
_SMALL = 4096  # bytes below which a stream lies in the small sectors
_SMALL_SECTOR = 64
_ENTRY = 128  # bytes of an entry in the directory
_LAST, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR, _SHIFT = 4096, 12  # of containers that are written here
_IN_HEADER = 109  # sectors of the allocation table that the header names


def stream(data: bytes, names: Sequence[str]) -> bytes:
    """Return the stream with the first of these names, in lower case; empty if there is none.

    Raises:
        struct.error, IndexError: a broken chain of sectors.
        ValueError: a chain that runs in a circle.
    """
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    first, = struct.unpack_from("<I", data, 48)  # fmt: skip
    table = _allocation(data, size)
    whole = memoryview(data)[size:]
    found = dict(_directory(_chain(whole, size, table, first)))
    root = found.get("root entry", (_END_OF_CHAIN, 0))
    for name in names:
        if name not in found:
            continue
        begin, length = found[name]
        if length >= _SMALL:
            return _chain(whole, size, table, begin)[:length]
        small, = struct.unpack_from("<I", data, 60)  # fmt: skip
        smalls = _chain(whole, size, table, small)
        small_table = struct.unpack(f"<{len(smalls) // 4}I", smalls)
        inside = memoryview(_chain(whole, size, table, root[0]))
        return _chain(inside, _SMALL_SECTOR, small_table, begin)[:length]
    return b""


def _directory(entries: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield name in lower case, first sector and length; of two with one name the first is read."""
    for entry in range(len(entries) // _ENTRY - 1, -1, -1):
        place = entry * _ENTRY
        length = struct.unpack_from("<H", entries, place + 64)[0]
        name = entries[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        yield name.lower(), struct.unpack_from("<II", entries, place + 116)


def _allocation(data: bytes, size: int) -> list[int]:
    """Return the allocation table: the next sector of each sector."""
    sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
    more, count = struct.unpack_from("<II", data, 68)
    per = size // 4
    most = len(data) // (size * per) + _IN_HEADER + 1  # so many tables describe all of the file
    while more < _END_OF_CHAIN and count > 0 and len(sectors) < most:
        block = struct.unpack_from(f"<{per}I", data, _HEADER + more * size)
        sectors += block[:-1]
        more, count = block[-1], count - 1
    table: list[int] = []
    for sector in sectors[:most]:
        if sector < _END_OF_CHAIN and (sector + 1) * size + size <= len(data) + size:
            piece = data[(sector + 1) * size : (sector + 2) * size].ljust(size, b"\xff")
            table += struct.unpack(f"<{per}I", piece)
    return table


def _chain(whole: memoryview, size: int, table: Sequence[int], sector: int) -> bytes:
    pieces = []
    left = len(whole) // size + 1
    while sector < _END_OF_CHAIN:
        if left == 0:
            raise ValueError("a circle of sectors")
        pieces.append(whole[sector * size : (sector + 1) * size])
        sector, left = table[sector], left - 1
    return b"".join(pieces)


def container(name: str, content: bytes) -> bytes:
    """Return an OLE container with this one stream, which zeros lengthen to the large sectors."""
    content = content.ljust(_SMALL, b"\x00")
    sectors = -(-len(content) // _SECTOR)
    others = 2  # the directory, and a small stream, which readers want to see
    per = _SECTOR // 4
    tables = 1
    while tables * per < sectors + others + tables:
        tables += 1
    chain = [_LAST, _LAST, *range(others + 1, others + sectors), _LAST, *[_TABLE] * tables]
    head = struct.pack(
        "<8s16s6H10I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        bytes(16),
        *(0x3E, 4, 0xFFFE, _SHIFT, 6, 0),
        *(0, 1, tables, 0, 0, _SMALL, _LAST, 0, _LAST, 0),
    )
    named = [*range(others + sectors, others + sectors + tables)]
    head += struct.pack(f"<{_IN_HEADER}I", *named, *[_FREE] * (_IN_HEADER - tables))
    directory = _entry("Root Entry", 5, 1, _SMALL_SECTOR) + _entry(name, 2, others, len(content))
    table = struct.pack(f"<{len(chain)}I", *chain)
    return b"".join(
        [
            head.ljust(_SECTOR, b"\x00"),
            directory.ljust(_SECTOR, b"\x00"),
            bytes(_SECTOR),
            content.ljust(sectors * _SECTOR, b"\x00"),
            table.ljust(tables * _SECTOR, b"\xff"),
        ]
    )


def _entry(name: str, kind: int, sector: int, length: int) -> bytes:
    written = name.encode("utf-16-le")
    child = 1 if kind == 5 else _FREE  # noqa: PLR2004 - the root, above the only stream
    return struct.pack(
        "<64sHBB3I16sI2QIQ",
        written, len(written) + 2, kind, 1, _FREE, _FREE, child, bytes(16), 0, 0, 0, sector, length,
    )  # fmt: skip
