"""Where something belongs: the chat, the topic, the message it replies to, and the person."""

from dataclasses import dataclass
from typing import Any

from aiogram.types import CallbackQuery, MaybeInaccessibleMessageUnion, Message, ReplyParameters

from storage.lists.lists import Placed
from storage.tasks.tasks import Task


class MisdirectedError(Exception):
    """A private result was about to leave for a chat that isn't its person's."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes. A `reply_to` below 1 belongs to a chat that has moved: no reply."""

    chat_id: int
    thread_id: int | None = None
    reply_to: int = 0

    def sending(self) -> dict[str, Any]:
        """Return the arguments of a method that sends something there."""
        return {
            "chat_id": self.chat_id,
            "message_thread_id": self.thread_id,
            "reply_parameters": replying(self.reply_to),
        }


def replying(message_id: int) -> ReplyParameters | None:
    """Reply to this message, if it still exists."""
    if message_id < 1:
        return None
    return ReplyParameters(message_id=message_id, allow_sending_without_reply=True)


def place_of(found: Placed) -> Place:
    """Return where something came from."""
    return Place(found.chat_id, found.thread_id, found.reply_to)


def result_place(task: Task) -> Place:
    """Return where a result goes: where its list came from, or to the person privately.

    Every message with a result leaves for here. Raises MisdirectedError.
    """
    if not task.is_private:
        return place_of(task)
    if task.goes_to != task.person_id:
        raise MisdirectedError(f"result {task.id}")
    return Place(task.person_id)


def tapped_place(query: CallbackQuery, found: Placed) -> Place:
    """Return where a button was tapped: in the chat of its subject, or beside a private result."""
    place = place_of(found)
    if query.message is None or query.message.chat.id == place.chat_id:
        return place
    return beside(query.message)


def beside(message: MaybeInaccessibleMessageUnion) -> Place:
    """Return the place of a message: its chat, and its topic if that is known."""
    return Place(message.chat.id, thread_of(message) if isinstance(message, Message) else None)


def is_group(chat_id: int) -> bool:
    """Tell whether this is the id of a group; ids of people are positive."""
    return chat_id < 0


def thread_of(message: Message) -> int | None:
    """Return the topic of a forum; in other chats the bot can't write to a thread."""
    return message.message_thread_id if message.is_topic_message else None


def is_anonymous(message: Message) -> bool:
    """Tell whether an administrator wrote this in the name of the group."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id


def is_as_channel(message: Message) -> bool:
    """Tell whether a member wrote this in the name of a channel; `as_channel` answers them."""
    is_other = message.sender_chat is not None and not is_anonymous(message)
    return is_other and not message.is_automatic_forward


def person_of(message: Message) -> int:
    """Return the sender's id; for an anonymous administrator the id of the group."""
    if is_anonymous(message):
        return message.chat.id
    assert message.from_user is not None  # else the middleware drops it
    return message.from_user.id
