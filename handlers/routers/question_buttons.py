"""How a list is to be read: answers to its questions, changes of what was assumed, /country."""

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.cards.question import country_buttons
from handlers.guards.admins import is_admin
from handlers.guards.ownership import my_list
from handlers.intake.country_search import LONGEST_SEARCH, search_country
from handlers.outgoing.screen import Screen
from handlers.shared import questions, readings
from handlers.shared.callbacks import (
    ColumnButton,
    CountryButton,
    ListAct,
    ListButton,
    TableButton,
    WishButton,
)
from handlers.shared.card import keyboard_of
from handlers.shared.commands import COUNTRY
from handlers.shared.context import BotContext
from handlers.shared.filters import PRIVATE, Is
from handlers.shared.places import beside, is_group
from handlers.shared.readings import may_be_read_again
from handlers.shared.texts import Phrases
from sheets.phones import countries
from storage.lists.lists import ListState
from storage.people import chats


def build() -> Router:
    """Build the router of answers and changes, by button or as the name of a country."""
    router = Router(name="question_buttons")
    router.message.filter(PRIVATE)
    router.message.register(on_country, Command(COUNTRY))
    searched = (F.text.len() <= LONGEST_SEARCH) & ~F.text.startswith("/")
    router.message.register(on_search, Is(searched))
    router.callback_query.register(on_column, ColumnButton.filter())
    router.callback_query.register(on_country_button, CountryButton.filter())
    router.callback_query.register(on_table, TableButton.filter())
    router.callback_query.register(on_wish, WishButton.filter())
    router.callback_query.register(on_always, ListButton.filter(F.act == ListAct.ALWAYS))
    return router


async def on_column(
    query: CallbackQuery, callback_data: ColumnButton, ctx: BotContext, screen: Screen, say: Phrases
) -> None:
    """Read the list again with the chosen column."""
    found = await my_list(query, ctx, callback_data.id)
    if found is None or not may_be_read_again(found) or found.asks != "column":
        await query.answer(say.plain("notice-gone"))
        return
    question = questions.column_from_json(found.asked)
    if not question.offers(callback_data.column):
        await query.answer(say.plain("notice-gone"))
        return
    done = await ctx.lists.read_column(found, question.message_id, callback_data.column)
    await query.answer("" if done else say.plain("notice-done"))
    if done:
        await screen.show_list(found.id)


async def on_country_button(
    query: CallbackQuery,
    callback_data: CountryButton,
    ctx: BotContext,
    screen: Screen,
    say: Phrases,
) -> None:
    """Set the country of a list, or (no list) of the chat, in a group by administrators."""
    if query.message is None or not countries.is_known(callback_data.region):
        await query.answer(say.plain("notice-gone"))
        return
    if not callback_data.id:
        if await _keep(query, ctx, query.message.chat.id, callback_data.region, say):
            text = _chosen(say, callback_data.region)
            await ctx.bot.send_message(text=text, **beside(query.message).sending())
        return
    found = await my_list(query, ctx, callback_data.id)
    if found is None or not may_be_read_again(found):
        await query.answer(say.plain("notice-gone"))
        return
    done = await ctx.lists.read_as(found, callback_data.region)
    await query.answer("" if done else say.plain("notice-done"))
    if done:
        await screen.show_list(found.id)


async def on_table(
    query: CallbackQuery, callback_data: TableButton, ctx: BotContext, screen: Screen, say: Phrases
) -> None:
    """Ask for another column of a table."""
    found = await my_list(query, ctx, callback_data.id)
    may = found is not None and may_be_read_again(found)
    tables = readings.from_json(found.reading).tables if found is not None and may else ()
    asked = {place: table.asked for place, table in enumerate(tables)}.get(callback_data.table)
    if found is None or asked is None:
        await query.answer(say.plain("notice-gone"))
        return
    await query.answer()
    await ctx.lists.question(found, "column", questions.column_to_json(asked))
    await screen.show_list(found.id)


async def on_wish(
    query: CallbackQuery, callback_data: WishButton, ctx: BotContext, screen: Screen, say: Phrases
) -> None:
    """Read the list again with a wish, or without it."""
    found = await my_list(query, ctx, callback_data.id)
    if found is None or not may_be_read_again(found):
        await query.answer(say.plain("notice-gone"))
        return
    done = await ctx.lists.read_with(found, callback_data.wish, on=callback_data.on)
    await query.answer("" if done else say.plain("notice-done"))
    if done:
        await screen.show_list(found.id)


async def on_always(
    query: CallbackQuery, callback_data: ListButton, ctx: BotContext, screen: Screen, say: Phrases
) -> None:
    """Make the country that was chosen for a list that of its chat."""
    found = await my_list(query, ctx, callback_data.id)
    if found is None or found.region is None or found.state is not ListState.READY:
        await query.answer(say.plain("notice-gone"))
    elif await _keep(query, ctx, found.chat_id, found.region, say):
        await screen.show_list(found.id)


async def on_search(message: Message, ctx: BotContext, screen: Screen, say: Phrases) -> None:
    """Search for a country by name while a list asks for one."""
    if not await search_country(message, ctx, screen, say):
        raise SkipHandler


async def on_country(
    message: Message, command: CommandObject, ctx: BotContext, say: Phrases
) -> None:
    """Show the country for national numbers in this chat, and others to choose from."""
    text = (command.args or "").strip()[:LONGEST_SEARCH]
    region = await ctx.region(message.chat.id)
    offered = countries.search(text, say.language) if text else countries.likely(say.language)
    lines = [_chosen(say, region) if region else say.html("country-none")]
    if text and not offered:
        lines.append(say.html("ask-country-none", text=text))
    lines.append(say.html("country-how"))
    await message.answer("\n".join(lines), reply_markup=keyboard_of(country_buttons("", offered)))


def _chosen(say: Phrases, region: str) -> str:
    found = countries.country(region, say.language)
    return say.html("country-is", country=f"{found.flag} {found.name}", code=found.calling_code)


async def _keep(
    query: CallbackQuery, ctx: BotContext, chat_id: int, region: str, say: Phrases
) -> bool:
    """Set the region of a chat and say so; False if this person may not, and is told that."""
    if is_group(chat_id) and not await is_admin(ctx, chat_id, query.from_user.id):
        await query.answer(say.plain("group-admins-only"), show_alert=True)
        return False
    async with ctx.database.write() as connection:
        await chats.set_region(connection, chat_id, region, ctx.clock.now())
    await query.answer(say.plain("notice-kept"))
    return True
