"""/start and /help."""

from aiogram import Router
from aiogram.filters import Command, CommandStart
from aiogram.types import Message

from handlers.cards.list import MOST_CHECKS
from handlers.outgoing.access_requests import AccessRequests
from handlers.outgoing.menu import set_own_menu
from handlers.shared.card import check_about, check_name
from handlers.shared.commands import HELP
from handlers.shared.context import BotContext
from handlers.shared.filters import PRIVATE
from handlers.shared.formats import fitting
from handlers.shared.texts import Phrases


def build() -> Router:
    """Build the router of the greeting and the help."""
    router = Router(name="start")
    router.message.filter(PRIVATE)
    router.message.register(on_start, CommandStart())
    router.message.register(on_help, Command(HELP))
    return router


async def on_start(
    message: Message, ctx: BotContext, say: Phrases, access_requests: AccessRequests
) -> None:
    """Say what this bot does, and which checks it offers; to owners, what they do next."""
    offers = await ctx.desk.offers()
    lines: list[str] = [say.html("start"), ""]
    if ctx.lookups.is_offered:
        lines += [say.html("start-lookup"), ""]
    lines.append(say.html("start-checks" if offers else "start-no-checks"))
    for offer in offers[:MOST_CHECKS]:
        name, about = check_name(say, offer.check), check_about(say, offer.check)
        lines.append(say.html("start-check", name=name, about=about))
    if more := [check_name(say, offer.check) for offer in offers[MOST_CHECKS:]]:
        lines.append(say.html("start-more-checks", names=", ".join(more)))
    owner_id = message.chat.id
    if not ctx.people.is_owner(owner_id):
        await message.answer(fitting(lines))
        return
    await message.answer(fitting([*lines, "", say.html("start-owner")]))
    # Before this message nothing could be sent to them. Notes come by themselves, from the courier.
    await access_requests.bring_to(owner_id)
    if owner_id in ctx.without_menu:
        ctx.without_menu.discard(owner_id)
        await set_own_menu(
            ctx.bot, ctx.texts, owner_id, (await ctx.language(owner_id)).chosen, is_owner=True
        )


async def on_help(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Say how it works; to owners, which commands are theirs."""
    lines = [say.html("help")]
    if ctx.people.is_owner(message.chat.id):
        lines.append(say.html("help-owner"))
    await message.answer("\n\n".join(lines))
