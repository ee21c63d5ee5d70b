"""Fixtures for stories with a running bot; see tests/support/stories/story.py."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.support.databases.engines import BOTH, address
from tests.support.stories.story import Story


@pytest.fixture(params=BOTH)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[str]:
    """The URL of the story's database, of either engine."""
    async with address(request.param, tmp_path) as url:
        yield url


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncGenerator[Story]:
    """A world with Anna, who owns the bot; the bot is not started yet."""
    async with Story(tmp_path, database_url=database_url) as told:
        yield told
