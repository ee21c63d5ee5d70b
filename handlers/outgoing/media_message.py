"""A message that first announces and then becomes a file or a picture, so that it appears once.

The announcement makes the phone buzz, and its id is stored. The edit that turns it into the
media can be repeated after a crash or a lost reply and still leaves one message.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiogram import Bot
from aiogram.types import (
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    Message,
    ReplyParameters,
)

from handlers.shared.places import Place
from handlers.shared.texts import Html

UPLOAD_SECONDS = 600  # 50 MB over a slow line


@dataclass(frozen=True, slots=True)
class MediaMessage:
    """Where it goes, the text that announces it, and what it becomes.

    reply_to: another message than the one that its place answers.
    silent: the phone doesn't buzz.
    """

    place: Place
    announcement: Html
    media: InputMediaDocument | InputMediaPhoto
    keyboard: InlineKeyboardMarkup | None = None
    reply_to: ReplyParameters | None = None
    silent: bool = False


async def bring(
    bot: Bot,
    message: MediaMessage,
    notice_id: int | None,
    note: Callable[[int], Awaitable[object]],
) -> tuple[int, str]:
    """Announce unless that was done (`notice_id`), then show the media there.

    `note` stores the id of the announcement before anything else happens. Gives the message's id
    and Telegram's id of the document in it, "" where it doesn't tell (an edit that changes
    nothing, a picture). Raises aiogram's errors; calling it again goes on.
    """
    if notice_id is None:
        where = message.place.sending()
        if message.reply_to is not None:
            where["reply_parameters"] = message.reply_to
        sent = await bot.send_message(
            text=message.announcement, disable_notification=message.silent or None, **where
        )
        notice_id = sent.message_id
        await note(notice_id)
    shown = await bot.edit_message_media(
        message.media,
        chat_id=message.place.chat_id,
        message_id=notice_id,
        reply_markup=message.keyboard,
        request_timeout=UPLOAD_SECONDS,
    )
    return notice_id, document_of(shown)


def document_of(message: object) -> str:
    """Telegram's id of the document that a message shows, "" for none."""
    document = message.document if isinstance(message, Message) else None
    return document.file_id if document else ""
