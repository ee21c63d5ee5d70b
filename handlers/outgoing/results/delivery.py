"""Delivery of a result file to its chat, so that it appears once.

First a short message announces it (this is what makes the phone buzz), and its id is stored.
Then that message becomes the document: an edit can be repeated after a crash or a lost reply
and still leaves one file. Only if Telegram refuses the edit is the file sent as a message of its
own; the intent is stored first, and the bot never sends it a second time by itself.
"""

import asyncio
from pathlib import Path
from typing import Unpack
from weakref import WeakValueDictionary

import structlog
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import InputFile, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from checking.key_health import KeyHealth
from checking.ledger import Also, Ledger
from handlers.outgoing.results.media_message import UPLOAD_SECONDS, MediaMessage, bring, document_of
from handlers.outgoing.results.picture import Pictures
from handlers.outgoing.results.products import Products
from handlers.outgoing.results.recipients import Recipients
from handlers.outgoing.results.result_files import ResultFiles
from handlers.outgoing.results.split_delivery import SplitDelivery
from handlers.shared.card import check_name, short_title
from handlers.shared.context import BotContext
from handlers.shared.places import result_place
from handlers.shared.telegram_errors import is_chat_silent, is_file_refused
from storage.sealing.files import is_sound
from storage.tasks import result_parts
from storage.tasks.task_messages import MessageChanges
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Changes, Task

S = TaskState
_REFUSALS = (
    *(TelegramBadRequest, TelegramForbiddenError, TelegramNotFound, TelegramUnauthorizedError),
    *(TelegramConflictError, TelegramRetryAfter),
)
log = structlog.get_logger("delivery")


class Delivery:
    """Delivers fetched results. Raises aiogram's errors; a repeated call resumes."""

    def __init__(
        self,
        ctx: BotContext,
        ledger: Ledger,
        key_health: KeyHealth,
        *,
        products: Products,
        folder: Path,
    ) -> None:
        self._ctx = ctx
        self._database = ctx.database
        self._ledger = ledger
        self._key_health = key_health
        self._folder = folder
        self._files = ResultFiles(ctx, products)
        self._pictures = Pictures(ctx)
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
        await self._pictures.bring(task)
        if (task.result_bytes or 0) > self._ctx.limits.upload:
            await self._in_parts(task, path)
            return
        own = await self._files.own(task)
        try:
            await self._become(task, path, own)
        except TelegramEntityTooLarge:
            await self._in_parts(task, path)
        except TelegramBadRequest as error:
            if is_file_refused(error) or is_chat_silent(error):
                raise
            log.warning("result edit refused", task=task.id, error=error.message)
            await self._send_apart(task, path)

    async def _become(self, task: Task, path: Path, own: MediaMessage | None) -> None:
        """Announce the result, and turn that message into its file, or into one after the other."""
        notice_id, document = task.messages.notice_id, task.messages.document_id
        raw = await self._files.raw(task, path, is_first=own is None)

        async def note(sent_id: int) -> None:
            nonlocal notice_id
            notice_id = sent_id
            await self._ledger.put(task, notice_id=sent_id)

        if own is None:
            _, document = await bring(self._ctx.bot, raw, notice_id, note)
            await self._delivered(task, document_id=document or None, own_id=None)
            return
        if not document:
            notice_id, document = await bring(self._ctx.bot, raw, notice_id, note)
            await self._ledger.put(task, document_id=document or None)
        try:
            _, own_id = await bring(self._ctx.bot, own, notice_id, note)
        except (TelegramBadRequest, TelegramEntityTooLarge) as error:
            if is_file_refused(error) or is_chat_silent(error):
                raise
            log.warning("own list refused", task=task.id, error=error.message)
            raw = await self._files.raw(task, path, is_first=True)
            await bring(self._ctx.bot, raw, notice_id, note)
            own_id = None
        await self._delivered(task, own_id=own_id)

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
            await self._delivered(task, document_id=None)
            return
        say = await self._ctx.say(result_place(task).chat_id)
        check = self._ctx.catalogue.get(task.check_key)
        name = check_name(say, check, task.check_key)
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

        await self._delivered(task, also=tell, document_id=None)

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

    async def send_again(self, task: Task, *, is_raw: bool = False) -> bool:
        """Send a delivered file once more; False if it must be fetched anew first.

        is_raw: The service's file, whichever came first.
        """
        try:
            sent = await self._send_again(task, is_raw=is_raw)
        except (TelegramBadRequest, TelegramForbiddenError) as error:
            if not is_file_refused(error) or task.is_private:
                raise
            await self._recipients.offer(task)
            return True
        if sent and task.messages.told_at is not None:  # the buttons of that card do nothing more
            await self._ledger.put(task, told_at=None)
        return sent

    async def _send_again(self, task: Task, *, is_raw: bool) -> bool:
        if (task.result_bytes or 0) > self._ctx.limits.upload:
            return await self._parts.again(task)
        document, own_id = task.messages.document_id, task.messages.own_id
        if own_id and not is_raw and await self._sent(task, own_id, is_own=True):
            return True
        if document and await self._sent(task, document):
            return True
        path = await self._stored(task)
        return path is not None and await self._sent(task, await self._files.file(task, path))

    async def _sent(self, task: Task, file: str | InputFile, *, is_own: bool = False) -> bool:
        """Send a file; False if Telegram doesn't take it, or doesn't know its id any more."""
        try:
            await self._send(task, file, is_own=is_own)
        except TelegramBadRequest as error:
            if is_file_refused(error) or is_chat_silent(error):
                raise
            log.warning("result resend refused", task=task.id, error=error.message)
            return False
        return True

    async def _send(self, task: Task, file: str | InputFile, *, is_own: bool = False) -> Message:
        return await self._ctx.bot.send_document(
            document=file,
            **result_place(task).sending(),
            caption=await self._files.caption(task, is_own=is_own),
            reply_markup=await self._files.keyboard(task, is_own=is_own),
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
        again |= Changes(document_id=None, own_id=None)

        async def forget(connection: AsyncConnection) -> None:
            await result_parts.forget(connection, task.id)

        return await self._ledger.move(task, [S.DELIVERED], S.EXPORTED, also=forget, **again)

    async def _send_apart(self, task: Task, path: Path) -> None:
        if task.messages.sending_since is not None:
            # An earlier try has an unknown outcome: the button of the card sends the file again.
            await self._delivered(task, document_id=None)
            return
        await self._ledger.put(task, sending_since=self._ctx.clock.now())
        try:
            message = await self._send(task, await self._files.file(task, path))
        except _REFUSALS:
            # A clear refusal: nothing was sent, so the next try counts as the first.
            await self._ledger.put(task, sending_since=None)
            raise
        await self._delivered(task, document_id=document_of(message) or None)

    async def _delivered(
        self, task: Task, *, also: Also | None = None, **sent: Unpack[MessageChanges]
    ) -> None:
        now = self._ctx.clock.now()
        await self._ledger.move(task, [S.FETCHED], S.DELIVERED, also=also, finished_at=now, **sent)
