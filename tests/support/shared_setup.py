"""Setup that every test would repeat, made once for a process.

No test is about it: the machine's certificates, the tables of a new database as the
migrations create them, and compiled SQL of statements that ran before.
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


def share_setup() -> None:
    """Share setup between all tests of this process."""
    ssl.create_default_context = cache(ssl.create_default_context)  # type: ignore[assignment]
    # httpx searches all folders for it at each request, where it isn't installed.
    sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]
    for module in (sqlite, postgres):
        module.create_async_engine = _create_engine  # type: ignore[attr-defined]


_first: dict[str, sa.Engine] = {}


def _create_engine(*where: Any, **how: Any) -> AsyncEngine:
    """Create an engine that shares the compiled statements of those before it."""
    made = create_async_engine(*where, **how)
    first = _first.setdefault(made.dialect.name, made.sync_engine)
    made.sync_engine.dialect = first.dialect
    made.sync_engine._compiled_cache = first._compiled_cache
    return made


def place_database(path: Path) -> None:
    """Put a migrated, empty database at this path, unless there is one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_tables())


@cache
def _tables() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables.db"
        engine = sa.create_engine(f"sqlite:///{path}")  # without the settings that Database makes
        with engine.connect() as connection:
            migrate(connection)
            connection.commit()
        engine.dispose()
        return path.read_bytes()
