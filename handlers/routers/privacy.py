"""/privacy, /export and /forget: what is kept about a person, and the end of it."""

import asyncio
import json
from enum import StrEnum
from pathlib import Path

import structlog
from aiogram import Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardMarkup, Message

from handlers.shared.cards import button_of
from handlers.shared.commands import EXPORT, FORGET, PRIVACY
from handlers.shared.context import BotContext
from handlers.shared.filters import PRIVATE
from handlers.shared.texts import Phrases
from storage.tasks.task_states import TaskState
from storage.upkeep import forget_person

# A check in one of these states is at a service, and its money is spent.
AT_WORK = (
    TaskState.SUBMITTING,
    TaskState.SUBMITTED,
    TaskState.PROCESSING,
    TaskState.EXPORTED,
    TaskState.FETCHED,
    TaskState.UNCONFIRMED,
)

log = structlog.get_logger("privacy")


class ForgetAct(StrEnum):
    """The answers to "really?"."""

    YES = "y"
    NO = "n"


class ForgetButton(CallbackData, prefix="z"):
    """A button below the question whether everything is to be erased."""

    act: ForgetAct


def build() -> Router:
    """Tells what is kept, hands it out, and erases it."""
    router = Router(name="privacy")
    router.message.filter(PRIVATE)
    router.message.register(on_privacy, Command(PRIVACY))
    router.message.register(on_export, Command(EXPORT))
    router.message.register(on_forget, Command(FORGET))
    router.callback_query.register(on_answer, ForgetButton.filter())
    return router


async def on_privacy(message: Message, say: Phrases) -> None:
    """What is kept, where, how long and why."""
    await message.answer(say.html("privacy"))


async def on_export(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Everything that is stored about whoever asks, as one file."""
    assert message.from_user is not None
    async with ctx.database.read() as connection:
        found = await forget_person.kept(connection, ctx.database.vault, message.from_user.id)
    data = await asyncio.to_thread(_as_json, found)
    await ctx.bot.send_document(
        message.chat.id,
        BufferedInputFile(data, "numberdesk.json"),
        caption=say.html("export-caption"),
    )


def _as_json(found: dict[str, object]) -> bytes:
    return json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8", "replace")


async def on_forget(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Ask whether it is meant, and say what it costs."""
    assert message.from_user is not None
    async with ctx.database.read() as connection:
        at_work = await forget_person.running(connection, message.from_user.id, list(AT_WORK))
    lines = [say.html("forget-ask")]
    if at_work:
        lines.append(say.html("forget-running", checks=at_work))
    if message.from_user.id not in ctx.owners:
        lines.append(say.html("forget-access"))
    yes = button_of(say.plain("button-forget"), ForgetButton(act=ForgetAct.YES), "danger")
    no = button_of(say.plain("button-keep"), ForgetButton(act=ForgetAct.NO))
    await message.answer(
        "\n\n".join(lines), reply_markup=InlineKeyboardMarkup(inline_keyboard=[[no, yes]])
    )


async def on_answer(
    query: CallbackQuery, callback_data: ForgetButton, ctx: BotContext, results: Path, say: Phrases
) -> None:
    """Erase everything now, or leave it."""
    if query.message is None or query.message.chat.type != "private":
        await query.answer(say.plain("notice-gone"))
        return
    await query.answer()
    text = say.html("forget-kept")
    if callback_data.act is ForgetAct.YES:
        await _forget(query.from_user.id, ctx, results)
        text = say.html("forget-done")
    try:
        await ctx.bot.edit_message_text(
            text, chat_id=query.message.chat.id, message_id=query.message.message_id
        )
    except TelegramBadRequest:
        await ctx.bot.send_message(query.from_user.id, text)


async def _forget(person_id: int, ctx: BotContext, results: Path) -> None:
    async with ctx.database.write() as connection:
        files = await forget_person.forget(connection, person_id)
    await asyncio.to_thread(_erase, results, files)
    # The log of the database still holds the pages as they were.
    await ctx.database.fold()
    ctx.languages.pop(person_id, None)
    log.info("person forgotten", files=len(files))
    ctx.wake_up.notify()


def _erase(results: Path, files: list[str]) -> None:
    for name in files:
        (results / name).unlink(missing_ok=True)
