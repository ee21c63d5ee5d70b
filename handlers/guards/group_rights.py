"""Who may hand in numbers in a group, as its administrators decided."""

from aiogram.types import Message

from handlers.guards.admins import is_admin
from handlers.shared.context import BotContext
from handlers.shared.places import is_anonymous
from storage.people import chats
from storage.people.chats import HandIn
from storage.people.people import PersonStanding


async def may_hand_in(ctx: BotContext, message: Message) -> bool:
    """Whether the group lets this person hand in; owners may wherever the bot is."""
    if is_anonymous(message):
        return True
    assert message.from_user is not None  # else the door is closed
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
    """Whether the owners removed this person, whatever a group thinks of them."""
    person = await ctx.people.get(person_id)
    return person is not None and person.standing is PersonStanding.REMOVED
