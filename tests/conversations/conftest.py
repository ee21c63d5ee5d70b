"""Fixtures for stories with a running bot; see tests/support/stories/story.py."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.support.databases.engines import address
from tests.support.databases.where import engines_of
from tests.support.stories.story import Story

HERE = Path(__file__).parent


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each story its engines, unless it names them itself."""
    named = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if "database_url" in metafunc.fixturenames and "database_url" not in named:
        place = metafunc.definition.path.relative_to(HERE).as_posix()
        engines = engines_of(place, thorough=metafunc.config.getoption("thorough"))
        metafunc.parametrize("database_url", engines, indirect=True)


@pytest.fixture
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[str]:
    """The URL of the story's database, of either engine."""
    async with address(request.param, tmp_path) as url:
        yield url


@pytest.fixture
async def story(
    request: pytest.FixtureRequest, tmp_path: Path, database_url: str
) -> AsyncGenerator[Story]:
    """A world with Anna, who owns the bot; the bot is not started yet."""
    with_menus = request.node.get_closest_marker("menus") is not None
    async with Story(tmp_path, with_menus=with_menus, database_url=database_url) as told:
        yield told
