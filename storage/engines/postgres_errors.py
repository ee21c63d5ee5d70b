"""What errors of PostgreSQL and its driver mean to us."""

from collections.abc import Generator
from contextlib import contextmanager

from asyncpg import exceptions as asyncpg
from sqlalchemy.exc import DBAPIError, OperationalError

from storage.engines.base import AwayError, LostLeaseError

LOST_LEASE = "ND001"  # SQLSTATE, of a class that PostgreSQL leaves to applications
GONE = (
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # for a request in flight when the connection broke
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # the server shuts down
    asyncpg.CannotConnectNowError,  # the server starts up
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.LockNotAvailableError,
    OSError,
    TimeoutError,
)


@contextmanager
def translated() -> Generator[None]:
    """Raise AwayError for a lost server, LostLeaseError for a lost lease."""
    try:
        yield
    except DBAPIError as error:
        cause = error.orig and error.orig.__cause__  # the driver's own error
        if error.connection_invalidated or isinstance(cause, GONE):
            raise AwayError("the database went away") from error
        raise
    except GONE as error:
        raise AwayError("the database is away") from error
    except asyncpg.PostgresError as error:
        if getattr(error, "sqlstate", "") == LOST_LEASE:
            raise LostLeaseError("lease lost, other replicas took over") from error
        raise OperationalError("a transaction", None, error) from error
