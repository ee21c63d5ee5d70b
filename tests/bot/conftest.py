"""The bot's parts, each on its own, against the pretend Telegram."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from storage.database import Database
from tests.support.clocks import StoryClock
from tests.support.databases.rooms import opened
from tests.support.telegram.line import Line, lined_up
from tests.support.thrift import lay_tables


@pytest.fixture
def clock() -> StoryClock:
    """The time of the story."""
    return StoryClock()


@pytest.fixture
async def line(clock: StoryClock) -> AsyncGenerator[Line]:
    """A bot's line to the pretend Telegram."""
    async with lined_up(clock) as made:
        yield made


@pytest.fixture
async def database(tmp_path: Path) -> AsyncGenerator[Database]:
    """An empty database."""
    lay_tables(tmp_path / "numberdesk.db")
    async with opened(tmp_path) as made:
        yield made
