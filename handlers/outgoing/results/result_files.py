"""The two files of a result, as messages: the service's, and the person's own list.

Which of them comes first, the chat says, else the operator. Where it is the own list, the message
that announces the result becomes the service's file before it becomes the list: so Telegram has
both, and the one that isn't shown can be had by its id.
"""

from collections.abc import AsyncGenerator
from pathlib import Path

import structlog
from aiogram import Bot
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup, InputFile, InputMediaDocument

from checking.memory.splits import KnownGoneError
from handlers.cards.result import result_caption, result_keyboard, summary_of
from handlers.outgoing.results.media_message import MediaMessage
from handlers.outgoing.results.products import GoneError, Products
from handlers.shared.card import check_name, short_title
from handlers.shared.context import BotContext
from handlers.shared.formats import day, file_stem
from handlers.shared.places import result_place
from handlers.shared.sources import NotGivenError, TroubleError
from handlers.shared.texts import Phrases
from runtime.confined.exchange import BrokenWorkError, TooMuchError
from sheets.answers.result_errors import ResultError
from storage.people import chats, costs
from storage.people.chats import FirstFile
from storage.records.strikes import Strikes
from storage.sealing.files import read_sealed
from storage.sealing.vault import Vault
from storage.tasks.tasks import Task

log = structlog.get_logger("delivery")

_NOT_MADE = (GoneError, KnownGoneError, ResultError, TroubleError, NotGivenError)
_TOO_MUCH = (TooMuchError, BrokenWorkError)


class SealedInputFile(InputFile):
    """A sealed file that is decrypted block by block while it is sent; each try begins anew."""

    def __init__(self, path: Path, filename: str, vault: Vault, task_id: str) -> None:
        super().__init__(filename=filename)
        self._path = path
        self._vault = vault
        self._task_id = task_id

    async def read(self, bot: Bot) -> AsyncGenerator[bytes]:
        """Yield the decrypted blocks; aiogram calls this."""
        del bot
        for block in read_sealed(self._path, self._vault, self._task_id):
            yield block


class ResultFiles:
    """Makes these messages. Raises TelegramRetryAfter."""

    def __init__(self, ctx: BotContext, products: Products) -> None:
        self._ctx = ctx
        self._products = products
        self._strikes = Strikes(ctx.database, "own", ctx.clock)

    async def raw(self, task: Task, path: Path, *, is_first: bool) -> MediaMessage:
        """The service's file; unless it stays the first one, its message has no buttons yet."""
        say, name = await self._words(task)
        return MediaMessage(
            place=result_place(task),
            announcement=say.html("result-ready", title=short_title(task.title), check=name),
            media=InputMediaDocument(
                media=await self.file(task, path), caption=await self.caption(task)
            ),
            keyboard=await self.keyboard(task) if is_first else None,
        )

    async def own(self, task: Task) -> MediaMessage | None:
        """The person's own list with the answers, if it comes first.

        None, too, where it can't be made, or is more than one file.
        """
        chat_id = result_place(task).chat_id
        if summary_of(task) is None or not await self._is_own_first(chat_id):
            return None
        say, name = await self._words(task)
        try:
            async with self._strikes.during(task.id) as deadly:
                sheet = None if deadly else await self._products.sheet(task, say, chat_id)
        except _NOT_MADE as error:
            log.info("own list not made", task=task.id, why=str(error) or type(error).__name__)
            return None
        except _TOO_MUCH as error:
            log.error("product not made", of=task.id, why=str(error))  # noqa: TRY400 # it says all
            return None
        if sheet is None or len(sheet.files) != 1:
            return None
        (file,) = sheet.files
        lines = [await self.caption(task, is_own=True)]
        if sheet.without:
            lines.append(say.html("sheet-without", checks=" · ".join(sheet.without)))
        if file.said:
            lines.append(say.html(f"sheet-said-{file.said}"))
        title = file_stem(file.source or task.title)
        media = BufferedInputFile(file.data, say.plain("sheet-file", title=title) + file.ending)
        return MediaMessage(
            place=result_place(task),
            announcement=say.html("result-ready", title=short_title(task.title), check=name),
            media=InputMediaDocument(media=media, caption="\n".join(lines)),
            keyboard=await self.keyboard(task, is_own=True),
        )

    async def _is_own_first(self, chat_id: int) -> bool:
        async with self._ctx.database.read() as connection:
            chosen = await chats.first_file(connection, chat_id)
        return (chosen or self._ctx.first_file) is FirstFile.LIST

    async def file(self, task: Task, path: Path) -> InputFile:
        """The file under a name for people: `numbers · Telegram activity · 2026-11-22.zip`."""
        say, check = await self._words(task)
        date = day(task.submitted_at or self._ctx.clock.now())
        key = "result-file-remembered" if task.is_remembered else "result-file"
        text = say.plain(key, title=file_stem(task.title), check=check, date=date)
        name = text + Path(task.result_name or "").suffix
        return SealedInputFile(path, name, self._ctx.database.vault, task.id)

    async def caption(self, task: Task, *, is_own: bool = False) -> str:
        """The caption of either file."""
        say = await self._ctx.say(result_place(task).chat_id)
        async with self._ctx.database.read() as connection:
            posts = await costs.of_posts(connection, task.id)
        check = self._ctx.catalogue.get(task.check_key)
        return result_caption(say, task, check, posts, is_own=is_own)

    async def keyboard(self, task: Task, *, is_own: bool = False) -> InlineKeyboardMarkup | None:
        """The buttons below either file."""
        say = await self._ctx.say(result_place(task).chat_id)
        check = self._ctx.catalogue.get(task.check_key)
        return result_keyboard(say, task, check, is_own=is_own)

    async def _words(self, task: Task) -> tuple[Phrases, str]:
        say = await self._ctx.say(result_place(task).chat_id)
        return say, check_name(say, self._ctx.catalogue.get(task.check_key), task.check_key)
