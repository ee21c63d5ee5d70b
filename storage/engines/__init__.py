"""SQLite and PostgreSQL: everything that differs between the two is in this package."""

import sqlalchemy as sa

from storage.engines.base import AwayError, CannotOpenError, Engine, LostLeaseError
from storage.engines.sqlite import SqliteEngine
from storage.sealing.vault import Vault

__all__ = ["AwayError", "CannotOpenError", "Engine", "LostLeaseError", "engine_for", "is_shared"]


def is_shared(url: str) -> bool:
    """Tell whether several processes may work on the database at this URL."""
    return sa.make_url(url).get_backend_name() == "postgresql"


def engine_for(url: str, vault: Vault) -> Engine:
    """Return the engine for this DATABASE_URL."""
    if is_shared(url):
        from storage.engines.postgres import PostgresEngine  # noqa: PLC0415 # its driver takes time

        return PostgresEngine(sa.make_url(url))
    return SqliteEngine(sa.make_url(url), vault)
