"""Fixtures: a world with pretend services, our clients of one of them, and a check to hand in."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from checking.services.bulk import Service, build_service
from checking.services.http import ServiceHttp
from sandbox.world import World
from storage.database import Database
from tests.support.clocks import StoryClock
from tests.support.databases.engines import BOTH, address
from tests.support.databases.replicas import Others, several
from tests.support.databases.temporary import opened_at
from tests.support.one_post import Post


@pytest.fixture
def clock() -> StoryClock:
    """The story's clock."""
    return StoryClock()


@pytest.fixture
async def world(clock: StoryClock) -> AsyncGenerator[World]:
    """A pretend Telegram and pretend services, live on 127.0.0.1."""
    async with World(clock, seed=1, deadline=5) as made:
        yield made


@pytest.fixture
async def service(world: World, clock: StoryClock) -> AsyncGenerator[Service]:
    """Our client of the service behind three of the four checks."""
    http = ServiceHttp(world.ekyc.url, world.ekyc.api_key, clock)
    yield build_service("ekyc", http, world.ekyc.user_id)
    await http.close()


@pytest.fixture(params=BOTH)
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Database]:
    """A database of either engine, which only this process uses."""
    async with address(request.param, tmp_path) as url, opened_at(url) as made:
        yield made


@pytest.fixture
async def others(tmp_path: Path) -> AsyncGenerator[Others]:
    """Replicas of one database; none has joined yet."""
    async with several(tmp_path) as made:
        yield made


@pytest.fixture
async def post(
    world: World, clock: StoryClock, database: Database, tmp_path: Path
) -> AsyncGenerator[Post]:
    """A check that waits to be handed in."""
    made = Post(world, clock, database, tmp_path)
    await made.waits()
    yield made
    await made.close()
