"""Delivery of a result file to its chat, so that it appears once.

First a short message announces it (this is what makes the phone buzz), and its id is stored.
Then that message becomes the document: an edit can be repeated after a crash or a lost reply
and still leaves one file. Only if Telegram refuses the edit is the file sent as a message of its
own; the intent is stored first, and the bot never sends it a second time by itself.
"""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from weakref import WeakValueDictionary

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import InlineKeyboardMarkup, InputFile, InputMediaDocument, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from checking.key_health import KeyHealth
from checking.ledger import Also, Ledger
from handlers.cards.result import result_caption, result_keyboard
from handlers.outgoing.media_message import UPLOAD_SECONDS, MediaMessage, bring, document_of
from handlers.outgoing.recipients import Recipients
from handlers.outgoing.split_delivery import SplitDelivery
from handlers.shared.card import check_name, short_title
from handlers.shared.context import BotContext
from handlers.shared.formats import day, file_stem
from handlers.shared.places import result_place
from handlers.shared.telegram_errors import is_chat_silent, is_file_refused
from handlers.shared.texts import Phrases
from storage.people import costs
from storage.sealing.files import is_sound, read_sealed
from storage.sealing.vault import Vault
from storage.tasks import result_parts
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Changes, Task

S = TaskState
_REFUSALS = (
    *(TelegramBadRequest, TelegramForbiddenError, TelegramNotFound, TelegramUnauthorizedError),
    *(TelegramConflictError, TelegramRetryAfter),
)
log = structlog.get_logger("delivery")


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


class Delivery:
    """Delivers fetched results. Raises aiogram's errors; a repeated call resumes."""

    def __init__(
        self, ctx: BotContext, ledger: Ledger, key_health: KeyHealth, folder: Path
    ) -> None:
        self._ctx = ctx
        self._database = ctx.database
        self._ledger = ledger
        self._key_health = key_health
        self._folder = folder
        self._parts = SplitDelivery(ctx)
        self._recipients = Recipients(ctx)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def deliver(self, task: Task) -> None:
        """Put the result of a fetched task into its chat."""
        async with self._lock(task.id):
            await self._deliver(task)

    def _lock(self, task_id: str) -> asyncio.Lock:
        """Whoever has a chat both delivers there and hears its taps: one after the other."""
        return self._locks.setdefault(task_id, asyncio.Lock())

    async def _deliver(self, task: Task) -> None:
        claimed = task.goes_to
        settled = await self._recipients.settle(task)
        if settled is None:
            return
        task = settled
        if task.goes_to != claimed:
            # It is brought by whoever works for that chat: perhaps another replica.
            self._ctx.wake_up.notify()
            return
        if not await self._recipients.is_reached(task):
            await self._recipients.tell(task)
            return
        try:
            await self._bring(task)
        except (TelegramBadRequest, TelegramForbiddenError) as error:
            if not is_file_refused(error) or task.is_private:
                raise
            log.info("group takes no files", task=task.id)
            await self._recipients.offer(task)

    async def _bring(self, task: Task) -> None:
        path = await self._stored(task)
        if path is None:
            await self.fetch_anew(task)
            return
        if (task.result_bytes or 0) > self._ctx.limits.upload:
            await self._in_parts(task, path)
            return
        say, name = await self._words(task)
        message = MediaMessage(
            place=result_place(task),
            announcement=say.html("result-ready", title=short_title(task.title), check=name),
            media=InputMediaDocument(
                media=await self._file(task, path), caption=await self._caption(task)
            ),
            keyboard=await self._keyboard(task),
        )
        try:
            _, document = await bring(
                self._ctx.bot,
                message,
                task.messages.notice_id,
                lambda notice_id: self._ledger.put(task, notice_id=notice_id),
            )
        except TelegramEntityTooLarge:
            await self._in_parts(task, path)
        except TelegramBadRequest as error:
            if is_file_refused(error) or is_chat_silent(error):
                raise
            log.warning("result edit refused", task=task.id, error=error.message)
            await self._send_apart(task, path)
        else:
            await self._delivered(task, document or None)

    async def _stored(self, task: Task) -> Path | None:
        """Return the file on our disk; None if it is gone, or damaged there."""
        path = self._folder / (task.result_name or "-")
        if not path.is_file():
            return None
        if await asyncio.to_thread(is_sound, path, self._database.vault, task.id):
            return path
        log.warning("stored result damaged", task=task.id)
        return None

    async def _in_parts(self, task: Task, path: Path) -> None:
        """Deliver a large result in parts; if it can't be split, tell the person and the owners."""
        files = await self._parts.split(task, path)
        if files:
            await self._parts.bring(task, files)
            await self._delivered(task, None)
            return
        say, name = await self._words(task)
        text = say.html(
            "result-too-big",
            title=short_title(task.title),
            check=name,
            megabytes=(task.result_bytes or 0) // 1_000_000,
            ref=task.remote_id or "?",
        )
        await self._ctx.bot.send_message(text=text, **result_place(task).sending())

        async def tell(connection: AsyncConnection) -> None:
            names = {"service": task.service, "remote": task.remote_id or "?"}
            await self._key_health.note(connection, "owner-too-big", names)

        await self._delivered(task, None, also=tell)

    async def bring_to(self, task: Task, chat_id: int) -> bool:
        """Bring a result that its group didn't take to its person, or to the group after all."""
        async with self._lock(task.id):  # what is on its way to the group can't go elsewhere
            found = await self._recipients.redirect(task, chat_id)
        if found is None:
            return False
        self._ctx.wake_up.notify()
        if found.state is not S.DELIVERED or found.messages.told_at is None:
            return True  # the courier brings it, or has brought it for an earlier tap
        sent = await self._recipients.is_reached(found) and await self.send_again(found)
        return sent or await self.fetch_anew(found)

    async def send_again(self, task: Task) -> bool:
        """Send a delivered file once more; False if it must be fetched anew first."""
        try:
            sent = await self._send_again(task)
        except (TelegramBadRequest, TelegramForbiddenError) as error:
            if not is_file_refused(error) or task.is_private:
                raise
            await self._recipients.offer(task)
            return True
        if sent and task.messages.told_at is not None:  # the buttons of that card do nothing more
            await self._ledger.put(task, told_at=None)
        return sent

    async def _send_again(self, task: Task) -> bool:
        if (task.result_bytes or 0) > self._ctx.limits.upload:
            return await self._parts.again(task)
        path = await self._stored(task)
        sources: list[str | InputFile] = (
            [task.messages.document_id] if task.messages.document_id else []
        )
        if path is not None:
            sources.append(await self._file(task, path))
        for source in sources:
            try:
                await self._send(task, source)
            except TelegramBadRequest as error:
                if is_file_refused(error) or is_chat_silent(error):
                    raise
                log.warning("result resend refused", task=task.id, error=error.message)
            else:
                return True
        return False

    async def _send(self, task: Task, file: str | InputFile) -> Message:
        return await self._ctx.bot.send_document(
            document=file,
            **result_place(task).sending(),
            caption=await self._caption(task),
            reply_markup=await self._keyboard(task),
            request_timeout=UPLOAD_SECONDS,
        )

    async def fetch_anew(self, task: Task) -> bool:
        """Send a task back to the fetch: its file is gone from our disk. False if it has moved on.

        It may be on the disk of another replica that began to deliver it: the announcement sent
        by that replica still becomes the file, instead of a second one.
        """
        now = self._ctx.clock.now()
        again = Changes(next_at=now, progress_at=now, attempts=0, result_name=None)
        if task.state is S.FETCHED:
            return await self._ledger.move(task, [S.FETCHED], S.EXPORTED, **again)
        again |= Changes(notice_id=None, sending_since=None, told_at=None)

        async def forget(connection: AsyncConnection) -> None:
            await result_parts.forget(connection, task.id)

        return await self._ledger.move(task, [S.DELIVERED], S.EXPORTED, also=forget, **again)

    async def _send_apart(self, task: Task, path: Path) -> None:
        if task.messages.sending_since is not None:
            # An earlier try has an unknown outcome: the button of the card sends the file again.
            await self._delivered(task, None)
            return
        await self._ledger.put(task, sending_since=self._ctx.clock.now())
        try:
            message = await self._send(task, await self._file(task, path))
        except _REFUSALS:
            # A clear refusal: nothing was sent, so the next try counts as the first.
            await self._ledger.put(task, sending_since=None)
            raise
        await self._delivered(task, document_of(message) or None)

    async def _delivered(self, task: Task, document: str | None, also: Also | None = None) -> None:
        await self._ledger.move(
            task,
            [S.FETCHED],
            S.DELIVERED,
            also=also,
            document_id=document,
            finished_at=self._ctx.clock.now(),
        )

    async def _file(self, task: Task, path: Path) -> InputFile:
        """The file under a name for people: `numbers · Telegram activity · 2026-11-22.zip`."""
        say, check = await self._words(task)
        date = day(task.submitted_at or self._ctx.clock.now())
        key = "result-file-remembered" if task.is_remembered else "result-file"
        text = say.plain(key, title=file_stem(task.title), check=check, date=date)
        return SealedInputFile(
            path, text + Path(task.result_name or "").suffix, self._database.vault, task.id
        )

    async def _caption(self, task: Task) -> str:
        say = await self._ctx.say(result_place(task).chat_id)
        async with self._database.read() as connection:
            posts = await costs.of_posts(connection, task.id)
        return result_caption(say, task, self._ctx.catalogue.get(task.check_key), posts)

    async def _keyboard(self, task: Task) -> InlineKeyboardMarkup | None:
        say = await self._ctx.say(result_place(task).chat_id)
        return result_keyboard(say, task, self._ctx.catalogue.get(task.check_key))

    async def _words(self, task: Task) -> tuple[Phrases, str]:
        say = await self._ctx.say(result_place(task).chat_id)
        return say, check_name(say, self._ctx.catalogue.get(task.check_key), task.check_key)
