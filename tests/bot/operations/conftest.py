"""A doctor, and the world in which it examines the bot."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from sandbox.world import World
from tests.support.practice import Practice


@pytest.fixture
async def practice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Practice]:
    """A bot that was never started, in its own folder."""
    monkeypatch.chdir(tmp_path)
    async with World(seed=1, deadline=5) as world:
        yield Practice(world, tmp_path, capsys)
