"""/people: who uses the bot, their daily quotas, and their removal."""

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.cards.people import OFFERED, SETTING, people_card, person_card
from handlers.outgoing.access_requests import AccessRequests
from handlers.shared.callbacks import PeopleAct, PeopleButton
from handlers.shared.commands import PEOPLE
from handlers.shared.context import BotContext
from handlers.shared.filters import PRIVATE
from handlers.shared.formats import person_name
from handlers.shared.messages import turn
from handlers.shared.texts import Phrases


def build() -> Router:
    """Build the router of the pages about people."""
    router = Router(name="people")
    router.message.filter(PRIVATE)
    router.message.register(on_people, Command(PEOPLE))
    router.callback_query.register(on_people_button, PeopleButton.filter())
    return router


async def on_people(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Show the first page; the command exists for owners only."""
    if message.from_user is None or not ctx.people.is_owner(message.from_user.id):
        raise SkipHandler
    card = await people_card(ctx, say, 0)
    await message.answer(card.text, reply_markup=card.keyboard)


async def on_people_button(
    query: CallbackQuery,
    callback_data: PeopleButton,
    ctx: BotContext,
    access_requests: AccessRequests,
    say: Phrases,
) -> None:
    """Run the action of the button, and show the person's new state."""
    owner, person_id = query.from_user, callback_data.person
    if not ctx.people.is_owner(owner.id):
        await query.answer(say.plain("notice-not-yours"))
        return
    done = True
    match callback_data.act:
        case PeopleAct.LET_IN:
            done = await ctx.people.let_in(person_id, by=owner.id, by_name=person_name(owner))
        case PeopleAct.REMOVE:
            done = await ctx.people.remove(person_id, by=owner.id, by_name=person_name(owner))
        case PeopleAct.QUOTA:
            quota = callback_data.quota
            done = quota in OFFERED
            if done:
                await ctx.people.set_quota(person_id, None if quota == SETTING else quota)
        case _:
            pass
    await query.answer("" if done else say.plain("notice-done"))
    if callback_data.act in (PeopleAct.LET_IN, PeopleAct.REMOVE):
        await access_requests.bring(person_id)
    page = callback_data.page
    card = await person_card(ctx, say, person_id, page) if person_id else None
    card = card or await people_card(ctx, say, page)
    await turn(query, card)
