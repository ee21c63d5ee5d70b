import asyncio
import time

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError
from aiohttp import web

from sandbox.world import World
from tests.support.customers import ManualClock


async def test_updates_come_until_they_are_confirmed(world: World, bot: Bot) -> None:
    """An unconfirmed update comes again: the bot stores first and confirms then."""
    anna = world.person("Anna", language="ru")
    for text in ("/start", "two", "three"):
        await anna.sends(text)
    first = await bot.get_updates(limit=2)
    assert [update.message.text for update in first] == ["/start", "two"]
    assert first[0].message.from_user.language_code == "ru"
    assert first[0].message.entities[0].type == "bot_command"
    assert await bot.get_updates(limit=2) == first
    assert world.pending_updates == 3
    (last,) = await bot.get_updates(offset=first[-1].update_id + 1)
    assert last.message.text == "three"
    assert await bot.get_updates(offset=last.update_id + 1) == []
    assert world.pending_updates == 0


async def test_a_long_poll_ends_when_something_comes(world: World, bot: Bot) -> None:
    """People are answered at once, whatever the timeout, and a waiting poll is not busy."""
    anna = world.person("Anna")
    began = time.monotonic()
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.05)
    assert world.busy == 0
    await anna.sends("/start")
    assert len(await poll) == 1
    assert time.monotonic() - began < 1


async def test_a_second_poller_ends_the_first(world: World, bot: Bot) -> None:
    """Two processes on one token must be noticed."""
    older = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(bot.get_updates(timeout=1))
    with pytest.raises(TelegramConflictError, match="make sure that only one bot instance"):
        await older
    await world.person("Anna").sends("/start")
    assert len(await newer) == 1
    assert world.telegram.polling.conflicts == 1


async def test_a_killed_pollers_place_is_free(world: World, bot: Bot) -> None:
    """A restart after kill -9 must not conflict with the process that died."""
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.05)
    poll.cancel()
    await asyncio.sleep(0.05)
    await world.person("Anna").sends("/start")
    assert len(await bot.get_updates()) == 1
    assert world.telegram.polling.conflicts == 0


async def test_only_allowed_updates_are_made(world: World, bot: Bot) -> None:
    """A bot that doesn't ask for my_chat_member never learns that it was blocked."""
    anna = world.person("Anna")
    await anna.sends("/start")
    anna.blocks_bot()
    member = (await bot.get_updates())[-1].my_chat_member
    assert (member.old_chat_member.status, member.new_chat_member.status) == ("member", "kicked")
    await bot.get_updates(offset=-1, allowed_updates=["message"])
    anna.unblocks_bot()
    await anna.sends("back")
    assert [update.event_type for update in await bot.get_updates()] == [
        "my_chat_member",
        "message",
    ]


async def test_updates_can_come_twice_and_with_lower_ids(world: World, bot: Bot) -> None:
    """Ids may restart, so a bot must store ids and not a maximum."""
    anna = world.person("Anna")
    await anna.sends("one")
    (first,) = await bot.get_updates()
    assert await bot.get_updates(offset=first.update_id + 1) == []
    world.telegram.redeliver(first.update_id)
    assert await bot.get_updates(offset=first.update_id + 1) == [first]
    assert await bot.get_updates(offset=first.update_id + 1) == []
    world.telegram.jump(1000)
    await anna.sends("two")
    (second,) = await bot.get_updates(offset=first.update_id + 1)
    assert second.update_id == 1000
    assert await bot.get_updates(offset=1001) == []


async def test_a_webhook_ends_a_poll(world: World, bot: Bot) -> None:
    """Telegram has two kinds of 409, and a bot must tell them apart by their words."""
    polling = asyncio.create_task(bot.get_updates(timeout=5))
    await world.until(lambda: world.telegram.polling.listening or None, "it polls")
    await bot.set_webhook("https://other.example.org/hook")
    with pytest.raises(TelegramConflictError, match="terminated by setWebhook request"):
        await polling
    with pytest.raises(TelegramConflictError, match="webhook is active"):
        await bot.get_updates()
    assert world.telegram.polling.conflicts == 0


async def test_updates_wait_a_day(world: World, bot: Bot, clock: ManualClock) -> None:
    """An outage of more than a day loses what people said, as at the real Telegram."""
    await world.person("Anna").sends("/start")
    clock.advance(24 * 3600 + 1)
    assert await bot.get_updates() == []


async def test_a_webhook_gets_updates_until_it_says_yes(
    world: World, bot: Bot, clock: ManualClock
) -> None:
    """A webhook that fails is called again, with its secret, and polling is refused meanwhile."""

    async def patience() -> None:
        clock.advance(1)

    world.patience = patience
    got: list[tuple[str, str]] = []

    async def hook(request: web.Request) -> web.Response:
        update = await request.json()
        secret = request.headers["X-Telegram-Bot-Api-Secret-Token"]
        got.append((update["message"]["text"], secret))
        return web.Response(status=200 if len(got) > 1 else 500)

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token="s3cret")
    await world.person("Anna").sends("/start")
    await world.until(lambda: world.pending_updates == 0 or None, "the update is taken")
    assert got == [("/start", "s3cret")] * 2
    with pytest.raises(TelegramConflictError, match="webhook is active"):
        await bot.get_updates()
    info = await bot.get_webhook_info()
    assert info.url.endswith("/hook")
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
    await bot.delete_webhook()
    assert await bot.get_updates() == []
    await runner.cleanup()
