"""Rows that are remembered, in a process whose database nobody else writes."""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

MOST = 10_000
"""Rows that are kept."""

Row = TypeVar("Row")


class Remembered(Generic[Row]):
    """Remembers what was read by its id, until that changes.

    Args:
        alone: Tells whether no other process writes to the database; else nothing is remembered.
    """

    def __init__(self, alone: Callable[[], bool]) -> None:
        self._alone = alone
        self._kept: dict[int, Row] = {}
        self._changes = 0

    async def get(self, row_id: int, read: Callable[[], Awaitable[Row]]) -> Row:
        """Return the row, read if it isn't remembered."""
        if row_id in self._kept:
            return self._kept[row_id]
        changes = self._changes
        row = await read()
        # Something that changed meanwhile may have been read as it was before.
        if self._alone() and changes == self._changes:
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[row_id] = row
        return row

    def forget(self, *row_ids: int) -> None:
        """Forget rows that have changed, or may have: to be called after the commit."""
        self._changes += 1
        for row_id in row_ids:
            self._kept.pop(row_id, None)
