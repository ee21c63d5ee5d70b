"""Fewer numbers of a list: never check these, those not in another list, those in both."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from checking import numbers
from checking.memory import exclusions
from handlers.cards.exclusions.buttons import CompareButton, PickAct, PickButton
from handlers.cards.exclusions.pages import MOST_OTHERS, never_card, others_card, ways_card
from handlers.guards.ownership import my_list
from handlers.outgoing import making
from handlers.outgoing.deriving import derive
from handlers.outgoing.screen import Screen
from handlers.shared.card import short_title
from handlers.shared.context import BotContext
from handlers.shared.messages import turn
from handlers.shared.places import place_of
from handlers.shared.texts import Phrases
from storage.lists import beside
from storage.lists.lists import ListState, NumberList

_EXCUSES = making.Excuses("clean-no-source", "clean-too-much", "clean-broken")


def build() -> Router:
    """Build the router of the buttons that keep numbers out of lists."""
    router = Router(name="pick_buttons")
    router.callback_query.register(on_never, PickButton.filter(F.act == PickAct.NEVER))
    router.callback_query.register(on_page, PickButton.filter())
    router.callback_query.register(on_compare, CompareButton.filter())
    return router


async def on_page(
    query: CallbackQuery, callback_data: PickButton, ctx: BotContext, say: Phrases
) -> None:
    """Show a page: the ways, the question, or the lists to compare with."""
    found = await _ready(query, ctx, callback_data.id, say)
    if found is None:
        return
    match callback_data.act:
        case PickAct.WAYS:
            card = ways_card(say, found)
        case PickAct.ASK:
            card = never_card(say, found)
        case _:
            async with ctx.database.read() as connection:
                vault = ctx.database.vault
                others = await beside.others(connection, vault, found, limit=MOST_OTHERS)
            if not others:
                await query.answer(say.plain("compare-no-other"), show_alert=True)
                return
            common = callback_data.act is PickAct.COMMON
            card = others_card(say, found, others, common=common)
    await query.answer()
    await turn(query, card)


async def on_never(
    query: CallbackQuery,
    *,
    callback_data: PickButton,
    ctx: BotContext,
    screen: Screen,
    say: Phrases,
) -> None:
    """Leave the numbers of a list out of every later one."""
    found = await my_list(query, ctx, callback_data.id)
    if found is not None and found.state is ListState.DISCARDED:
        await query.answer(say.plain("notice-done"))
        await screen.show_list(found.id)  # the program may have died before it did
        return
    if found is None or found.state is not ListState.READY:
        await query.answer(say.plain("notice-gone"))
        return
    await query.answer()
    place = place_of(found)

    async def keep() -> None:
        try:
            await exclusions.exclude(ctx.database, ctx.glass, ctx.lists, ctx.clock, found)
        except exclusions.TooManyExcludedError:
            text = say.html("never-too-many", maximum=exclusions.MOST_NUMBERS)
            await ctx.bot.send_message(text=text, **place.sending())
        except exclusions.ExclusionsBrokenError:
            text = say.html("trouble-sealed")
            await ctx.bot.send_message(text=text, **place.sending())
        await screen.show_list(found.id)

    await making.make(ctx, say, place, found.id, work=keep, excuses=_EXCUSES)


async def on_compare(
    query: CallbackQuery,
    *,
    callback_data: CompareButton,
    ctx: BotContext,
    screen: Screen,
    say: Phrases,
) -> None:
    """Make a list of the numbers that another one has, too, or hasn't."""
    found = await _ready(query, ctx, callback_data.id, say)
    if found is None:
        return
    other = await my_list(query, ctx, callback_data.other)
    posted = await numbers.as_upload(ctx.database, found.id)
    theirs = await numbers.as_upload(ctx.database, other.id) if other else None
    if other is None or posted is None or theirs is None:
        await query.answer(say.plain("notice-gone"))
        return
    await query.answer()
    place, common = place_of(found), callback_data.common

    async def begin() -> None:
        picked = await ctx.glass.of_two(posted, theirs, common=common, of=found.person_id)
        titles = {"title": short_title(found.title), "source": short_title(other.title)}
        if picked.count in {0, found.ready}:  # another list would be empty, or the same
            are_all = common == (picked.count > 0)
            key = "compare-all-common" if are_all else "compare-none-common"
            await ctx.bot.send_message(text=say.html(key, **titles), **place.sending())
            return
        title = say.plain("compare-title-common" if common else "compare-title-without", **titles)
        made = await derive(ctx, say, found.id, picked, title=title, place=place, once=True)
        if made is not None:
            await screen.show_list(made)

    await making.make(ctx, say, place, found.id, work=begin, excuses=_EXCUSES)


async def _ready(
    query: CallbackQuery, ctx: BotContext, list_id: str, say: Phrases
) -> NumberList | None:
    """Return the list if it is ready for a check, and this person may use it."""
    found = await my_list(query, ctx, list_id)
    if found is None or found.state is not ListState.READY:
        await query.answer(say.plain("notice-gone"))
        return None
    return found
