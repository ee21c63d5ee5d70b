"""Where the pretend Telegram is as strict, or as odd, as the real one."""

import pytest
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramBadRequest, TelegramRetryAfter
from pydantic import ValidationError

from sandbox.http import faults
from sandbox.people.elsewhere import summons_the_bot, writes_to_a_business
from sandbox.world import World
from tests.support.customers import ManualClock


async def test_slow_mode_counts_messages_and_no_edits(
    world: World, bot: Bot, clock: ManualClock
) -> None:
    """Members may write once in a while; edits are free, and administrators may anyway."""
    anna = world.person("Anna")
    team = world.group("Team", anna)
    team.slows_down(60)
    sent = await bot.send_message(team.id, "one")
    clock.advance(20)
    with pytest.raises(TelegramRetryAfter) as held:
        await bot.send_message(team.id, "two")
    assert held.value.retry_after == 40
    await bot.edit_message_text("one!", chat_id=team.id, message_id=sent.message_id)
    team.promotes_bot(anna)
    await bot.send_message(team.id, "two")


async def test_a_closed_topic_takes_no_edits(world: World, bot: Bot) -> None:
    """A card in a topic that was closed stays as it is."""
    team = world.group("Forum", world.person("Anna"), forum=True)
    topic = team.opens_topic("Lists")
    sent = await bot.send_message(team.id, "card", message_thread_id=topic)
    team.closes_topic(topic)
    with pytest.raises(TelegramBadRequest, match="TOPIC_CLOSED"):
        await bot.edit_message_text("card!", chat_id=team.id, message_id=sent.message_id)


async def test_only_administrators_delete_what_others_wrote(world: World) -> None:
    """A member deletes their own messages, administrators and their bots everything."""
    anna, bob = world.person("Anna"), world.person("Bob")
    team = world.group("Team", anna, [bob])
    admin, member = anna.within(team), bob.within(team)
    said = await admin.sends("hello")
    with pytest.raises(AssertionError, match="their own messages only"):
        member.deletes(said)
    member.deletes(await member.sends("hello"))
    admin.deletes(await member.sends("hello"))
    team.cleans(said)
    assert all(each.deleted for each in team.messages)


async def test_a_quote_has_its_place(world: World, bot: Bot) -> None:
    """A reply may quote a part of what it answers."""
    anna = world.person("Anna")
    said = await anna.sends("one two")
    await anna.sends("this", reply_to=said, quote="two")
    quote = (await bot.get_updates())[-1].message.quote
    assert (quote.text, quote.position, quote.is_manual) == ("two", 4, True)


async def test_messages_from_elsewhere_come_until_they_are_refused(world: World, bot: Bot) -> None:
    """By default Telegram sends what belongs to businesses and guests, too."""
    anna, boris = world.person("Anna"), world.person("Boris")
    writes_to_a_business(anna, boris, "hello")
    summons_the_bot(anna, "hello")
    kinds = [update.event_type for update in await bot.get_updates()]
    assert kinds[0] == "business_connection"
    assert kinds[-1] == "guest_message"
    assert len(kinds) == 5
    await bot.get_updates(offset=-1, allowed_updates=["message"])
    summons_the_bot(anna, "hello")
    assert len(await bot.get_updates(allowed_updates=["message"])) == 1


async def test_updates_and_answers_of_any_shape(world: World, bot: Bot) -> None:
    """What the models can't read is sent all the same, as by a Telegram of tomorrow."""
    anna = world.person("Anna")
    world.state.updates.reshape = lambda update: update["message"].pop("date")
    await anna.sends("hello")
    with pytest.raises((ClientDecodeError, ValidationError)):
        await bot.get_updates()
    world.telegram.faults.add("sendMessage", faults.Reshaped(lambda _: {"message_id": 7}))
    with pytest.raises(ClientDecodeError):
        await bot.send_message(anna.id, "hello")
    assert anna.messages[-1].text == "hello"
    assert anna.messages[-1].by_bot
