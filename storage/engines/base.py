"""The interface between `storage.database` and a database engine."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from runtime.errors import CutOffError


class CannotOpenError(Exception):
    """The database can't be used; the text says why and what to do.

    `passing`: a later try may succeed without a change of settings.
    """

    def __init__(self, message: str, *, passing: bool = False) -> None:
        super().__init__(message)
        self.passing = passing


class AwayError(SQLAlchemyError, CutOffError):
    """The database server went away in the middle: repeat the whole transaction."""


class LostLeaseError(CutOffError):
    """This replica's lease expired and others have its work: it must not write again."""


class Engine(Protocol):
    """A database engine. Both engines run the same statements on the same tables."""

    replica: str | None
    """This process's id among those that share the database; see storage.replicas."""

    def writing(
        self, *, fenced: bool = True, patient: bool = False
    ) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open the only write transaction; it is on disk when the block ends.

        Raises LostLeaseError if this replica was struck off; not `fenced`: it may write, too.
        `patient`: its statements may take as long as they like.
        """

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a read transaction on one consistent state."""

    def on_error(self, handler: Callable[[sa.ExceptionContext], None]) -> None:
        """Call `handler` for each database error from now on."""

    async def check(self) -> None:
        """Check that the database can be used at all. Raises CannotOpenError."""

    async def back_up(self, folder: Path, now: float, version: str) -> None:
        """Keep a copy before a migration. Raises CannotOpenError."""

    async def fold(self) -> None:
        """Remove erased data from the files."""

    def explain(self, error: DatabaseError | OperationalError | AwayError) -> CannotOpenError:
        """Return what an error at the start means, and what to do."""

    @property
    def busy(self) -> bool:
        """Tell whether a connection is in use right now."""

    async def close(self) -> None:
        """Close all connections."""
