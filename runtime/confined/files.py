"""Files without a name, in memory: how bytes of any size get to a confined process and back.

Neither side copies them through a socket, nothing gets onto a disk, and the size of what comes
back is known before any of it is read.
"""

import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

PIECE = 1 << 18  # bytes


def new_file() -> int:
    """An empty file in memory, without a name; gives its descriptor."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("numberdesk", os.MFD_CLOEXEC)
    with tempfile.TemporaryFile() as file:  # macOS: on disk, and without a name, too
        return os.dup(file.fileno())


def file_of(data: bytes | memoryview | Iterator[bytes]) -> int:
    """A file in memory with these bytes; gives its descriptor."""
    file = new_file()
    if isinstance(data, Iterator):
        with os.fdopen(os.dup(file), "wb", buffering=PIECE) as out:
            out.writelines(data)
    else:
        write(file, data)
    return file


def pieces_of(file: int) -> Iterator[bytes]:
    """Yield a file in memory from its start, piece by piece."""
    at = 0
    while piece := os.pread(file, PIECE, at):
        yield piece
        at += len(piece)


def write(file: int, data: bytes | memoryview) -> None:
    """Append to a file in memory."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


def size_of(file: int) -> int:
    """Return the size of a file in bytes. Raises OSError if it is no plain file."""
    about = os.fstat(file)
    if not stat.S_ISREG(about.st_mode):
        raise OSError("no plain file")
    return about.st_size


def read(file: int, size: int | None = None) -> bytes:
    """All bytes of a file in memory, or the first so many, however it grows meanwhile."""
    found = b""
    if size is None:
        size = size_of(file)
    while piece := os.pread(file, size - len(found), len(found)):
        found = found + piece if found else piece  # nearly always one piece
    return found


def close(files: Sequence[int]) -> None:
    """Close them all."""
    for file in files:
        os.close(file)


class Files:
    """Files that are closed when the block ends."""

    def __init__(self) -> None:
        self._open: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        close(self._open)

    def new(self) -> int:
        """Open an empty one; gives its descriptor."""
        self._open.append(new_file())
        return self._open[-1]

    def adopt(self, files: Sequence[int]) -> None:
        """Take files that are open already."""
        self._open += files

    def of(self, data: bytes) -> int:
        """Open one with these bytes; gives its descriptor."""
        file = self.new()
        write(file, data)
        return file
