"""aiosqlite with one trip to its thread per statement, instead of four or five.

A plain cursor makes one trip each to open, execute, fetch and close, and under load each trip
waits for the interpreter's lock. Here one trip runs the statement, fetches its rows and, for the
first statement of a transaction, runs the BEGIN before it. Measured with `make bench`.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any, Self

import aiosqlite

ROWS_AT_ONCE = 64


class QuickCursor:
    """A cursor for SQLAlchemy's adapter; `execute` fetches all rows."""

    description: Any = None
    rowcount = -1
    lastrowid: int | None = None
    arraysize = 1

    def __init__(self, connection: "QuickConnection") -> None:
        self._connection = connection
        self._rows: list[Any] = []

    async def __aenter__(self) -> Self:
        return self

    async def execute(
        self, statement: str, values: Sequence[Any] = (), method: str = "execute"
    ) -> Self:
        """Run one statement and fetch its rows."""
        found = await self._connection.in_thread(method, statement, values)
        self.description, self.rowcount, self.lastrowid, self._rows = found
        return self

    async def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> Self:
        """Run one statement for each of these rows."""
        return await self.execute(statement, rows, "executemany")

    async def fetchall(self) -> list[Any]:
        """Return the rows, once."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Do nothing: no cursor of sqlite3 is open."""


class QuickConnection(aiosqlite.Connection):
    """A connection that sends BEGIN together with the first statement of a transaction."""

    def __init__(self, path: str, pragmas: Sequence[str]) -> None:
        def connect() -> sqlite3.Connection:
            # No isolation level: the driver begins no transaction by itself, `begin` does.
            connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            try:
                for pragma in pragmas:
                    connection.execute(pragma)
            except sqlite3.Error:
                connection.close()
                raise
            return connection

        super().__init__(connect, iter_chunk_size=ROWS_AT_ONCE)
        self._thread.daemon = True  # a forgotten connection must not keep the process alive
        self._begin: str | None = None

    def __del__(self) -> None:
        # A cancelled checkout drops a connection whose thread is just closing it.
        if self._connection is not None:
            self.stop()

    def begin(self, statement: str) -> None:
        """Open a transaction by this statement, once there is something to do in it."""
        self._begin = statement

    def cursor(self) -> QuickCursor:  # type: ignore[override] # all that SQLAlchemy needs
        """Return a cursor without a trip to the thread."""
        return QuickCursor(self)

    async def commit(self) -> None:
        """Commit, if a transaction is open."""
        if self._is_open():
            await super().commit()

    async def rollback(self) -> None:
        """Roll back, if a transaction is open."""
        if self._is_open():
            await super().rollback()

    def _is_open(self) -> bool:
        self._begin = None
        return self.in_transaction

    async def in_thread(self, method: str, statement: str, values: Any) -> tuple[Any, ...]:
        """Run a statement; return description, row count, last row id and all rows."""
        connection, begin, self._begin = self._conn, self._begin, None

        def run() -> tuple[Any, ...]:
            if begin is not None:
                connection.execute(begin)
            with closing(getattr(connection, method)(statement, values)) as cursor:
                rows = cursor.fetchall() if cursor.description else []
                return cursor.description, cursor.rowcount, cursor.lastrowid, rows

        found: tuple[Any, ...] = await self._execute(run)  # type: ignore[no-untyped-call]
        return found
