"""Whose button it is: a card's buttons obey the person it was made for, and a group's admins."""

from typing import TypeVar

from aiogram.types import CallbackQuery

from handlers.guards.admins import is_admin
from handlers.shared.context import BotContext
from handlers.shared.places import is_group
from storage.lists import lists
from storage.lists.lists import NumberList
from storage.lookups.inquiries import Inquiry
from storage.tasks import tasks
from storage.tasks.tasks import Task

Owned = TypeVar("Owned", NumberList, Task, Inquiry)


class NotMineError(Exception):
    """Somebody tapped a button of somebody else's card; `group` tells them so."""


async def my_list(query: CallbackQuery, ctx: BotContext, list_id: str) -> NumberList | None:
    """The list, if the button was tapped where and by whom it may be. Raises NotMineError."""
    async with ctx.database.read() as connection:
        found = await lists.get(connection, ctx.database.vault, list_id)
    return await mine(query, ctx, found)


async def my_task(query: CallbackQuery, ctx: BotContext, task_id: str) -> Task | None:
    """The task, if the button was tapped where and by whom it may be. Raises NotMineError."""
    async with ctx.database.read() as connection:
        found = await tasks.get(connection, ctx.database.vault, task_id)
    return await mine(query, ctx, found)


async def mine(query: CallbackQuery, ctx: BotContext, found: Owned | None) -> Owned | None:
    """What was found, if it may be had here by whoever tapped. Raises NotMineError.

    Its person has it where it was handed in, and beside a result that came privately; in a group
    its administrators have it, too.
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
