import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter

from sandbox.world import World
from tests.support.customers import ManualClock


async def test_a_chat_takes_a_burst_then_one_a_second(
    world: World, bot: Bot, clock: ManualClock
) -> None:
    """Sends and edits share one rate limit, and every violation is recorded."""
    anna, boris = world.person("Anna"), world.person("Boris")
    for person in (anna, boris):
        await person.sends("/start")
    sent = await bot.send_message(anna.id, "0")
    for count in range(1, 8):
        await bot.edit_message_text(f"{count}", chat_id=anna.id, message_id=sent.message_id)
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.edit_message_text("8", chat_id=anna.id, message_id=sent.message_id)
    assert caught.value.retry_after == 1
    (violation,) = world.telegram.floods
    assert (violation.chat_id, violation.method) == (anna.id, "editMessageText")
    assert anna.messages[-1].text == "7"
    await bot.send_message(boris.id, "another chat is not affected")
    clock.advance(1)
    await bot.send_message(anna.id, "9")
    assert world.telegram.calls[-1].code == 200


async def test_a_group_takes_twenty_a_minute(world: World, bot: Bot, clock: ManualClock) -> None:
    """Fifty tasks in one group must fit into this together."""
    anna = world.person("Anna")
    team = world.group("Team", anna)
    for _ in range(20):
        await bot.send_message(team.id, "x")
        clock.advance(1)
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(team.id, "x")
    assert caught.value.retry_after == 40
    clock.advance(40)
    await bot.send_message(team.id, "x")


async def test_thirty_a_second_overall(world: World, bot: Bot) -> None:
    """Many chats at once still share one bot."""
    for index in range(30):
        person = world.person(f"P{index}")
        await person.sends("/start")
        await bot.send_message(person.id, "x")
    late = world.person("Late")
    await late.sends("/start")
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(late.id, "x")


async def test_the_limits_can_be_switched_off(world: World, bot: Bot) -> None:
    """The demo and load tests may ignore them."""
    world.telegram.flood.on = False
    anna = world.person("Anna")
    await anna.sends("/start")
    for _ in range(40):
        await bot.send_message(anna.id, "x")
    assert world.telegram.floods == []
