"""Messages that become parts of a list, for all handlers that take numbers."""

from functools import partial

from aiogram.exceptions import TelegramAPIError
from aiogram.types import ExternalReplyInfo, Message

from checking.limits.shares import MOST_WAITING, TooManyListsError
from handlers.shared.context import BotContext
from handlers.shared.formats import units
from handlers.shared.places import is_group, person_of, thread_of
from handlers.shared.texts import Phrases
from storage.lists.list_parts import Source, StoredPart

# Seconds that a list waits for its next part. Telegram's clients cut a long paste at about 4,096
# characters and send one message after the other; an album arrives at once.
SETTLE_SECONDS = 0.8
SETTLE_AFTER_ALBUM = 1.5
SETTLE_AFTER_FULL_TEXT = 3.0
NEARLY_FULL = 3_500  # UTF-16 units; clients cut at the end of a line, a little below 4,096


async def take_text(
    message: Message, ctx: BotContext, text: str, of: Message | None = None
) -> None:
    """Add a text to the person's gathering list, or begin one with it.

    `of` is the message that holds it, if that is not the one that asks.
    """
    size = units(text)
    message_id = (of or message).message_id
    part = StoredPart(message_id=message_id, file_id=None, size=size, name="", text=text)
    wait = SETTLE_AFTER_FULL_TEXT if size >= NEARLY_FULL else SETTLE_SECONDS
    await take(message, ctx, part, wait)


async def take_document(
    message: Message, of: Message | ExternalReplyInfo, ctx: BotContext, say: Phrases, caption: str
) -> None:
    """Add the document of `of` to the list of the sender of `message`, or begin one."""
    document = of.document
    assert document is not None
    if (document.file_size or 0) > ctx.limits.download:
        megabytes = ctx.limits.download // 1_000_000
        lines = [say.html("trouble-too_big", megabytes=megabytes)]
        if is_group(message.chat.id):
            lines.append(say.html("trouble-here"))
        await message.reply("\n".join(lines))
        return
    part = StoredPart(
        message_id=of.message_id or message.message_id,
        file_id=document.file_id,
        size=document.file_size or 0,
        name=document.file_name or "file",
        text=caption,
    )
    await take(message, ctx, part, SETTLE_AFTER_ALBUM if message.media_group_id else SETTLE_SECONDS)


async def take(message: Message, ctx: BotContext, part: StoredPart, wait: float) -> None:
    """Add the part to the person's gathering list, or begin one."""
    may = partial(ctx.people.must_serve, chat_id=message.chat.id)
    source = Source(message.chat.id, person_of(message), message.message_id, thread_of(message))
    try:
        begins = await ctx.lists.take(source, part, wait, may)
    except TooManyListsError:
        say = await ctx.say(message.chat.id)
        await message.reply(say.html("lists-too-many", count=MOST_WAITING))
        return
    if begins:
        await show_activity(message, ctx)


async def show_activity(message: Message, ctx: BotContext) -> None:
    """Show "typing…" until the card is there."""
    try:
        await ctx.bot.send_chat_action(
            message.chat.id, "typing", message_thread_id=thread_of(message)
        )
    except TelegramAPIError:
        return  # the card comes anyway
