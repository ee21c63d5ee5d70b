"""Stories are told with a running bot; see tests/support/story.py."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from story import Story


@pytest.fixture
async def story(tmp_path: Path) -> AsyncGenerator[Story]:
    """A world with Anna, who owns the bot; the bot is not started yet."""
    async with Story(tmp_path) as told:
        yield told
