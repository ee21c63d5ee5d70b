"""Zip files from untrusted sources: lists, result files, and workbooks, which are zips as well.

Nothing is written to disk and no header is trusted: each member is unpacked piece by piece and
counted. An archive beyond the caps is refused as a whole.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

MOST_MEMBERS = 1_000
MOST_BYTES = 500_000_000
"""Unpacked size, all members together."""
MOST_RATIO = 250
"""Unpacked bytes per packed byte, checked from `RATIO_COUNTS_FROM` on. Texts reach about 100."""
RATIO_COUNTS_FROM = 20_000_000
PIECE = 1 << 20

BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
"""Raised by `zipfile` for a damaged zip."""

_ENCRYPTED = 0x1
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf\x27\x1c")
_WORKBOOK = re.compile(rb"xl/|opendocument\.spreadsheet")
_OUTSIDE = re.compile(r"[/\\]|[^/\\]*:|(?:.*[/\\])?\.\.(?:[/\\]|\Z)", re.DOTALL)
_LITTER = re.compile(r"__MACOSX/|(?:.*[/\\])?(?:\.DS_Store|Thumbs\.db|desktop\.ini)\Z", re.DOTALL)


class UnsafeArchiveError(Exception):
    """Harmful, on purpose or not: `why` is members, size, ratio, nested or names."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class BrokenArchiveError(Exception):
    """Can't be unpacked: truncated, damaged, or compressed by an unsupported method."""


class LockedArchiveError(Exception):
    """Needs a password."""


@dataclass(frozen=True, slots=True)
class Caps:
    """Limits for an archive."""

    members: int = MOST_MEMBERS
    size: int = MOST_BYTES
    ratio: int = MOST_RATIO


CAPS = Caps()


def members(data: bytes, caps: Caps = CAPS) -> Iterator[tuple[str, bytes]]:
    """Unpack the files of a zip one by one, as name and content.

    Folders are skipped, and so are the files that macOS and Windows add.

    Raises:
        UnsafeArchiveError: beyond the caps, an archive within, or names that lead outside.
        LockedArchiveError: a member is encrypted.
        BrokenArchiveError: no zip, or a damaged one.
    """
    left = caps.size
    for archive, info in _entries(data, caps):
        content = b"".join(_pieces(archive, info, left, caps))
        left -= len(content)
        ends = content[:65536] + content[-65536:]
        if content.startswith(_ARCHIVES) and not _WORKBOOK.search(ends):
            raise UnsafeArchiveError("nested")
        yield info.filename, content


def check(data: bytes, caps: Caps = CAPS) -> None:
    """Unpack everything and keep nothing. Raises the same as `members`."""
    left = caps.size
    for archive, info in _entries(data, caps):
        left -= sum(len(piece) for piece in _pieces(archive, info, left, caps))


def unpacked(data: bytes, caps: Caps = CAPS) -> bytes:
    """Unpack a gzip, which holds one file. Raises the same as `members`."""
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
    except BROKEN_ZIP as error:
        raise BrokenArchiveError(type(error).__name__) from None
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > caps.members:
            raise UnsafeArchiveError("members")
        if any(_OUTSIDE.match(info.filename) for info in infos):
            raise UnsafeArchiveError("names")
        for info in infos:
            if info.flag_bits & _ENCRYPTED:
                raise LockedArchiveError
            if not _LITTER.match(info.filename):
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
    except BROKEN_ZIP as error:
        raise BrokenArchiveError(type(error).__name__) from None
    except RuntimeError:  # zipfile's error for a missing password
        raise LockedArchiveError from None
