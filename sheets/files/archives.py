"""Zip files from strangers: lists, result files, and workbooks, which are zip files as well.

Nothing is ever written to disk, and nothing a header says is believed: each member is unpacked
piece by piece and counted. What goes beyond the caps is refused as a whole.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

MOST_MEMBERS = 1_000
MOST_BYTES = 500_000_000
"""Unpacked, all members together."""
MOST_RATIO = 250
"""Unpacked bytes for each packed one, from `RATIO_COUNTS_FROM` on. Texts reach about 100."""
RATIO_COUNTS_FROM = 20_000_000
PIECE = 1 << 20

_ENCRYPTED = 0x1
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf\x27\x1c")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


class UnsafeArchiveError(Exception):
    """Made to do harm, or as good as: `why` is members, size, ratio, nested or names."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class BrokenArchiveError(Exception):
    """It can't be unpacked: cut short, damaged, or packed in a way nobody uses."""


class LockedArchiveError(Exception):
    """It asks for a password."""


@dataclass(frozen=True, slots=True)
class Caps:
    """What an archive may be at most."""

    members: int = MOST_MEMBERS
    size: int = MOST_BYTES
    ratio: int = MOST_RATIO


CAPS = Caps()


def members(data: bytes, caps: Caps = CAPS) -> Iterator[tuple[str, bytes]]:
    """Unpack the files of a zip, one after the other: name and content.

    Folders are left out, and so is what macOS and Windows add of their own.

    Raises:
        UnsafeArchiveError: beyond the caps, an archive within, or names that lead outside.
        LockedArchiveError: a member is encrypted.
        BrokenArchiveError: it is none, or damaged.
    """
    left = caps.size
    for archive, info in _entries(data, caps):
        content = b"".join(_pieces(archive, info, left, caps))
        left -= len(content)
        if content.startswith(_ARCHIVES) and not _is_workbook(content):
            raise UnsafeArchiveError("nested")
        yield info.filename, content


def check(data: bytes, caps: Caps = CAPS) -> None:
    """Unpack everything and keep nothing; raises as `members`."""
    left = caps.size
    for archive, info in _entries(data, caps):
        left -= sum(len(piece) for piece in _pieces(archive, info, left, caps))


def unpacked(data: bytes, caps: Caps = CAPS) -> bytes:
    """Unpack a gzip, which holds one file. Raises as `members`."""
    pieces, size, most = [], 0, len(data) * caps.ratio
    engine = zlib.decompressobj(wbits=31)  # 31: with gzip's header
    try:
        while data and not engine.eof:
            piece = engine.decompress(data, PIECE)
            data = engine.unconsumed_tail
            size += len(piece)
            if size > caps.size:
                raise UnsafeArchiveError("size")
            if size > RATIO_COUNTS_FROM and size > most:
                raise UnsafeArchiveError("ratio")
            pieces.append(piece)
    except zlib.error as error:
        raise BrokenArchiveError(type(error).__name__) from None
    if not engine.eof:
        raise BrokenArchiveError("cut short")
    content = b"".join(pieces)
    if content.startswith(_ARCHIVES):
        raise UnsafeArchiveError("nested")
    return content


def _entries(data: bytes, caps: Caps) -> Iterator[tuple[zipfile.ZipFile, zipfile.ZipInfo]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise BrokenArchiveError(type(error).__name__) from None
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > caps.members:
            raise UnsafeArchiveError("members")
        if any(_leads_outside(info.filename) for info in infos):
            raise UnsafeArchiveError("names")
        for info in infos:
            if info.flag_bits & _ENCRYPTED:
                raise LockedArchiveError
            if not _is_litter(info.filename):
                yield archive, info


def _pieces(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int, caps: Caps
) -> Iterator[bytes]:
    size = 0
    try:
        with archive.open(info) as file:
            while piece := file.read(PIECE):
                size += len(piece)
                if size > left:
                    raise UnsafeArchiveError("size")
                if size > RATIO_COUNTS_FROM and size > info.compress_size * caps.ratio:
                    raise UnsafeArchiveError("ratio")
                yield piece
    except _BROKEN as error:
        raise BrokenArchiveError(type(error).__name__) from None
    except RuntimeError:  # zipfile's word for "a password is needed"
        raise LockedArchiveError from None


def _leads_outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]


def _is_litter(name: str) -> bool:
    last = name.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    return name.startswith("__MACOSX/") or last in {".DS_Store", "Thumbs.db", "desktop.ini"}


def _is_workbook(content: bytes) -> bool:
    ends = content[:65536] + content[-65536:]
    return b"xl/" in ends or b"opendocument.spreadsheet" in ends
