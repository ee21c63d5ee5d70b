"""What differs between SQLite and PostgreSQL; nothing else asks which of the two it is."""

import sqlalchemy as sa

from storage.engines.base import AwayError, CannotOpenError, Engine, LostLeaseError
from storage.engines.sqlite import SqliteEngine
from storage.sealing.vault import Vault

__all__ = ["AwayError", "CannotOpenError", "Engine", "LostLeaseError", "engine_for", "is_shared"]


def is_shared(url: str) -> bool:
    """Whether several processes may work on the database at this address."""
    return sa.make_url(url).get_backend_name() == "postgresql"


def engine_for(url: str, vault: Vault) -> Engine:
    """The engine that this DATABASE_URL asks for."""
    if is_shared(url):
        from storage.engines.postgres import PostgresEngine  # noqa: PLC0415 # its driver takes time

        return PostgresEngine(sa.make_url(url))
    return SqliteEngine(sa.make_url(url), vault)
