"""The inside of a zip: its directory, and its members unpacked piece by piece.

`zipfile` reads the directory alone. It would hand LZMA and bzip2 to unpackers that know no bound,
and it believes the size that a member states; so members are unpacked here.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

PIECE = 1 << 20
"""Bytes that are unpacked at a time."""
MOST_DIRECTORY_BYTES = 1 << 20
"""Of the list of members; `zipfile` makes an object of every 46 of them."""
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError),
    IndexError,  # a member without a name
)
"""Raised for a damaged zip; `zipfile` raises NotImplementedError and RuntimeError besides."""

_FEED = 1 << 16  # packed bytes given to zlib at a time: what it leaves is copied
_LOCKED = 0x1
_UTF_8 = 0x800
_DAY = 0x21  # 1 January 1980, the first day that a zip knows
_LOCAL, _CENTRAL, _END = "<4s5H3I2H", "<4s6H3I5H2I", "<4s4H2IH"


class DirectoryError(Exception):
    """The list of members is longer than that of any archive."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A member of a zip, still packed.

    method: zipfile's number of the packer. size, crc: as stated by the zip.
    """

    name: str
    method: int
    size: int
    crc: int
    is_locked: bool
    packed: memoryview

    @property
    def can_be_unpacked(self) -> bool:
        """True for stored and deflate, which unpack piece by piece."""
        return self.method in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

    def head(self, size: int) -> bytes:
        """Return the first bytes, never more than `size`; none of a damaged member."""
        if self.method == zipfile.ZIP_STORED:
            return bytes(self.packed[:size])
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(self.packed[:_FEED], size)
        except zlib.error:
            return b""

    def pieces(self) -> Iterator[bytes]:
        """Unpack. Raises one of `DAMAGED`, also if it isn't the size that it states."""
        size, crc = 0, 0
        pieces = inflated(self.packed, -zlib.MAX_WBITS)
        if self.method == zipfile.ZIP_STORED:
            starts = range(0, len(self.packed), PIECE)
            pieces = (bytes(self.packed[at : at + PIECE]) for at in starts)
        for piece in pieces:
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            yield piece
        if size != self.size or crc != self.crc:
            raise zipfile.BadZipFile("not what the directory says")


def entries(data: bytes) -> list[Entry]:
    """Return the members of a zip, folders left out.

    Raises:
        DirectoryError: the directory is too long.
        One of `DAMAGED`, or NotImplementedError.
    """
    with zipfile.ZipFile(_Directory(data)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
    whole = memoryview(data)
    return [
        Entry(
            name=info.filename,
            method=info.compress_type,
            size=info.file_size,
            crc=info.CRC,
            is_locked=bool(info.flag_bits & _LOCKED),
            packed=_packed(whole, info),
        )
        for info in infos
    ]


def _packed(whole: memoryview, info: zipfile.ZipInfo) -> memoryview:
    place = info.header_offset
    if place < 0 or bytes(whole[place : place + 4]) != b"PK\x03\x04":
        raise zipfile.BadZipFile("no member where the directory says")
    name, extra = struct.unpack_from("<HH", whole, place + 26)
    start = place + 30 + name + extra
    packed = whole[start : start + info.compress_size]
    if len(packed) < info.compress_size:
        raise zipfile.BadZipFile("cut short")
    return packed


def inflated(packed: memoryview, wbits: int) -> Iterator[bytes]:
    """Unpack a deflated stream, at most `PIECE` bytes at a time.

    Raises zlib.error, and EOFError if it was cut short.
    """
    engine = zlib.decompressobj(wbits)
    for start in range(0, len(packed), _FEED):
        rest: bytes | memoryview = packed[start : start + _FEED]
        while rest and not engine.eof:
            yield engine.decompress(rest, PIECE)
            rest = engine.unconsumed_tail
        if engine.eof:
            return
    while not engine.eof:
        piece = engine.decompress(b"", PIECE)
        if not piece:
            raise EOFError("cut short")
        yield piece


class _Directory(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and min(size, self.getbuffer().nbytes) > MOST_DIRECTORY_BYTES:
            raise DirectoryError
        return super().read(size)


def rebuilt(members: Iterable[Entry]) -> bytes:
    """Return a plain zip of these members alone, still packed as they were.

    Another program then finds exactly what was looked at here, whatever the original says of
    itself in places that only some programs read.
    """
    out, directory, count = io.BytesIO(), io.BytesIO(), 0
    for entry in members:
        name = entry.name.encode("utf-8", "replace")
        place = out.tell()
        about = (20, _UTF_8, entry.method, 0, _DAY, entry.crc, len(entry.packed), entry.size)
        out.write(struct.pack(_LOCAL, b"PK\x03\x04", *about, len(name), 0))
        out.write(name)
        out.write(entry.packed)
        central = struct.pack(_CENTRAL, b"PK\x01\x02", 20, *about, len(name), 0, 0, 0, 0, 0, place)
        directory.write(central + name)
        count += 1
    start, length = out.tell(), directory.tell()
    out.write(directory.getvalue())
    out.write(struct.pack(_END, b"PK\x05\x06", 0, 0, count, count, length, start, 0))
    return out.getvalue()
