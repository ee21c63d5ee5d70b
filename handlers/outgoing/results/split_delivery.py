"""Delivery of a result larger than one upload: parts that open on their own, each sent once."""

from pathlib import Path

import structlog
from aiogram.types import BufferedInputFile, InputMediaDocument

from checking.results.inspection import open_result
from handlers.cards import known
from handlers.cards.result import result_keyboard
from handlers.outgoing.results.media_message import MediaMessage, bring
from handlers.shared.card import check_name, short_title
from handlers.shared.context import BotContext
from handlers.shared.formats import day, file_stem
from handlers.shared.places import result_place
from runtime.confined.exchange import TooMuchError
from runtime.confined.files import Files
from runtime.threads import to_its_end
from sheets.answers.result_errors import ResultError
from sheets.glass.shapes import NamedFile
from storage.records.strikes import Strikes
from storage.tasks import result_parts
from storage.tasks.tasks import Task

MOST_BYTES = 500_000_000
"""Larger results are not split: they would not fit into memory."""


log = structlog.get_logger("delivery")


class SplitDelivery:
    """Delivers the parts. Raises aiogram's errors; a repeated call resumes."""

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx
        self._bot = ctx.bot
        self._database = ctx.database
        self._strikes = Strikes(ctx.database, "split", ctx.clock)

    async def split(self, task: Task, path: Path) -> list[NamedFile]:
        """Split a result into parts; none if it can't be split."""
        check = self._ctx.catalogue.get(task.check_key)
        if check is None or (task.result_bytes or 0) > MOST_BYTES:
            return []
        async with self._strikes.during(task.id) as deadly:
            if deadly:
                log.error("split set aside", task=task.id)
                return []
            with Files() as files:
                result = files.new()
                await to_its_end(open_result, path, self._database.vault, task.id, result)
                limit, of = self._ctx.limits.upload, task.person_id
                try:
                    return await self._ctx.glass.split(result, check.meaning, limit, of=of)
                except (ResultError, TooMuchError) as error:
                    log.warning("result not split", task=task.id, why=str(error))
                    return []

    async def bring(self, task: Task, files: list[NamedFile]) -> None:
        """Deliver each part: a message announces it, then becomes the file."""
        async with self._database.read() as connection:
            begun = await result_parts.of_task(connection, task.id)
        for number, file in enumerate(files, 1):
            notice_id, document_id = begun.get(number, (None, None))
            if document_id is None:  # "" is delivered, too, with an unknown file id
                await self._bring(task, number, len(files), file, notice_id)

    async def _bring(
        self, task: Task, number: int, count: int, file: NamedFile, notice_id: int | None
    ) -> None:
        say = await self._ctx.say(result_place(task).chat_id)
        check = self._ctx.catalogue.get(task.check_key)
        values: dict[str, str | float] = {
            "title": short_title(task.title),
            "check": check_name(say, check, task.check_key),
            "number": number,
            "pieces": count,
        }
        date = day(task.submitted_at or self._ctx.clock.now())
        title = file_stem(task.title)
        name = say.plain("result-piece-file", **values | {"title": title, "date": date})
        caption, keyboard = [say.html("result-piece-caption", **values)], None
        if number == count:  # below the last one stands what is below a file in one piece
            caption.append(known.result_counts(say, task, "parts"))
            keyboard = result_keyboard(say, task, check)
        message = MediaMessage(
            place=result_place(task),
            announcement=say.html("result-piece", **values),
            media=InputMediaDocument(
                media=BufferedInputFile(file.data, name + file.ending),
                caption="\n".join(caption),
            ),
            keyboard=keyboard,
        )

        async def note(notice_id: int, document: str | None = None) -> None:
            async with self._database.write() as connection:
                await result_parts.put(connection, task.id, number, notice_id, document)

        await note(*await bring(self._bot, message, notice_id, note))

    async def again(self, task: Task) -> bool:
        """Send the parts once more by their file ids; False if there are none."""
        async with self._database.read() as connection:
            begun = await result_parts.of_task(connection, task.id)
        ids = [document_id for _, document_id in begun.values() if document_id]
        for document_id in ids:
            await self._bot.send_document(document=document_id, **result_place(task).sending())
        return bool(ids)
