"""Zip files from untrusted sources: lists, result files, and workbooks, which are zips as well.

Nothing is written to disk and no header is trusted: each member is unpacked piece by piece and
counted. An archive beyond the caps is refused as a whole.
"""

import re
import zlib
from collections.abc import Iterator

from sheets.files.allowance import Allowance, SpentError
from sheets.files.packed import zips
from sheets.files.packed.zips import Entry

MOST_MEMBERS = 1_000
MOST_BYTES = 500_000_000
"""Unpacked size, all members together."""
MOST_RATIO = 250
"""Unpacked bytes per packed byte, checked from `RATIO_COUNTS_FROM` on. Texts reach about 100."""
RATIO_COUNTS_FROM = 20_000_000

BROKEN_ZIP = (*zips.DAMAGED, NotImplementedError)
"""Raised by `zipfile` for a damaged zip."""

_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf\x27\x1c")
_WORKBOOK = re.compile(rb"xl/|opendocument\.spreadsheet")
_OUTSIDE = re.compile(r"[/\\]|[A-Za-z]:[/\\]|(?:.*[/\\])?\.\.(?:[/\\]|\Z)", re.DOTALL)
_LITTER = re.compile(r"__MACOSX/|(?:.*[/\\])?(?:\.DS_Store|Thumbs\.db|desktop\.ini)\Z", re.DOTALL)
_GZIP = 16 + zlib.MAX_WBITS


class UnsafeArchiveError(Exception):
    """Harmful, on purpose or not: `why` is members, size, ratio, nested or names."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class BrokenArchiveError(Exception):
    """Can't be unpacked: truncated or damaged."""


class ForeignPackerError(BrokenArchiveError):
    """Packed by another packer than stored and deflate."""


class LockedArchiveError(Exception):
    """Needs a password."""


def members(data: bytes, allowance: Allowance | None = None) -> Iterator[tuple[str, bytes]]:
    """Unpack the files of a zip one by one, as name and content.

    Folders are skipped, and so are the files that macOS and Windows add.

    Args:
        data: The zip.
        allowance: What may still be read beside this zip; else `MOST_MEMBERS` and `MOST_BYTES`.

    Raises:
        UnsafeArchiveError: beyond the caps, an archive within, or names that lead outside.
        LockedArchiveError: a member is encrypted.
        BrokenArchiveError: no zip, or a damaged one; ForeignPackerError among them.
    """
    count = _Count(data, allowance)
    for entry in entries(data):
        count.member()
        content = b"".join(_counted(entry, count))
        ends = content[:65536] + content[-65536:]
        if content.startswith(_ARCHIVES) and not _WORKBOOK.search(ends):
            raise UnsafeArchiveError("nested")
        yield entry.name, content


def check(data: bytes, allowance: Allowance | None = None) -> list[Entry]:
    """Unpack everything, keep nothing, and return what is sound. Raises the same as `members`."""
    count = _Count(data, allowance)
    found = entries(data)
    for entry in found:
        for _ in _counted(entry, count):
            pass
    return found


def unpacked(data: bytes) -> bytes:
    """Unpack a gzip, which holds one file. Raises the same as `members`."""
    count, pieces = _Count(data, None), []
    try:
        for piece in zips.inflated(memoryview(data), _GZIP):
            count.add(len(piece))
            pieces.append(piece)
    except (zlib.error, EOFError) as error:
        raise BrokenArchiveError(type(error).__name__) from None
    content = b"".join(pieces)
    if content.startswith(_ARCHIVES):
        raise UnsafeArchiveError("nested")
    return content


def entries(data: bytes) -> list[Entry]:
    """Return the members of a zip still packed, without litter. Raises the same as `members`."""
    try:
        found = zips.entries(data)
    except zips.DirectoryError:
        raise UnsafeArchiveError("members") from None
    except BROKEN_ZIP as error:
        raise BrokenArchiveError(type(error).__name__) from None
    if len(found) > MOST_MEMBERS:
        raise UnsafeArchiveError("members")
    if any(_OUTSIDE.match(entry.name) for entry in found):
        raise UnsafeArchiveError("names")
    found = [entry for entry in found if not _LITTER.match(entry.name)]
    if any(entry.is_locked for entry in found):
        raise LockedArchiveError
    if not all(entry.can_be_unpacked for entry in found):
        raise ForeignPackerError("neither stored nor deflate")
    return found


class _Count:
    """Counts what is unpacked from `data`."""

    def __init__(self, data: bytes | memoryview, allowance: Allowance | None) -> None:
        self._packed = len(data)
        self._allowance = allowance or Allowance(files=MOST_MEMBERS, bytes=MOST_BYTES)
        self._size = 0

    def member(self) -> None:
        """Count a member."""
        try:
            self._allowance.take_file()
        except SpentError:
            raise UnsafeArchiveError("members") from None

    def add(self, size: int) -> None:
        """Count a piece."""
        self._size += size
        try:
            self._allowance.take_bytes(size)
        except SpentError:
            raise UnsafeArchiveError("size") from None
        keep_ratio(self._size, self._packed)


def keep_ratio(size: int, packed: int) -> None:
    """Raise UnsafeArchiveError where so few bytes hold so many."""
    if size > RATIO_COUNTS_FROM and size > packed * MOST_RATIO:
        raise UnsafeArchiveError("ratio")


def _counted(entry: Entry, count: _Count) -> Iterator[bytes]:
    size = 0
    try:
        for piece in entry.pieces():
            size += len(piece)
            count.add(len(piece))
            keep_ratio(size, len(entry.packed))
            yield piece
    except BROKEN_ZIP as error:
        raise BrokenArchiveError(type(error).__name__) from None
