"""Fixtures for the sources of updates."""

from collections.abc import AsyncGenerator, Generator, MutableMapping
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from storage.database import Database
from tests.support.telegram.fetching import Desk
from tests.support.telegram.hooking import Hooked
from tests.support.telegram.line import Line


@pytest.fixture
def logs() -> Generator[list[MutableMapping[str, Any]]]:
    """The log events of the test."""
    with capture_logs() as lines:
        yield lines


@pytest.fixture
async def desk(line: Line, database: Database) -> AsyncGenerator[Desk]:
    """An intake that is not running yet."""
    made = Desk(line, database)
    yield made
    await made.stops()


@pytest.fixture
async def hooked(line: Line, database: Database) -> AsyncGenerator[Hooked]:
    """A webhook that is not open yet."""
    async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
        yield Hooked(line, database, client)
