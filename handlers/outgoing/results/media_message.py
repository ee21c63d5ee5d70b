"""A message that announces a file or a picture and then becomes it, so that it appears once.

The announcement makes the phone buzz, and its id is stored. The edit that turns it into the
media is idempotent: repeated after a crash or a lost reply, it still leaves one message.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    Message,
)

from handlers.shared.places import Place
from handlers.shared.telegram_errors import is_card_gone
from handlers.shared.texts import Html

UPLOAD_SECONDS = 600  # 50 MB over a slow line


@dataclass(frozen=True, slots=True)
class MediaMessage:
    """The place, the announcement, and the media it becomes.

    silent: the phone doesn't buzz.
    """

    place: Place
    announcement: Html
    media: InputMediaDocument | InputMediaPhoto
    keyboard: InlineKeyboardMarkup | None = None
    silent: bool = False


async def bring(
    bot: Bot,
    message: MediaMessage,
    notice_id: int | None,
    note: Callable[[int], Awaitable[object]],
) -> tuple[int, str]:
    """Send the announcement unless there is one (`notice_id`), then turn it into the media.

    `note` stores the id of the announcement before anything else happens. One that was deleted is
    sent once more. Returns the message id and the file id of its document, "" if Telegram doesn't
    name one (an edit that changes nothing, a picture). Raises aiogram's errors; a repeated call
    resumes.
    """
    for last in (False, True):
        if notice_id is None:
            sent = await bot.send_message(
                text=message.announcement,
                disable_notification=message.silent or None,
                **message.place.sending(),
            )
            notice_id = sent.message_id
            await note(notice_id)
        try:
            shown = await bot.edit_message_media(
                message.media,
                chat_id=message.place.chat_id,
                message_id=notice_id,
                reply_markup=message.keyboard,
                request_timeout=UPLOAD_SECONDS,
            )
        except TelegramBadRequest as error:
            if last or not is_card_gone(error):
                raise
            notice_id = None
        else:
            return notice_id, document_of(shown)
    raise AssertionError  # the last try returns or raises


def document_of(message: object) -> str:
    """Return the file id of a message's document, "" for none."""
    document = message.document if isinstance(message, Message) else None
    return document.file_id if document else ""
