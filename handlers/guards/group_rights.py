"""Who may send numbers to the bot in a group, by the rules of its administrators."""

from aiogram.types import Message

from handlers.guards.admins import is_admin
from handlers.shared.context import BotContext
from handlers.shared.places import is_anonymous
from storage.people import chats
from storage.people.chats import HandIn


async def may_hand_in(ctx: BotContext, message: Message) -> bool:
    """Tell whether the group lets this person send numbers; the bot's owners always may."""
    if is_anonymous(message):
        return True
    assert message.from_user is not None  # else the middleware drops it
    chat_id, person_id = message.chat.id, message.from_user.id
    if ctx.people.is_owner(person_id):
        return True
    async with ctx.database.read() as connection:
        rules = await chats.rules(connection, chat_id)
    match rules.hand_in:
        case HandIn.INVITED:
            return await ctx.people.may_use(person_id)
        case HandIn.ADMINS:
            allowed = await is_admin(ctx, chat_id, person_id)
        case HandIn.EVERYONE:
            allowed = True
    return allowed and not await is_removed(ctx, person_id)


async def is_removed(ctx: BotContext, person_id: int) -> bool:
    """Tell whether the owners removed this person, which overrides the rules of a group."""
    person = None if ctx.people.is_owner(person_id) else await ctx.people.get(person_id)
    return person is not None and person.is_barred
