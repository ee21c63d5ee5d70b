"""How much may be read of one list, counted before it is kept."""

from dataclasses import dataclass

MOST_FILES = 1_100
"""Messages, documents, and the files in their archives, all together: more than one archive has."""
MOST_BYTES = 300_000_000
"""Of texts, and of what is unpacked from archives and workbooks."""
MOST_LINES = 12_000_000
"""Of texts: ten million numbers, and some that are left out."""
MOST_CELLS = 30_000_000
"""Rows times columns of each sheet, blank ones too; one takes about 30 bytes while it is read."""


class SpentError(Exception):
    """More than a list may have; `what` is files, bytes, lines or cells."""

    def __init__(self, what: str) -> None:
        super().__init__(f"too many {what} in one list")
        self.what = what


@dataclass(slots=True)
class Allowance:
    """What may still be read. Every method raises SpentError."""

    files: int = MOST_FILES
    bytes: int = MOST_BYTES
    lines: int = MOST_LINES
    cells: int = MOST_CELLS

    def take_file(self) -> None:
        """Count a message, a document or a file in an archive."""
        self.files -= 1
        _keep(self.files, "files")

    def take_bytes(self, count: int) -> None:
        """Count what was unpacked, or a text."""
        self.bytes -= count
        _keep(self.bytes, "bytes")

    def take_lines(self, count: int) -> None:
        """Count lines of a text."""
        self.lines -= count
        _keep(self.lines, "lines")

    def take_cells(self, count: int) -> None:
        """Count the cells of a sheet, which were laid out already."""
        self.cells -= count
        _keep(self.cells, "cells")


def _keep(left: int, what: str) -> None:
    if left < 0:
        raise SpentError(what)
