"""Stories about what is kept: each has a database of its own."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from storage.database import Database
from storage.sealing.vault import Vault
from tests.support.databases.engines import BOTH, address
from tests.support.databases.rooms import KEY, opened, opened_at
from tests.support.thrift import lay_tables


@pytest.fixture
def vault() -> Vault:
    """The vault that the test's database is sealed with."""
    return Vault(KEY)


@pytest.fixture(params=BOTH)
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Database]:
    """An empty database of the newest version, of either kind."""
    async with address(request.param, tmp_path) as url, opened_at(url) as made:
        yield made


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncGenerator[Database]:
    """The same for what only SQLite has: a file, and one connection."""
    lay_tables(tmp_path / "numberdesk.db")
    async with opened(tmp_path) as made:
        yield made
