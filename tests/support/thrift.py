"""What every test would make again, made once for all of a process.

None of it is what a test is about: the machine's certificates, the tables of a new database as
the migrations leave them, and SQL that was compiled from the same statements before.
"""

import ssl
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.engines import postgres, sqlite
from storage.schema.upgrading import migrate


def spare() -> None:
    """From now on in this process."""
    ssl.create_default_context = cache(ssl.create_default_context)  # type: ignore[assignment]
    # httpx looks for it at each request, through all folders, where it isn't installed.
    sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]
    for module in (sqlite, postgres):
        module.create_async_engine = _like_the_first  # type: ignore[attr-defined]


_first: dict[str, sa.Engine] = {}


def _like_the_first(*where: Any, **how: Any) -> AsyncEngine:
    """An engine that finds the statements compiled that those before it have run."""
    made = create_async_engine(*where, **how)
    first = _first.setdefault(made.dialect.name, made.sync_engine)
    made.sync_engine.dialect = first.dialect
    made.sync_engine._compiled_cache = first._compiled_cache
    return made


def lay_tables(path: Path) -> None:
    """Put a database there that was migrated and never used, unless there is one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_tables())


@cache
def _tables() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables.db"
        engine = sa.create_engine(f"sqlite:///{path}")  # what Database sets up is left to it
        with engine.connect() as connection:
            migrate(connection)
            connection.commit()
        engine.dispose()
        return path.read_bytes()
