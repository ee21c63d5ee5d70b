"""Stories about what is kept: each has a database of its own."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from rooms import KEY, opened
from thrift import lay_tables

from storage.crypto import Vault
from storage.database import Database


@pytest.fixture
def vault() -> Vault:
    """The vault that the test's database is sealed with."""
    return Vault(KEY)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncGenerator[Database]:
    """An empty database of the newest version."""
    lay_tables(tmp_path / "numberdesk.db")
    async with opened(tmp_path) as made:
        yield made
