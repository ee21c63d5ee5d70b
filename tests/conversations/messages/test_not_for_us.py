"""What reaches the bot and isn't meant for it: service messages, business and guest messages."""

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from sandbox.people.elsewhere import CONNECTION, summons_the_bot, writes_to_a_business
from sandbox.telegram.store.chats import Json
from storage.schema.tables import chats, inbox
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story

LIST = "\n".join(numbers(20))


def happenings(anna: Json) -> list[Json]:
    """Return service messages of a private chat, of each kind that people come upon."""
    old = {"message_id": 1, "date": 1, "chat": {"id": anna["id"], "type": "private"}, "text": "hi"}
    return [
        {"pinned_message": old},
        {"video_chat_scheduled": {"start_date": 5}},
        {"video_chat_started": {}},
        {"video_chat_ended": {"duration": 5}},
        {"video_chat_participants_invited": {"users": [anna]}},
        {"proximity_alert_triggered": {"traveler": anna, "watcher": anna, "distance": 5}},
        {"users_shared": {"request_id": 1, "users": [{"user_id": 5}]}},
        {"chat_shared": {"request_id": 1, "chat_id": -5}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 5}},
        {"write_access_allowed": {}},
        {"connected_website": "example.org"},
        {"new_chat_members": [anna]},
        {"left_chat_member": anna},
        {"boost_added": {"boost_count": 1}},
        {"paid_message_price_changed": {"paid_message_star_count": 5}},
        {"forum_topic_created": {"name": "Lists", "icon_color": 5}},
        {"successful_payment": _PAYMENT},
    ]


_PAYMENT = {
    "currency": "XTR",
    "total_amount": 1,
    "invoice_payload": "x",
    "telegram_payment_charge_id": "x",
    "provider_payment_charge_id": "x",
}


async def test_service_messages_get_no_answer(story: Story) -> None:
    """Protects people from "I can't read that" after a pin, a gift or a call; strangers, too."""
    anna = await story.says_hello()
    stranger = story.world.person("Stranger")
    before = len(story.world.telegram.calls)
    for person in (anna, stranger):
        for each in happenings(person.user.to_json()):
            await person.causes(**each)
    story.world.state.updates.reshape = lambda update: update["message"].update(gift={"odd": 1})
    await anna.causes(write_access_allowed={})
    story.world.state.updates.reshape = lambda update: update["message"].update(
        write_access_allowed=None, something_of_tomorrow={}
    )
    await anna.causes(write_access_allowed={})
    story.world.state.updates.reshape = None
    await story.passes(30)
    assert not [each for each in story.world.telegram.calls[before:] if each.chat_id]
    await anna.sends("hello")
    await anna.sees("I didn't find phone numbers in that")


async def test_nothing_is_done_for_business_and_guest_messages(story: Story) -> None:
    """Protects people who never spoke to the bot: no call, no cost, no trace, no noise."""
    customer, account = story.world.person("Customer"), story.world.person("Account")
    for text in (LIST, "/start", f"/check {numbers(1)[0]}"):
        writes_to_a_business(customer, account, text)
        summons_the_bot(customer, f"@{story.world.bot_username} {text}")
    with capture_logs() as logs:
        await story.starts(access="open")
        await story.passes(60)
    ids = {customer.id, account.id}
    assert not [each for each in story.world.telegram.calls if each.chat_id in ids]
    assert not story.world.green.asked
    loud = {each["event"] for each in logs if each["log_level"] in {"warning", "error"}}
    assert loud <= {"data key created"}
    assert story.app is not None
    async with story.app.database.read() as connection:
        seen = set((await connection.execute(sa.select(chats.c.chat_id))).scalars())
        assert not seen & ids
        assert not (await connection.execute(sa.select(inbox.c.update_id))).all()


async def test_a_tap_on_behalf_of_a_business_starts_nothing(story: Story) -> None:
    """Protects whoever pays: a button below a message of a business account does nothing."""
    anna = await story.says_hello()
    await anna.uploads("list.txt", LIST.encode())
    await anna.sees("20 numbers ready")
    await anna.presses("Telegram activity")
    await anna.sees("Start")

    def of_a_business(update: Json) -> None:
        update["callback_query"]["message"]["business_connection_id"] = CONNECTION

    story.world.state.updates.reshape = of_a_business
    with pytest.raises(AssertionError, match="gets an answer"):
        await anna.presses("Start", within=1)
    await story.passes(60)
    assert not story.world.ekyc.posts
