"""Zips written by hand, so that each of their fields may lie."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

STORED, DEFLATED, DEFLATE64, BZIP2, LZMA, ZSTANDARD, PPMD = 0, 8, 9, 12, 14, 93, 98
MEGABYTE = 1 << 20

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_DATE = 0x5A21
_LAST_BLOCK = b"\x03\x00"


@dataclass(frozen=True, slots=True)
class Entry:
    """A member. `size`: as declared. `over`: the member whose bytes it shares, by place."""

    name: str
    packed: bytes
    method: int = STORED
    size: int | None = None
    crc: int = 0
    flags: int = 0
    extra: bytes = b""
    over: int | None = None


def zip_of(entries: Sequence[Entry]) -> bytes:
    """Write a zip with these members."""
    body, central = bytearray(), bytearray()
    starts: list[int] = []
    for entry in entries:
        start = len(body) if entry.over is None else starts[entry.over]
        starts.append(start)
        name = entry.name.encode()
        size = len(entry.packed) if entry.size is None else entry.size
        told = (entry.flags, entry.method, 0, _DATE, entry.crc, len(entry.packed), size)
        if entry.over is None:
            body += _LOCAL.pack(b"PK\x03\x04", 20, *told, len(name), len(entry.extra))
            body += name + entry.extra + entry.packed
        more = (len(name), len(entry.extra), 0, 0, 0, 0, start)
        central += _CENTRAL.pack(b"PK\x01\x02", 20, 20, *told, *more) + name + entry.extra
    count = min(len(entries), 0xFFFF)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(central), len(body), 0)
    return bytes(body + central + end)


def stored(name: str, data: bytes) -> Entry:
    """A member as it is."""
    return Entry(name, data, crc=zlib.crc32(data))


def deflated(name: str, data: bytes) -> Entry:
    """An honest member."""
    return repeated(name, data, 1)


def repeated(name: str, piece: bytes, times: int, *, packed_to: int = 0) -> Entry:
    """A member that unpacks to a piece many times over, made as fast as one of them.

    packed_to: Bytes to which it is padded, behind its end.
    """
    packed = deflate(piece, times)
    crc = 0
    for _ in range(times):
        crc = zlib.crc32(piece, crc)
    return Entry(name, packed.ljust(packed_to, b"\0"), DEFLATED, len(piece) * times, crc)


def deflate(piece: bytes, times: int) -> bytes:
    """Pack a piece many times over."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = engine.compress(piece) + engine.flush(zlib.Z_FULL_FLUSH)  # refers to nothing before it
    return once * times + _LAST_BLOCK


def gzip_of(piece: bytes, times: int, *, packed_to: int = 0) -> bytes:
    """Write a gzip of a piece many times over."""
    entry = repeated("", piece, times)
    end = struct.pack("<II", entry.crc, (len(piece) * times) & 0xFFFFFFFF)
    whole = b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + entry.packed + end
    return whole.ljust(packed_to, b"\0")
