"""/tasks: a button for each check of a chat, the newest first, or those of a name."""

from collections.abc import Sequence
from typing import Annotated

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from aiogram.utils.keyboard import InlineKeyboardBuilder
from pydantic import Field

from checking.services.catalogue import Catalogue
from handlers.shared.callbacks import TaskAct, TaskButton
from handlers.shared.card import Card, check_name, keyboard_of
from handlers.shared.commands import TASKS
from handlers.shared.context import BotContext
from handlers.shared.formats import short_date, shortened
from handlers.shared.messages import turn
from handlers.shared.places import is_group
from handlers.shared.texts import Phrases
from storage.people import chats
from storage.people.chats import FirstFile
from storage.tasks import chat_tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task

PAGE_SIZE = 8
LONGEST_NAME = 18
LONGEST_WORD = 40  # of what was searched for, as it is shown

S = TaskState
ICONS = {
    S.DELIVERED: "✅",
    S.UNCONFIRMED: "⚠️",
    S.REJECTED: "❌",
    S.FAILED: "❌",
    S.EXPIRED: "⌛",
    S.CANCELLED: "🗑",
}
RUNNING = "⏳"


class TasksPageButton(CallbackData, prefix="x"):
    """A button that shows another page, from 0.

    is_search: of the checks that the message asked for to which the page is the answer: what
        somebody looks for is no part of a button.
    """

    page: Annotated[int, Field(ge=0, le=1_000_000)]
    is_search: bool


class FirstFileButton(CallbackData, prefix="xf"):
    """A button below the first page: which file of a result comes first from now on."""

    first: FirstFile


def build() -> Router:
    """Build the router of the pages."""
    router = Router(name="task_pages")
    router.message.register(on_tasks, Command(TASKS))  # in groups, too
    router.callback_query.register(on_page, TasksPageButton.filter())
    router.callback_query.register(on_first_file, FirstFileButton.filter())
    return router


async def on_tasks(message: Message, command: CommandObject, ctx: BotContext, say: Phrases) -> None:
    """Show the newest checks of this chat, or those whose list has a word in its name."""
    word = (command.args or "").strip()
    card = await _page(ctx, say, message.chat.id, 0, word)
    if card is None:
        here = "tasks-none-here" if is_group(message.chat.id) else "tasks-none"
        shown = shortened(word, LONGEST_WORD)
        card = Card(say.html("tasks-none-found", word=shown) if word else say.html(here))
    await message.reply(card.text, reply_markup=card.keyboard)


async def on_page(
    query: CallbackQuery, callback_data: TasksPageButton, ctx: BotContext, say: Phrases
) -> None:
    """Show another page; what was searched for stands in the message that this one answers."""
    shown = query.message
    asked = shown.reply_to_message if isinstance(shown, Message) else None
    _, *words = ((asked.text if asked else None) or "-").split(maxsplit=1)  # as aiogram does
    word = "".join(words).strip() if callback_data.is_search else ""
    card = None
    if shown is not None and (word or not callback_data.is_search):
        card = await _page(ctx, say, shown.chat.id, callback_data.page, word)
    await query.answer("" if card else say.plain("notice-gone"))
    if card is not None:
        await turn(query, card)


async def on_first_file(
    query: CallbackQuery, callback_data: FirstFileButton, ctx: BotContext, say: Phrases
) -> None:
    """Let another file of a result come first, in a private chat; groups have their settings."""
    shown = query.message
    if shown is None or is_group(shown.chat.id):
        await query.answer(say.plain("notice-gone"))
        return
    async with ctx.database.write() as connection:
        await chats.choose_first_file(
            connection, shown.chat.id, callback_data.first, ctx.clock.now()
        )
    await query.answer(say.plain("notice-kept"))
    if card := await _page(ctx, say, shown.chat.id, 0, ""):
        await turn(query, card)


async def _page(ctx: BotContext, say: Phrases, chat_id: int, page: int, word: str) -> Card | None:
    """A page of a chat's checks; None if there is nothing on it."""
    async with ctx.database.read() as connection:
        found = await chat_tasks.of_chat(
            connection,
            ctx.database.vault,
            chat_id,
            limit=PAGE_SIZE + 1,
            skip=page * PAGE_SIZE,
            word=word,
        )
        first = await chats.first_file(connection, chat_id) or ctx.first_file
    if not found:
        return None
    card = tasks_page(say, ctx.catalogue, found, page=page, word=word, now=ctx.clock.now())
    if page or word or is_group(chat_id):
        return card
    other = FirstFile.RAW if first is FirstFile.LIST else FirstFile.LIST
    label = say.plain("button-first-file", file=say.plain(f"first-file-{first}"))
    button = InlineKeyboardBuilder()
    button.button(text=label, callback_data=FirstFileButton(first=other))
    rows = card.keyboard.inline_keyboard if card.keyboard else []
    return Card(card.text, InlineKeyboardMarkup(inline_keyboard=[*rows, *button.export()]))


def tasks_page(
    say: Phrases, catalogue: Catalogue, found: Sequence[Task], *, page: int, word: str, now: float
) -> Card:
    """A page of checks; `found` has one more than fits if there is a next one.

    word: What their names were searched for; empty: nothing.
    """
    checks, turns = InlineKeyboardBuilder(), InlineKeyboardBuilder()
    for task in found[:PAGE_SIZE]:
        shows = TaskButton(act=TaskAct.SHOW, id=task.id)
        checks.button(text=_label(say, catalogue, task, now), callback_data=shows)
    checks.adjust(1)
    is_search = bool(word)
    if page > 0:
        newer = TasksPageButton(page=page - 1, is_search=is_search)
        turns.button(text=say.plain("button-newer"), callback_data=newer)
    if len(found) > PAGE_SIZE:
        older = TasksPageButton(page=page + 1, is_search=is_search)
        turns.button(text=say.plain("button-older"), callback_data=older)
    shown = shortened(word, LONGEST_WORD)
    head = say.html("tasks-found", word=shown) if word else say.html("tasks-head")
    is_long = page > 0 or len(found) > PAGE_SIZE
    hint = [say.html("tasks-find")] if is_long and not word else []
    return Card("\n".join([head, *hint]), keyboard_of(checks, turns))


def _label(say: Phrases, catalogue: Catalogue, task: Task, now: float) -> str:
    is_running = task.state is S.PROCESSING
    return say.plain(
        "tasks-line-progress" if is_running else "tasks-line",
        icon=ICONS.get(task.state, RUNNING),
        date=short_date(say, task.started_at or task.created_at, now),
        title=shortened(task.title, LONGEST_NAME),
        check=check_name(say, catalogue.get(task.check_key), task.check_key),
        numbers=task.numbers if is_running else task.all_numbers,
        done=task.done,
    )
