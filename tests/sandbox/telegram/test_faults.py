import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)

from sandbox.http import faults
from sandbox.world import World
from tests.support.customers import ManualClock


async def test_a_lost_reply_leaves_the_message_sent(world: World, bot: Bot) -> None:
    """After a timeout a message may have been sent: sending it again would duplicate it."""
    anna = world.person("Anna")
    await anna.sends("/start")
    world.telegram.faults.add("sendMessage", faults.ReplyLost())
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(anna.id, "once")
    await anna.sees("once")
    assert world.telegram.made("sendMessage")[0].code == 0
    await bot.send_message(anna.id, "twice")


async def test_a_dropped_call_leaves_nothing(world: World, bot: Bot) -> None:
    """The bot gets the same error, but nothing was sent."""
    anna = world.person("Anna")
    await anna.sends("/start")
    world.telegram.faults.add(("sendMessage", "sendDocument"), faults.Dropped(), times=2)
    for _ in range(2):
        with pytest.raises(TelegramNetworkError):
            await bot.send_message(anna.id, "never")
    assert len(anna.messages) == 1


async def test_answers_that_are_no_bot_api(world: World, bot: Bot) -> None:
    """A 502 page is no TelegramAPIError in aiogram, and passes an except clause for those."""
    world.telegram.faults.add("getMe", faults.bad_gateway())
    with pytest.raises(ClientDecodeError):
        await bot.get_me()
    world.telegram.faults.add("getMe", faults.server_error())
    with pytest.raises(TelegramServerError):
        await bot.get_me()
    world.telegram.faults.add("*", faults.Refuse("Unauthorized", 401))
    with pytest.raises(TelegramUnauthorizedError):
        await bot.get_updates()


async def test_a_flood_in_one_chat_only(world: World, bot: Bot, clock: ManualClock) -> None:
    """retry_after concerns one chat; a call there before its end is recorded."""
    anna, boris = world.person("Anna"), world.person("Boris")
    for person in (anna, boris):
        await person.sends("/start")
    world.telegram.faults.add("sendMessage", faults.Flood(30, held=True), chat=anna.id)
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(anna.id, "x")
    assert caught.value.retry_after == 30
    await bot.send_message(boris.id, "x")
    assert world.telegram.floods == []
    clock.advance(20)
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(anna.id, "x")
    assert caught.value.retry_after == 10
    assert len(world.telegram.floods) == 1
    clock.advance(10)
    await bot.send_message(anna.id, "x")


async def test_a_refusal_of_ones_choosing(world: World, bot: Bot) -> None:
    """Telegram may refuse to turn a text into a document: the bot needs a fallback."""
    anna = world.person("Anna")
    await anna.sends("/start")
    planned = world.telegram.faults.add(
        "sendMessage", faults.Refuse("MESSAGE_CAN'T_BE_EDITED"), times=None
    )
    for _ in range(3):
        with pytest.raises(TelegramBadRequest, match="CAN'T_BE_EDITED"):
            await bot.send_message(anna.id, "x")
    assert planned.hits == 3
    planned.off()
    await bot.send_message(anna.id, "x")


async def test_slowness_by_either_clock(world: World, bot: Bot, clock: ManualClock) -> None:
    """A slow server is not a busy one: the test's clock may run meanwhile."""
    world.telegram.faults.add("getMe", faults.Slow(0.01, real=True))
    await bot.get_me()
    world.telegram.faults.add("getMe", faults.Slow(60))
    call = asyncio.create_task(bot.get_me())
    await asyncio.sleep(0.05)
    assert (call.done(), world.busy) == (False, 0)
    clock.advance(60)
    await call
    world.telegram.faults.add("getUpdates", faults.Slow(60))
    poll = asyncio.create_task(bot.get_updates())
    await asyncio.sleep(0.05)
    assert world.busy == 0
    clock.advance(60)
    await poll


async def test_an_outage_ends(world: World, bot: Bot) -> None:
    """During an outage all connections are refused, open polls included; then all goes on."""
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.05)
    await world.telegram.goes_down()
    with pytest.raises(TelegramNetworkError):
        await poll
    with pytest.raises(TelegramNetworkError):
        await bot.get_me()
    await world.telegram.comes_back()
    await bot.get_me()


async def test_calls_are_on_record(world: World, bot: Bot) -> None:
    """Tests ask what the bot did, when, and what the answer was."""
    anna = world.person("Anna")
    await anna.sends("/start")
    await bot.send_message(anna.id, "x")
    with pytest.raises(TelegramBadRequest):
        await bot.send_message(anna.id, "<x>", parse_mode="HTML")
    first, second = world.telegram.made("sendmessage")
    assert (first.params["text"], first.chat_id, first.code) == ("x", anna.id, 200)
    assert second.code == 400
    assert second.description.startswith("Bad Request: can't parse entities")
