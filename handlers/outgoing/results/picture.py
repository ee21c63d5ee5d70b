"""The picture of a result: drawn and sent before its file, once, where it adds something.

As with the file, a message announces the picture and then becomes it, so that neither a crash
nor a lost reply leaves two. If Telegram refuses the picture, it is dropped: the file tells it all.
The file's message comes below it, so that its buttons are the last thing in the chat.
"""

from contextlib import suppress

import structlog
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import BufferedInputFile, InputMediaPhoto

from handlers.cards.known import chart_footer
from handlers.cards.result import summary_of
from handlers.cards.wording import chart_words
from handlers.outgoing.results.media_message import MediaMessage, bring
from handlers.shared.card import check_name, short_title
from handlers.shared.context import BotContext
from handlers.shared.formats import date_of
from handlers.shared.places import result_place
from handlers.shared.telegram_errors import is_chat_silent
from runtime.confined.exchange import BrokenWorkError, TooMuchError
from storage.records.strikes import Strikes
from storage.tasks.tasks import Task

DUE, SENT, NONE = "due", "sent", "none"
FEWEST_BARS = 3
"""Two bars tell no more than the two lines of the caption."""

log = structlog.get_logger("picture")


class Pictures:
    """Sends pictures of results. Raises aiogram's errors; a repeated call resumes."""

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx
        self._strikes = Strikes(ctx.database, "picture", ctx.clock)

    async def bring(self, task: Task) -> None:
        """Draw the picture of a result that is to be delivered, and send it to its chat, if due."""
        if task.messages.picture != DUE:
            return
        png = await self._draw(task)
        if png is None:
            await self._ctx.ledger.put(task, picture=NONE)
            return
        say = await self._ctx.say(result_place(task).chat_id)
        check = self._ctx.catalogue.get(task.check_key)
        name = check_name(say, check, task.check_key)
        message = MediaMessage(
            place=result_place(task),
            announcement=say.html("picture-coming", title=short_title(task.title), check=name),
            media=InputMediaPhoto(media=BufferedInputFile(png, "result.png")),
            silent=True,
        )
        notice = task.messages.picture_notice_id

        async def note(notice_id: int) -> None:
            nonlocal notice
            notice = notice_id
            await self._ctx.ledger.put(task, picture_notice_id=notice_id)

        try:
            await bring(self._ctx.bot, message, notice, note)
        except (TelegramBadRequest, TelegramForbiddenError) as error:
            if is_chat_silent(error):
                raise
            log.warning("picture refused", task=task.id, error=error.message)
            await self._ctx.ledger.put(task, picture=NONE)
            if notice is not None:  # it says that a picture comes
                with suppress(TelegramBadRequest):
                    await self._ctx.bot.delete_message(message.place.chat_id, notice)
        else:
            await self._ctx.ledger.put(task, picture=SENT)

    async def _draw(self, task: Task) -> bytes | None:
        """Return the picture as PNG; None if there is nothing to draw, or drawing fails."""
        found = summary_of(task)
        check = self._ctx.catalogue.get(task.check_key)
        if found is None or check is None:
            return None
        say = await self._ctx.say(result_place(task).chat_id)
        words = chart_words(
            say,
            task.check_key,
            check.meaning.scale,
            found,
            task.title,
            check_name=check.title,
            day=None if task.is_remembered else date_of(task.submitted_at or self._ctx.clock.now()),
            footer=chart_footer(say, task),
        )
        if len(words.rows) < FEWEST_BARS:
            return None
        try:
            async with self._strikes.during(task.id) as deadly:
                if deadly:
                    log.error("picture set aside", task=task.id)
                    return None
                return await self._ctx.glass.draw(words, of=task.person_id)
        except (TooMuchError, BrokenWorkError) as error:
            log.warning("picture not drawn", task=task.id, why=str(error))
            return None
