"""Objects that aiogram's models can't read: what is wrong is dropped, and only that."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from aiogram.types import Update
from pydantic import ValidationError

from bot.telegram.shapes import read
from bot.telegram.source import chat_of, is_ours
from tests.support.telegram.line import Line

USER = {"id": 7, "is_bot": False, "first_name": "Anna"}
CHAT = {"id": 7, "type": "private"}
MESSAGE = {"message_id": 1, "date": 5, "chat": CHAT, "from": USER, "text": "+447400000000"}


async def test_only_what_is_wrong_is_dropped(line: Line) -> None:
    """Protects the good parts of an odd message: each other entity, and the whole reply."""
    entities = [
        {"type": "bold", "offset": 0},
        {"type": "bold", "offset": 0, "length": 1},
        {"type": "bold", "offset": "x", "length": 1},
        {"type": "italic", "offset": 1, "length": 1},
    ]
    reply = MESSAGE | {"forward_origin": {"type": "tomorrow"}}
    raw = {"update_id": 1, "message": MESSAGE | {"entities": entities, "reply_to_message": reply}}
    message = read(Update, raw, line.bot).message
    assert message is not None
    assert message.bot is line.bot
    assert [each.type for each in message.entities or ()] == ["bold", "italic"]
    assert message.reply_to_message is not None
    assert message.reply_to_message.text == MESSAGE["text"]
    assert message.reply_to_message.forward_origin is None
    assert len(entities) == 4  # what was given is left as it was


async def test_a_member_without_new_rights_keeps_its_status(line: Line) -> None:
    """Protects groups on an older server: rights that it doesn't know are not given."""
    member = {
        "chat": {"id": -7, "type": "group"},
        "from": USER,
        "date": 5,
        "old_chat_member": {"status": "kicked", "user": USER},
        "new_chat_member": {"status": "administrator", "user": USER, "can_manage_chat": True},
    }
    change = read(Update, {"update_id": 1, "my_chat_member": member}, line.bot).my_chat_member
    assert change is not None
    assert change.old_chat_member.status == "kicked"
    assert change.new_chat_member.status == "administrator"
    assert not getattr(change.new_chat_member, "can_delete_messages", None)


RICH: dict[str, Any] = MESSAGE | {
    "document": {
        "file_id": "f",
        "file_unique_id": "u",
        "file_name": "list.txt",
        "file_size": 5,
        "thumbnail": {"file_id": "t", "file_unique_id": "t", "width": 1, "height": 1},
    },
    "caption_entities": [{"type": "bold", "offset": 0, "length": 1}],
    "forward_origin": {"type": "user", "date": 4, "sender_user": USER},
    "external_reply": {"origin": {"type": "hidden_user", "date": 3, "sender_user_name": "B"}},
    "reply_to_story": {"id": 1, "chat": CHAT},
    "reply_to_message": MESSAGE | {"reply_markup": {"inline_keyboard": [[{"text": "x"}]]}},
    "quote": {"text": "x", "position": 0},
    "via_bot": USER,
}
NEEDED = {("message_id",), ("chat",), ("chat", "id"), ("document",), ("document", "file_id")}


def paths(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the place of each value within another."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner:
        yield (*at, key)
        if isinstance(each, dict | list):
            yield from paths(each, (*at, key))


async def test_each_single_field_may_be_anything(line: Line) -> None:
    """Protects the file of a message, whichever other field of it is missing or wrong."""
    for path in set(paths(RICH)) - NEEDED:
        for odd in (..., None, "", [], {}, -1, {"type": "tomorrow"}):
            raw = json.loads(json.dumps(RICH))  # no part is shared
            holder: Any = raw
            for key in path[:-1]:
                holder = holder[key]
            if odd is ...:
                del holder[path[-1]]
            else:
                holder[path[-1]] = odd
            message = read(Update, {"update_id": 1, "message": raw}, line.bot).message
            assert message is not None, (path, odd)
            assert message.document is not None, (path, odd)
            assert (message.message_id, message.chat.id) == (1, 7)
            assert message.document.file_id == "f"


HOPELESS: dict[str, dict[str, Any]] = {
    "no id": {"message": {key: MESSAGE[key] for key in MESSAGE if key != "message_id"}},
    "no chat": {"message": {key: MESSAGE[key] for key in MESSAGE if key != "chat"}},
    "a member of tomorrow": {"my_chat_member": {"chat": CHAT, "new_chat_member": {"status": "x"}}},
}


@pytest.mark.parametrize("what", HOPELESS)
async def test_what_can_t_be_read_is_nothing_else(line: Line, what: str) -> None:
    """Protects against a message that is made up: without its id or chat there is none."""
    try:
        update = read(Update, {"update_id": 1, **HOPELESS[what]}, line.bot)
    except ValidationError:
        return
    assert (update.message, update.my_chat_member) == (None, None)


@pytest.mark.parametrize(
    ("update", "chat_id"),
    [
        ({"update_id": 1, "message": MESSAGE}, 7),
        ({"update_id": 1, "callback_query": {"from": USER, "message": "gone"}}, 7),
        ({"update_id": 1, "poll": {"message": "a text"}}, 0),
        ({"update_id": 1, "message": {"chat": {"id": 2**70}, "from": USER}}, 0),
        ({"update_id": 1, "message": {"chat": "x", "from": []}}, 0),
    ],
)
def test_the_chat_of_any_update(update: dict[str, Any], chat_id: int) -> None:
    """Protects the intake: an update of any shape has a queue, and breaks no batch."""
    assert chat_of(update) == chat_id


@pytest.mark.parametrize(
    ("update", "ours"),
    [
        ({"message": MESSAGE}, True),
        ({"edited_message": MESSAGE}, True),
        ({"callback_query": {"message": MESSAGE}}, True),
        ({"callback_query": {"message": None}}, True),
        ({"callback_query": {"message": MESSAGE | {"business_connection_id": "b"}}}, False),
        ({"message": MESSAGE | {"business_connection_id": "b"}}, False),
        ({"message": MESSAGE | {"guest_query_id": "g"}}, False),
        ({"business_message": MESSAGE}, False),
        ({"guest_message": MESSAGE}, False),
        ({"channel_post": MESSAGE}, False),
        ({"tomorrow": {}}, False),
        ({"message": None}, False),
    ],
)
def test_updates_that_are_not_ours(update: dict[str, Any], ours: bool) -> None:  # noqa: FBT001
    """Protects people who never spoke to the bot: what it is no part of isn't even stored."""
    assert is_ours({"update_id": 1, **update}) is ours
