"""Where something belongs: the chat, the topic of its forum, the message it answers; and whose."""

from dataclasses import dataclass
from typing import Any, Protocol

from aiogram.types import CallbackQuery, Message, ReplyParameters

from storage.tasks.tasks import Task


class Placed(Protocol):
    """What was handed in somewhere: a list, a task, an inquiry."""

    @property
    def chat_id(self) -> int: ...  # noqa: D102 # as the class says

    @property
    def thread_id(self) -> int | None: ...  # noqa: D102 # the same

    @property
    def reply_to(self) -> int: ...  # noqa: D102 # the same


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes. `reply_to` below 1 stayed in a chat that has moved: no reply."""

    chat_id: int
    thread_id: int | None = None
    reply_to: int = 0

    def sending(self) -> dict[str, Any]:
        """The arguments of a method that sends something there."""
        return {
            "chat_id": self.chat_id,
            "message_thread_id": self.thread_id,
            "reply_parameters": replying(self.reply_to),
        }


def replying(message_id: int) -> ReplyParameters | None:
    """A reply to this message, as long as it is there."""
    if message_id < 1:
        return None
    return ReplyParameters(message_id=message_id, allow_sending_without_reply=True)


def place_of(found: Placed) -> Place:
    """Where something was handed in."""
    return Place(found.chat_id, found.thread_id, found.reply_to)


def result_place(task: Task) -> Place:
    """Where a result goes: where its list came from, or to the person alone."""
    if task.is_private and task.result_chat_id is not None:
        return Place(task.result_chat_id)
    return place_of(task)


def tapped_place(query: CallbackQuery, found: Placed) -> Place:
    """Where a button was tapped: in the chat of what it is about, or beside a private result."""
    place = place_of(found)
    if query.message is None or query.message.chat.id == place.chat_id:
        return place
    return Place(query.message.chat.id)


def is_group(chat_id: int) -> bool:
    """Whether this is the id of a group; those of people are above zero."""
    return chat_id < 0


def thread_of(message: Message) -> int | None:
    """The topic of a forum; elsewhere a thread is no place that one can write to."""
    return message.message_thread_id if message.is_topic_message else None


def is_anonymous(message: Message) -> bool:
    """Whether an administrator wrote it in the name of the group."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id


def person_of(message: Message) -> int:
    """Whose message it is; an anonymous administrator goes by the id of the group."""
    if is_anonymous(message):
        return message.chat.id
    assert message.from_user is not None  # else the door is closed
    return message.from_user.id
