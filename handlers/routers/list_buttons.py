"""The buttons of a list card: choose a check, show what was left out, discard the list."""

import asyncio

from aiogram import F, Router
from aiogram.types import BufferedInputFile, CallbackQuery

from handlers.cards.rejects import preview
from handlers.guards.ownership import my_list
from handlers.outgoing.screen import Screen
from handlers.shared.callbacks import CheckButton, KeepButton, ListAct, ListButton
from handlers.shared.card import short_title
from handlers.shared.context import BotContext
from handlers.shared.formats import file_stem
from handlers.shared.offers import offers_in
from handlers.shared.places import place_of
from handlers.shared.readings import may_be_read_again
from handlers.shared.texts import Phrases
from storage.lists import lists
from storage.lists.lists import ListState, NumberList


def build() -> Router:
    """Build the router of the buttons on list cards."""
    router = Router(name="list_buttons")
    router.callback_query.register(on_check, CheckButton.filter())
    basket = F.act.in_({ListAct.ADD_NO_MORE, ListAct.TAKE_OUT})
    router.callback_query.register(on_basket, ListButton.filter(basket))
    router.callback_query.register(on_list, ListButton.filter())
    router.callback_query.register(on_keep, KeepButton.filter())
    return router


async def on_check(
    query: CallbackQuery, callback_data: CheckButton, ctx: BotContext, screen: Screen, say: Phrases
) -> None:
    """Show the quote of a check."""
    found = await my_list(query, ctx, callback_data.id)
    if found is None or found.state is not ListState.READY:
        await query.answer(say.plain("notice-gone"))
        return
    offers = {offer.check.key: offer for offer in await offers_in(ctx, found.chat_id)}
    offer = offers.get(callback_data.check)
    if offer is None:
        await query.answer(say.plain("choose-turned-off"), show_alert=True)
        return
    if offer.paused and await ctx.desk.count_new(found, offer.check) == found.ready:
        await query.answer(say.plain("choose-unavailable"), show_alert=True)
        return
    await query.answer()
    if found.kept_for is not None and query.message is not None:
        # It may stand on the card of what was added last: that is the basket's from now on.
        await ctx.baskets.move_card(found, query.message.message_id)
    if not await screen.show_quote(found.id, offer.check.key, query.from_user.id):
        await screen.show_list(found.id)


async def on_list(
    query: CallbackQuery, callback_data: ListButton, ctx: BotContext, screen: Screen, say: Phrases
) -> None:
    """Go back to the list, ask for its country, send what was left out, or discard it."""
    found = await my_list(query, ctx, callback_data.id)
    if found is None:
        await query.answer(say.plain("notice-gone"))
        return
    match callback_data.act:
        case ListAct.LEFT_OUT:
            await _send_left_out(query, ctx, found, say)
        case ListAct.DISCARD:
            done = await ctx.lists.discard(found)
            await query.answer("" if done else say.plain("notice-done"))
            # It may have been discarded by a program that died before it showed that.
            if done or found.state is ListState.DISCARDED:
                await screen.show_list(found.id)
        case ListAct.SHOW:
            await query.answer()
            if found.state in {ListState.READY, ListState.UNREADABLE}:
                await _turn_to(found, None, ctx, screen)
        case ListAct.MORE:
            await query.answer()
            await screen.show_list(found.id, more=True)
        case ListAct.COUNTRY:
            await query.answer()
            if found.state is not ListState.ASKING and may_be_read_again(found):
                await _turn_to(found, "country", ctx, screen)


async def on_basket(
    query: CallbackQuery, callback_data: ListButton, ctx: BotContext, screen: Screen, say: Phrases
) -> None:
    """Add no more to a basket, or take a list out of one."""
    found = await my_list(query, ctx, callback_data.id)
    if found is None:
        await query.answer(say.plain("notice-gone"))
        return
    close = callback_data.act is ListAct.ADD_NO_MORE
    done = await (ctx.baskets.close(found) if close else ctx.baskets.take_out(found))
    await query.answer("" if done else say.plain("notice-done"))
    if done:
        await screen.show_list(found.id)


async def on_keep(
    query: CallbackQuery, callback_data: KeepButton, ctx: BotContext, screen: Screen, say: Phrases
) -> None:
    """Keep a list for a check that asks for more numbers; what is sent next is added to it."""
    found, check = await my_list(query, ctx, callback_data.id), callback_data.check
    offers = await offers_in(ctx, found.chat_id) if found else []
    offered = check in {offer.check.key for offer in offers}
    kept = await ctx.baskets.keep(callback_data.id, check) if offered else None
    await query.answer(say.plain("basket-kept" if kept else "notice-gone"))
    if kept == callback_data.id:  # it was a basket; one that is filled first comes by itself
        await screen.show_list(kept)


async def _turn_to(found: NumberList, asks: str | None, ctx: BotContext, screen: Screen) -> None:
    """Show the list's question, or the list itself."""
    await ctx.lists.question(found, asks)
    await screen.show_list(found.id)


async def _send_left_out(
    query: CallbackQuery, ctx: BotContext, found: NumberList, say: Phrases
) -> None:
    """Send the lines that hold no valid number, as a CSV file with a preview."""
    async with ctx.database.read() as connection:
        sealed = await lists.sealed(connection, found.id, "left_out")
    if sealed is None:
        await query.answer(say.plain("left-out-gone"))
        return
    await query.answer()
    opened = ctx.database.vault.open
    sheet = await asyncio.to_thread(opened, sealed, "lists.left_out", found.id)
    title = short_title(found.title)
    name = say.plain("left-out-file", title=file_stem(found.title))
    await ctx.bot.send_document(
        document=BufferedInputFile(sheet, name),
        caption=preview(say, title, sheet),
        **place_of(found).sending(),
    )
