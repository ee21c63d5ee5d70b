"""The file that a schedule asks for, where it can't read its own any more: a reply to its card."""

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import Message

from handlers.guards.group_rights import may_hand_in
from handlers.intake.hand_in import take_document, take_text
from handlers.schedules.callbacks import ScheduleButton
from handlers.shared.context import BotContext
from handlers.shared.filters import Is
from handlers.shared.places import is_group, person_of
from handlers.shared.texts import Phrases
from storage.records import schedules
from storage.records.schedules import Says, Schedule


def build() -> Router:
    """Build the router of replies to a schedule that asks for its file."""
    router = Router(name="fresh_file")
    has_list = F.document | (F.text & ~F.text.startswith("/"))
    router.message.register(on_file, Is(has_list & F.reply_to_message.reply_markup))
    return router


async def on_file(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Take what replies to the card as the schedule's list from now on."""
    schedule = await _asking(message, ctx)
    if schedule is None or (is_group(message.chat.id) and not await may_hand_in(ctx, message)):
        raise SkipHandler
    if message.document is not None:
        await take_document(message, message, ctx, say, message.caption or "")
    else:
        await take_text(message, ctx, message.text or "")
    await ctx.schedules.take_list(schedule, message.message_id)


async def _asking(message: Message, ctx: BotContext) -> Schedule | None:
    """Return the schedule that a message replies to, if it asks its person: its button tells."""
    asked = message.reply_to_message
    if asked is None or asked.reply_markup is None or asked.from_user is None:
        return None
    if asked.from_user.id != ctx.bot.id:  # another bot may have buttons that look like ours
        return None
    try:
        button = ScheduleButton.unpack(asked.reply_markup.inline_keyboard[0][0].callback_data or "")
    except (ValueError, TypeError, IndexError):
        return None
    async with ctx.database.read() as connection:
        found = await schedules.get(connection, button.id)
    if found is None or found.says is not Says.ASKS or found.chat_id != message.chat.id:
        return None
    return found if found.person_id == person_of(message) else None
