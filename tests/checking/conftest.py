"""Fixtures: a world with pretend services, and our clients of one of them."""

from collections.abc import AsyncGenerator

import pytest

from checking.services.bulk import Service, build_service
from checking.services.http import ServiceHttp
from sandbox.world import World
from tests.support.clocks import StoryClock


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
