"""Handing in, whichever handler it came to: a message becomes a part of a list."""

from aiogram.exceptions import TelegramAPIError
from aiogram.types import Message

from handlers.kit import Kit
from storage import lists, parts
from storage.ids import new_id
from storage.parts import StoredPart

# How long a list waits for its next part, in seconds. Telegram's clients cut a long paste at
# about 4,096 characters and send the pieces one after the other; an album arrives at once.
SETTLE_SECONDS = 0.8
SETTLE_AFTER_ALBUM = 1.5
SETTLE_AFTER_FULL_TEXT = 3.0
NEARLY_FULL = 3_500  # UTF-16 units; cut at a line's end, a piece is a little shorter than 4,096


async def take_text(message: Message, kit: Kit, text: str) -> None:
    """Add a text to the person's gathering list, or begin one with it."""
    size = len(text.encode("utf-16-le")) // 2
    part = StoredPart(message_id=message.message_id, file_id=None, size=size, name="", text=text)
    wait = SETTLE_AFTER_FULL_TEXT if size >= NEARLY_FULL else SETTLE_SECONDS
    await take(message, kit, part, wait)


async def take(message: Message, kit: Kit, part: StoredPart, wait: float) -> None:
    """Add the part to the person's gathering list, or begin one."""
    assert message.from_user is not None
    chat_id, person_id = message.chat.id, message.from_user.id
    now = kit.clock.now()
    async with kit.database.write() as connection:
        if await parts.exists(connection, chat_id, part.message_id):
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
                reply_to=part.message_id,
                now=now,
            )
        await parts.add(
            connection,
            kit.database.vault,
            list_id=list_id,
            chat_id=chat_id,
            part=part,
            settle_at=now + wait,
        )
    kit.bell.ring()
    if is_new:
        await show_activity(message, kit)


async def show_activity(message: Message, kit: Kit) -> None:
    """The first sign of life: "typing…" until the card is there."""
    try:
        await kit.bot.send_chat_action(message.chat.id, "typing")
    except TelegramAPIError:
        return  # the card comes all the same
