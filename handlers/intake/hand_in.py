"""Handing in, whichever handler it came to: a message becomes a part of a list."""

from dataclasses import replace

from aiogram.exceptions import TelegramAPIError
from aiogram.types import Message
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.shared.context import BotContext
from handlers.shared.places import person_of, thread_of
from handlers.shared.texts import Phrases
from storage.records import list_parts, lists
from storage.records.list_parts import StoredPart
from storage.records.lists import ListState
from storage.sealing.ids import new_id

# How long a list waits for its next part, in seconds. Telegram's clients cut a long paste at
# about 4,096 characters and send the pieces one after the other; an album arrives at once.
SETTLE_SECONDS = 0.8
SETTLE_AFTER_ALBUM = 1.5
SETTLE_AFTER_FULL_TEXT = 3.0
_OPEN = (ListState.GATHERING, ListState.READING, ListState.ASKING, ListState.READY)
NEARLY_FULL = 3_500  # UTF-16 units; cut at a line's end, a piece is a little shorter than 4,096


async def take_text(
    message: Message, ctx: BotContext, text: str, of: Message | None = None
) -> None:
    """Add a text to the person's gathering list, or begin one with it.

    `of` is the message it stands in, where that is not the one that hands it in.
    """
    size = len(text.encode("utf-16-le")) // 2
    message_id = (of or message).message_id
    part = StoredPart(message_id=message_id, file_id=None, size=size, name="", text=text)
    wait = SETTLE_AFTER_FULL_TEXT if size >= NEARLY_FULL else SETTLE_SECONDS
    await take(message, ctx, part, wait)


async def take_document(
    message: Message, of: Message, ctx: BotContext, say: Phrases, caption: str
) -> None:
    """Add the document of a message to the list of whoever wrote `message`, or begin one."""
    document = of.document
    assert document is not None
    if (document.file_size or 0) > ctx.limits.download:
        megabytes = ctx.limits.download // 1_000_000
        await message.reply(say.html("trouble-too_big", megabytes=megabytes))
        return
    part = StoredPart(
        message_id=of.message_id,
        file_id=document.file_id,
        size=document.file_size or 0,
        name=document.file_name or "file",
        text=caption,
    )
    await take(message, ctx, part, SETTLE_AFTER_ALBUM if message.media_group_id else SETTLE_SECONDS)


async def take(message: Message, ctx: BotContext, part: StoredPart, wait: float) -> None:
    """Add the part to the person's gathering list, or begin one."""
    chat_id, person_id = message.chat.id, person_of(message)
    now = ctx.clock.now()
    async with ctx.database.write() as connection:
        handed_in = await _not_yet_in(connection, ctx, message, part)
        if handed_in is None:
            return
        list_id = await lists.gathering_in(connection, chat_id, person_id)
        is_new = list_id is None
        if list_id is None:
            list_id = new_id()
            await lists.begin(
                connection,
                list_id=list_id,
                chat_id=chat_id,
                person_id=person_id,
                reply_to=message.message_id,
                now=now,
                thread_id=thread_of(message),
            )
        await list_parts.add(
            connection,
            ctx.database.vault,
            list_id=list_id,
            chat_id=chat_id,
            part=handed_in,
            settle_at=now + wait,
        )
    ctx.wake_up.notify()
    if is_new:
        await show_activity(message, ctx)


async def _not_yet_in(
    connection: AsyncConnection, ctx: BotContext, message: Message, part: StoredPart
) -> StoredPart | None:
    """The part, unless it came already: an update that comes again adds nothing.

    In a group a file may be handed in by several people, or once more later on. A message is a
    part of one list only, so it goes by the id of the message that handed it in then.
    """
    vault, chat_id = ctx.database.vault, message.chat.id
    if await lists.begun_by(connection, chat_id, message.message_id):
        return None
    known = await list_parts.list_of(connection, vault, chat_id, part.message_id)
    if known is None:
        return part
    theirs = known.person_id == person_of(message) and known.state in _OPEN
    if theirs or await list_parts.exists(connection, chat_id, message.message_id):
        return None
    return replace(part, message_id=message.message_id)


async def show_activity(message: Message, ctx: BotContext) -> None:
    """The first sign of life: "typing…" until the card is there."""
    try:
        await ctx.bot.send_chat_action(
            message.chat.id, "typing", message_thread_id=thread_of(message)
        )
    except TelegramAPIError:
        return  # the card comes all the same
