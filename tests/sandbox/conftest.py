"""Fixtures: a world on the test's clock, and clients of its servers."""

from collections.abc import AsyncIterator

import httpx
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from sandbox.world import World
from tests.support.customers import Customer, ManualClock


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands still until it is moved."""
    return ManualClock()


@pytest.fixture
async def world(clock: ManualClock) -> AsyncIterator[World]:
    """A world on the test's clock."""
    async with World(clock, seed=1, deadline=3) as made:
        yield made


@pytest.fixture
async def bot(world: World) -> AsyncIterator[Bot]:
    """A client of the pretend Bot API, with aiogram."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(world.telegram_url))
    yield Bot(world.bot_token, session=session)
    if session._session is not None:
        await session._session.close()


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """A client for any HTTP server."""
    async with httpx.AsyncClient(trust_env=False, timeout=3) as made:
        yield made


@pytest.fixture
def ekyc(world: World, client: httpx.AsyncClient) -> Customer:
    """A client of the service with Telegram activity, Band and WhatsApp details."""
    return Customer(client, world.ekyc)


@pytest.fixture
def numbers() -> list[str]:
    """Ten numbers."""
    return [f"+7987654{index:04}" for index in range(10)]
