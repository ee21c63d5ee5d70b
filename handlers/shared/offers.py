"""The checks on offer in a chat: all of them, without those that a group left out."""

from checking.quotes import Offer
from handlers.shared.context import BotContext
from handlers.shared.places import is_group
from storage.people import chats


async def offers_in(ctx: BotContext, chat_id: int) -> list[Offer]:
    """Return the offers of this chat, in the catalogue's order."""
    offers = await ctx.desk.offers()
    if not is_group(chat_id):
        return offers
    async with ctx.database.read() as connection:
        rules = await chats.rules(connection, chat_id)
    return [offer for offer in offers if offer.check.key not in rules.checks_off]
