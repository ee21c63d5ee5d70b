"""*Clean list*, before any check, and the lists made of it: only mobiles, or no landlines."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from checking import numbers
from handlers.cards.clean import clean_caption, kept_name, line_buttons
from handlers.guards.ownership import my_list
from handlers.outgoing import making
from handlers.outgoing.clean_lists import CleanLists
from handlers.outgoing.deriving import derive
from handlers.outgoing.screen import Screen
from handlers.shared.callbacks import LinesButton, ListAct, ListButton
from handlers.shared.card import short_title
from handlers.shared.context import BotContext
from handlers.shared.formats import file_stem
from handlers.shared.places import place_of
from handlers.shared.texts import Phrases
from storage.lists.lists import ListState, NumberList

_EXCUSES = making.Excuses("clean-no-source", "clean-too-much", "clean-broken")
_READ = (ListState.READY, ListState.WORKING)


def build() -> Router:
    """Build the router of clean lists."""
    router = Router(name="clean_buttons")
    router.callback_query.register(on_clean, ListButton.filter(F.act == ListAct.CLEAN))
    router.callback_query.register(on_lines, LinesButton.filter())
    return router


async def on_clean(
    query: CallbackQuery,
    callback_data: ListButton,
    ctx: BotContext,
    clean_lists: CleanLists,
    say: Phrases,
) -> None:
    """Send the list made clean."""
    stored = await _stored(query, ctx, callback_data.id, say)
    if stored is None:
        return
    found, posted = stored
    if not clean_lists.is_new(found.id):
        await query.answer(say.plain("clean-there"))
        return
    await query.answer(say.plain("clean-coming"))
    place = place_of(found)

    async def send() -> None:
        clean = await clean_lists.make(found, posted, say)
        buttons = line_buttons(say, found.id, clean.lines)
        caption = clean_caption(say, found.title, clean, has_buttons=buttons is not None)
        for number, file in enumerate(clean.files, 1):
            title = file_stem(file.source or found.title)
            name = say.plain("clean-file", title=title) + file.ending
            if number < len(clean.files):
                await making.send_file(ctx, place, file.data, name)
            else:
                await making.send_file(ctx, place, file.data, name, caption, keyboard=buttons)
        clean_lists.is_made(found.id)

    await making.make(ctx, say, place, found.id, work=send, excuses=_EXCUSES)


async def on_lines(
    query: CallbackQuery,
    *,
    callback_data: LinesButton,
    ctx: BotContext,
    clean_lists: CleanLists,
    screen: Screen,
    say: Phrases,
) -> None:
    """Make a list of the numbers of some lines, ready for a check."""
    stored = await _stored(query, ctx, callback_data.id, say)
    if stored is None:
        return
    found, posted = stored
    if not clean_lists.is_new(found.id, callback_data.kept):
        await query.answer(say.plain("clean-there"))
        return
    await query.answer()

    async def begin() -> None:
        kept, of = callback_data.kept, found.person_id
        picked, either = await ctx.glass.pick_lines(posted, kept, of=of)
        name = kept_name(say, kept)
        title = say.plain("group-title", title=short_title(found.title), group=name)
        list_id = await derive(ctx, say, found.id, picked, title=title, place=place_of(found))
        if either and kept == "mobile":
            text = say.html("kept-either", numbers=either)
            await ctx.bot.send_message(text=text, **place_of(found).sending())
        if list_id is not None:
            await screen.show_list(list_id)
        clean_lists.is_made(found.id, kept)

    await making.make(ctx, say, place_of(found), found.id, work=begin, excuses=_EXCUSES)


async def _stored(
    query: CallbackQuery, ctx: BotContext, list_id: str, say: Phrases
) -> tuple[NumberList, bytes] | None:
    """Return the list and its numbers, if they are kept and this person may use them."""
    found = await my_list(query, ctx, list_id)
    posted = None
    if found is not None and found.state in _READ:
        posted = await numbers.as_upload(ctx.database, found.id)
    if found is None or posted is None:
        await query.answer(say.plain("notice-gone"))
        return None
    return found, posted
