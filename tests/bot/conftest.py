"""Fixtures for the bot's components, each on its own, against the pretend Telegram."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from storage.database import Database
from tests.support.clocks import StoryClock
from tests.support.databases.temporary import opened
from tests.support.shared_setup import place_database
from tests.support.telegram.line import Line, lined_up


@pytest.fixture
def clock() -> StoryClock:
    """The story's clock."""
    return StoryClock()


@pytest.fixture
async def line(clock: StoryClock) -> AsyncGenerator[Line]:
    """A bot connected to the pretend Telegram."""
    async with lined_up(clock) as made:
        yield made


@pytest.fixture
async def database(tmp_path: Path) -> AsyncGenerator[Database]:
    """An empty database."""
    place_database(tmp_path / "numberdesk.db")
    async with opened(tmp_path) as made:
        yield made
