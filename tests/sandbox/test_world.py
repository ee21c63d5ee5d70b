import asyncio
import socket
from urllib.parse import urlsplit

import httpx
import pytest
from aiogram import Bot

from sandbox.world import World
from tests.support.customers import ManualClock


async def test_worlds_live_side_by_side(clock: ManualClock, client: httpx.AsyncClient) -> None:
    """Worlds share no state, so tests may run in any order and at once."""
    async with World(clock, seed=1) as one, World(clock, seed=2) as two:
        assert one.bot_token != two.bot_token
        assert one.telegram_url != two.telegram_url
        answer = await client.get(f"{two.telegram_url}/bot{one.bot_token}/getMe")
        assert answer.status_code == 401
        await one.person("Anna").sends("/start")
        assert (one.pending_updates, two.pending_updates) == (1, 0)


async def test_the_same_seed_gives_the_same_world(clock: ManualClock) -> None:
    """A failing test can be repeated."""
    async with World(clock, seed=7) as one:
        first = (one.bot_token, one.ekyc.api_key, one.person("Anna").id)
    async with World(clock, seed=7) as other:
        assert (other.bot_token, other.ekyc.api_key, other.person("Anna").id) == first
        assert other.person("Bob", id=42).id == 42


@pytest.mark.parametrize("body", [b"", b"--x\r\nContent-Disposition: form-da"])
async def test_a_client_that_dies_does_no_harm(
    world: World, bot: Bot, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    """The bot is killed with SIGKILL at any byte of a request."""
    address = urlsplit(world.telegram_url)
    for path in (f"/bot{world.bot_token}/sendMessage", "/v1/tasks"):
        server = address if path.startswith("/bot") else urlsplit(world.ekyc.url)
        head = (
            f"POST {path} HTTP/1.1\r\nHost: x\r\nX-API-Key: {world.ekyc.api_key}\r\n"
            "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000\r\n\r\n"
        )
        with socket.create_connection((server.hostname, server.port)) as raw:
            raw.sendall(head.encode() + body)
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.05)
    assert world.busy == 0
    assert caplog.records == []
    assert (await bot.get_me()).is_bot
