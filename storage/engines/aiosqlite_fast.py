"""aiosqlite with one crossing to its thread for each statement, instead of four or five.

A plain cursor is made, executed, fetched from and closed by one trip each, and under load each
trip waits for the interpreter's lock. Here a statement, its rows and, for the first one of a
transaction, the BEGIN before it go together. Measured with `make bench`.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any, Self

import aiosqlite

ROWS_AT_ONCE = 64


class QuickCursor:
    """What SQLAlchemy asks of an asynchronous cursor; all rows are there after `execute`."""

    def __init__(self, connection: "QuickConnection") -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> "QuickCursor":
        """Run one statement and fetch what it gives."""
        return await self._run("execute", statement, parameters)

    async def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> "QuickCursor":
        """Run one statement for each of these rows."""
        return await self._run("executemany", statement, rows)

    async def fetchall(self) -> list[Any]:
        """The rows, once."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is held open."""

    async def _run(self, method: str, statement: str, values: Any) -> "QuickCursor":
        found = await self._connection.in_thread(method, statement, values)
        self.description, self.rowcount, self.lastrowid, self._rows = found
        return self


class QuickConnection(aiosqlite.Connection):
    """A connection that begins its transactions together with their first statement."""

    def __init__(self, path: str) -> None:
        super().__init__(
            lambda: sqlite3.connect(path, check_same_thread=False), iter_chunk_size=ROWS_AT_ONCE
        )
        self._thread.daemon = True  # a forgotten connection must not keep the process alive
        self._begin: str | None = None

    def __del__(self) -> None:
        # A cancelled checkout drops a connection whose thread is just closing it.
        if self._connection is not None:
            self.stop()

    def begin(self, statement: str) -> None:
        """Open a transaction by this statement, when there is something to do in it."""
        self._begin = statement

    def cursor(self) -> QuickCursor:  # type: ignore[override] # all that SQLAlchemy needs
        """A cursor without a trip to the thread."""
        return QuickCursor(self)

    async def commit(self) -> None:
        """Commit, if anything was begun."""
        if self._is_open():
            await super().commit()

    async def rollback(self) -> None:
        """Roll back, if anything was begun."""
        if self._is_open():
            await super().rollback()

    def _is_open(self) -> bool:
        self._begin = None
        return self.in_transaction

    async def in_thread(self, method: str, statement: str, values: Any) -> tuple[Any, ...]:
        """Run a statement; gives description, row count, last row id and all rows."""
        begin, self._begin = self._begin, None
        work = (_run, self._conn, begin, method, statement, values)
        found: tuple[Any, ...] = await self._execute(*work)  # type: ignore[no-untyped-call]
        return found


def _run(
    connection: sqlite3.Connection, begin: str | None, method: str, statement: str, values: Any
) -> tuple[Any, ...]:
    if begin is not None:
        connection.execute(begin)
    cursor = connection.cursor()
    try:
        getattr(cursor, method)(statement, values)
        rows = cursor.fetchall() if cursor.description else []
        return cursor.description, cursor.rowcount, cursor.lastrowid, rows
    finally:
        cursor.close()
