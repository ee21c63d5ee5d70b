"""Whose button it is: a card's buttons obey the person it was made for, in its own chat."""

from typing import TypeVar

from aiogram.types import CallbackQuery

from handlers.kit import Kit
from storage import lists, tasks
from storage.inquiries import Inquiry
from storage.lists import NumberList
from storage.tasks import Task

Owned = TypeVar("Owned", NumberList, Task, Inquiry)


async def my_list(query: CallbackQuery, kit: Kit, list_id: str) -> NumberList | None:
    """The list, if the button was tapped where and by whom it may be."""
    async with kit.database.read() as connection:
        return mine(query, await lists.get(connection, kit.database.vault, list_id))


async def my_task(query: CallbackQuery, kit: Kit, task_id: str) -> Task | None:
    """The task, if the button was tapped where and by whom it may be."""
    async with kit.database.read() as connection:
        return mine(query, await tasks.get(connection, kit.database.vault, task_id))


def mine(query: CallbackQuery, found: Owned | None) -> Owned | None:
    """What was found, if it belongs to whoever tapped, in this chat."""
    chat_id = query.message.chat.id if query.message else None
    if found is None or found.chat_id != chat_id or found.person_id != query.from_user.id:
        return None
    return found
