"""/privacy, /export and /forget: what is stored about a person, and its erasure."""

import asyncio
from collections.abc import AsyncGenerator
from enum import StrEnum
from pathlib import Path

import structlog
from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InputFile, Message
from aiogram.utils.keyboard import InlineKeyboardBuilder

from handlers.cards.exclusions.buttons import empty_button
from handlers.cards.exclusions.pages import standing_lines
from handlers.shared.card import keyboard_of
from handlers.shared.commands import EXPORT, FORGET, PRIVACY
from handlers.shared.context import BotContext
from handlers.shared.filters import PRIVATE
from handlers.shared.texts import Phrases
from runtime.confined.exchange import TooMuchError
from runtime.confined.files import Files, pieces_of, write
from runtime.threads import to_its_end
from storage.memory import exclusions
from storage.sealing.vault import Vault
from storage.tasks.task_states import TaskState
from storage.upkeep import forget_person

# Checks in these states are at a service, and paid.
AT_WORK = (
    TaskState.SUBMITTING,
    TaskState.SUBMITTED,
    TaskState.PROCESSING,
    TaskState.EXPORTED,
    TaskState.FETCHED,
    TaskState.UNCONFIRMED,
)

log = structlog.get_logger("privacy")


class _Export(InputFile):
    """A file in memory that is sent piece by piece; each try begins anew."""

    def __init__(self, file: int) -> None:
        super().__init__("numberdesk.json")
        self._file = file

    async def read(self, bot: Bot) -> AsyncGenerator[bytes]:
        """Yield the pieces; aiogram calls this."""
        del bot
        for piece in pieces_of(self._file):
            yield piece


class ForgetAct(StrEnum):
    """The answers to the question whether to erase everything."""

    YES = "y"
    NO = "n"


class ForgetButton(CallbackData, prefix="z"):
    """A button under that question."""

    act: ForgetAct


def build() -> Router:
    """Build the router of privacy: what is stored, its export, its erasure."""
    router = Router(name="privacy")
    router.message.filter(PRIVATE)
    router.message.register(on_privacy, Command(PRIVACY))
    router.message.register(on_export, Command(EXPORT))
    router.message.register(on_forget, Command(FORGET))
    router.callback_query.register(on_answer, ForgetButton.filter())
    return router


async def on_privacy(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Say what is stored, where, for how long and why."""
    days = max((check.remember_days for check in ctx.catalogue.all()), default=0)
    remembered = say.html("privacy-remembered", days=days) if days else ""
    async with ctx.database.read() as connection:
        standing = await exclusions.standing(connection, message.chat.id)
    lines = [say.html("privacy", remembered=remembered), *standing_lines(say, standing)]
    keyboard = keyboard_of(empty_button(say, standing))
    await message.answer("\n\n".join(lines), reply_markup=keyboard)


async def on_export(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Send everything that is stored about the person, as one JSON file."""
    assert message.from_user is not None
    person_id = message.from_user.id
    async with ctx.database.read() as connection:
        kept = await forget_person.kept(connection, ctx.database.vault, person_id)
    with Files() as files:
        texts = files.new()
        places: list[tuple[str, int, str, int]] = []
        for each in kept.sealed:
            async with ctx.database.read() as connection:
                blob = (await connection.execute(each.query)).scalar_one_or_none()
            if blob is not None:
                size = await to_its_end(_open, blob, each.sealed_as, ctx.database.vault, texts)
                places.append((*each.place, size))
        try:
            whole = await ctx.glass.write_json(
                kept.rows, places, texts, files, ctx.limits.upload, of=person_id
            )
        except TooMuchError as error:
            log.warning("export too much to write", why=str(error))
            await message.answer(say.html("export-too-much"))
            return
        await ctx.bot.send_document(
            message.chat.id, _Export(whole), caption=say.html("export-caption")
        )


async def on_forget(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Ask for confirmation, and say what will be lost."""
    assert message.from_user is not None
    async with ctx.database.read() as connection:
        at_work = await forget_person.running(connection, message.from_user.id, list(AT_WORK))
    lines = [say.html("forget-ask")]
    if at_work:
        lines.append(say.html("forget-running", checks=at_work))
    if message.from_user.id not in ctx.owners:
        lines.append(say.html("forget-access"))
    yes, no = ForgetButton(act=ForgetAct.YES), ForgetButton(act=ForgetAct.NO)
    buttons = InlineKeyboardBuilder()
    buttons.button(text=say.plain("button-keep"), callback_data=no)
    buttons.button(text=say.plain("button-forget"), callback_data=yes, style="danger")
    await message.answer("\n\n".join(lines), reply_markup=buttons.as_markup())


async def on_answer(
    query: CallbackQuery, callback_data: ForgetButton, ctx: BotContext, results: Path, say: Phrases
) -> None:
    """Erase everything, or keep it."""
    if query.message is None or query.message.chat.type != "private":
        await query.answer(say.plain("notice-gone"))
        return
    await query.answer()
    text = say.html("forget-kept")
    if callback_data.act is ForgetAct.YES:
        person_id = query.from_user.id
        async with ctx.changing(person_id) as connection:
            files = await forget_person.forget(
                connection, ctx.database.vault, person_id, ctx.clock.now()
            )
        for name in files:
            await asyncio.to_thread((results / name).unlink, missing_ok=True)
        # The write-ahead log still holds the old pages.
        await ctx.database.fold()
        log.info("person forgotten", files=len(files))
        ctx.wake_up.notify()
        text = say.html("forget-done")
    try:
        await ctx.bot.edit_message_text(
            text, chat_id=query.message.chat.id, message_id=query.message.message_id
        )
    except TelegramBadRequest:
        await ctx.bot.send_message(query.from_user.id, text)


def _open(blob: bytes, sealed_as: tuple[str, str], vault: Vault, texts: int) -> int:
    """Open what is sealed into a file in memory; return its size."""
    text = vault.open(blob, *sealed_as)
    write(texts, text)
    return len(text)
