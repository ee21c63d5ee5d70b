"""/invite, and the owners' answers to requests for access."""

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.outgoing.access_requests import AccessRequests
from handlers.shared.callbacks import AskAct, AskButton
from handlers.shared.commands import INVITE
from handlers.shared.context import BotContext
from handlers.shared.filters import PRIVATE
from handlers.shared.formats import person_name
from handlers.shared.texts import Phrases
from storage.people.people import PersonStanding


def build() -> Router:
    """Build the router of invite links and requests for access."""
    router = Router(name="invite")
    router.message.filter(PRIVATE)
    router.message.register(on_invite, Command(INVITE))
    router.callback_query.register(on_ask_button, AskButton.filter())
    return router


async def on_invite(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Make an invite link for one person; the command exists for owners only."""
    if message.from_user is None or not ctx.people.is_owner(message.from_user.id):
        raise SkipHandler
    code = await ctx.people.invite(message.from_user.id)
    me = await ctx.bot.me()
    await message.answer(say.html("invite-link", link=f"https://t.me/{me.username}?start={code}"))


async def on_ask_button(
    query: CallbackQuery,
    callback_data: AskButton,
    ctx: BotContext,
    access_requests: AccessRequests,
    say: Phrases,
) -> None:
    """Grant or refuse access; the first owner's answer counts, and all owners see it."""
    if callback_data.act is AskAct.ASK:
        await query.answer(say.plain("access-inside"))
        return
    if not ctx.people.is_owner(query.from_user.id):
        await query.answer(say.plain("notice-not-yours"))
        return
    lets_in = callback_data.act is AskAct.LET_IN
    done = await ctx.people.answer(
        callback_data.person,
        PersonStanding.MEMBER if lets_in else PersonStanding.REFUSED,
        by=query.from_user.id,
        by_name=person_name(query.from_user),
    )
    await query.answer("" if done else say.plain("notice-done"))
    await access_requests.bring(callback_data.person)
