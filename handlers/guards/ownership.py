"""Ownership of buttons: a card obeys the person it was made for, and the group's admins."""

from typing import TypeVar

from aiogram.types import CallbackQuery

from handlers.guards.admins import is_admin
from handlers.shared.context import BotContext
from handlers.shared.places import is_group
from storage.lists import lists
from storage.lists.lists import NumberList
from storage.lookups.inquiries import Inquiry
from storage.records.schedules import Schedule
from storage.tasks import tasks
from storage.tasks.tasks import Task

Owned = TypeVar("Owned", NumberList, Task, Inquiry, Schedule)


class NotMineError(Exception):
    """The tapped button belongs to another person; the `group` router answers that."""


async def my_list(query: CallbackQuery, ctx: BotContext, list_id: str) -> NumberList | None:
    """Return the list if this person may use it here. Raises NotMineError."""
    async with ctx.database.read() as connection:
        found = await lists.get(connection, ctx.database.vault, list_id)
    return await mine(query, ctx, found)


async def my_task(query: CallbackQuery, ctx: BotContext, task_id: str) -> Task | None:
    """Return the task if this person may use it here. Raises NotMineError."""
    async with ctx.database.read() as connection:
        found = await tasks.get(connection, ctx.database.vault, task_id)
    return await mine(query, ctx, found)


async def my_result(
    query: CallbackQuery, ctx: BotContext, task_id: str, *, here: bool = True
) -> Task | None:
    """Return the task if this person may have its result. Raises NotMineError.

    A private result, and all that is made of it, is for its person alone, in their own chat,
    whoever may use its card.

    here: It is to be sent where the button was tapped; else it goes where the result went.
    """
    task = await my_task(query, ctx, task_id)
    if task is None or not task.is_private:
        return task
    if query.from_user.id != task.person_id:
        raise NotMineError
    is_theirs = query.message is not None and query.message.chat.id == task.goes_to
    return task if is_theirs or not here else None


async def mine(query: CallbackQuery, ctx: BotContext, found: Owned | None) -> Owned | None:
    """Return what was found if this person may use it here, else None. Raises NotMineError.

    Its person may use it where it was sent, and beside a result that was delivered privately; in
    a group its administrators may, too.
    """
    if found is None or query.message is None:
        return None
    chat_id, person_id = query.message.chat.id, query.from_user.id
    if found.person_id == person_id and chat_id in {found.chat_id, person_id}:
        return found
    if found.chat_id != chat_id or not is_group(chat_id):
        return None
    if await is_admin(ctx, chat_id, person_id):
        return found
    raise NotMineError
