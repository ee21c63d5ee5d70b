"""Fixtures: databases of a test's own."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from storage.database import Database
from storage.sealing.vault import Vault
from tests.support.databases.engines import BOTH, address
from tests.support.databases.temporary import KEY, opened, opened_at
from tests.support.shared_setup import place_database


@pytest.fixture
def vault() -> Vault:
    """The vault that seals the test's database."""
    return Vault(KEY)


@pytest.fixture(params=BOTH)
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Database]:
    """An empty database of the newest version, of either engine."""
    async with address(request.param, tmp_path) as url, opened_at(url) as made:
        yield made


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncGenerator[Database]:
    """An empty database for what only SQLite has: a file, and one connection."""
    place_database(tmp_path / "numberdesk.db")
    async with opened(tmp_path) as made:
        yield made
