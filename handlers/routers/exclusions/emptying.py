"""*Empty it*, below /privacy and a group's /settings: nothing is kept out of lists any more."""

from aiogram import Router
from aiogram.types import CallbackQuery

from checking.memory import exclusions as never
from handlers.cards.exclusions.buttons import EmptyAct, EmptyButton
from handlers.cards.exclusions.pages import empty_card
from handlers.guards.admins import is_admin
from handlers.shared.card import Card
from handlers.shared.context import BotContext
from handlers.shared.messages import turn
from handlers.shared.places import is_group
from handlers.shared.texts import Phrases
from storage.memory import exclusions


def build() -> Router:
    """Build the router of the button that empties the never-check list."""
    router = Router(name="emptying")
    router.callback_query.register(on_empty, EmptyButton.filter())
    return router


async def on_empty(
    query: CallbackQuery, callback_data: EmptyButton, ctx: BotContext, say: Phrases
) -> None:
    """Ask, and empty the never-check list of this chat; of a group for administrators only."""
    if query.message is None:
        await query.answer(say.plain("notice-gone"))
        return
    chat_id = query.message.chat.id
    if is_group(chat_id) and not await is_admin(ctx, chat_id, query.from_user.id):
        await query.answer(say.plain("group-admins-only"), show_alert=True)
        return
    async with ctx.database.read() as connection:
        standing = await exclusions.standing(connection, chat_id)
    if not standing.count:
        await query.answer(say.plain("notice-done"))
        return
    await query.answer()
    match callback_data.act:
        case EmptyAct.ASK:
            card = empty_card(say, standing)
        case EmptyAct.YES:
            await never.empty(ctx.database, chat_id)
            card = Card(say.html("never-emptied"))
        case EmptyAct.NO:
            card = Card(say.html("never-kept"))
    await turn(query, card)
