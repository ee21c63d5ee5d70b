"""What a database engine does for `storage.database`."""

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

    `passing`: it may be different at the next try, without anybody changing a setting.
    """

    def __init__(self, message: str, *, passing: bool = False) -> None:
        super().__init__(message)
        self.passing = passing


class AwayError(SQLAlchemyError, CutOffError):
    """The database server went away in the middle: what was begun has to be done again."""


class LostLeaseError(CutOffError):
    """This replica was taken for dead and others have its work: it may write nothing more."""


class Engine(Protocol):
    """One of the two. Its transactions see and change the same tables by the same statements."""

    replica: str | None
    """As whom this process takes part, where several share the database; see storage.replicas."""

    def writing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A transaction that nobody else writes beside, on disk when the block ends.

        Raises LostLeaseError when this replica was given up.
        """

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A look at one consistent state."""

    def on_error(self, heard: Callable[[sa.ExceptionContext], None]) -> None:
        """Call `heard` at each error of the database from now on."""

    async def check(self) -> None:
        """See whether the database can be used at all. Raises CannotOpenError."""

    async def back_up(self, folder: Path, now: float, version: str) -> None:
        """Keep a copy of what is to be migrated. Raises CannotOpenError."""

    async def fold(self) -> None:
        """See to it that what was erased is not found in the files any more."""

    def explain(self, error: DatabaseError | OperationalError | AwayError) -> CannotOpenError:
        """What an error at the start means, and what to do."""

    @property
    def busy(self) -> bool:
        """Whether a connection is in use at this moment."""

    async def close(self) -> None:
        """Give all connections back."""
