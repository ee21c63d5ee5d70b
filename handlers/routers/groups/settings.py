"""/settings of a group: everybody sees them, administrators change them."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.cards.group import GroupSettings, Page, country_card, settings_card
from handlers.guards.admins import is_admin
from handlers.intake.country_search import LONGEST_SEARCH
from handlers.shared.callbacks import SettingAct, SettingButton
from handlers.shared.commands import COUNTRY, LANGUAGE, SETTINGS
from handlers.shared.context import BotContext
from handlers.shared.filters import GROUP
from handlers.shared.messages import turn
from handlers.shared.places import is_anonymous
from handlers.shared.texts import Phrases
from sheets.phones import countries
from storage.memory import exclusions
from storage.people import chats
from storage.people.chats import FirstFile, HandIn, Results

_PAGES = {
    SettingAct.OFFER: Page.CHECKS,
    SettingAct.LEAVE_OUT: Page.CHECKS,
}
"""Pages that stay open after a choice; the others lead back to the first page."""


def build() -> Router:
    """Build the router of the settings of groups."""
    router = Router(name="settings")
    router.message.filter(GROUP)
    router.message.register(on_settings, Command(SETTINGS, LANGUAGE))
    router.message.register(on_country, Command(COUNTRY))
    router.callback_query.register(on_setting, SettingButton.filter())
    return router


async def on_settings(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Show the settings of the group."""
    card = settings_card(say, ctx.texts, await _settings(ctx, message.chat.id), Page.ALL)
    await message.reply(card.text, reply_markup=card.keyboard)


async def on_country(
    message: Message, command: CommandObject, ctx: BotContext, say: Phrases
) -> None:
    """Offer the countries that match the name behind /country, or the likely ones."""
    user_id = message.from_user.id if message.from_user else 0
    if not (is_anonymous(message) or await is_admin(ctx, message.chat.id, user_id)):
        await message.reply(say.html("group-admins-only"))
        return
    text = (command.args or "").strip()[:LONGEST_SEARCH]
    offered = countries.search(text, say.language) if text else countries.likely(say.language)
    if not offered:
        await message.reply(say.html("ask-country-none", text=text))
        return
    card = country_card(say, offered)
    await message.reply(card.text, reply_markup=card.keyboard)


async def on_setting(
    query: CallbackQuery, callback_data: SettingButton, ctx: BotContext, say: Phrases
) -> None:
    """Show a page, or apply a choice; for administrators only."""
    if query.message is None:
        await query.answer(say.plain("notice-gone"))
        return
    chat_id = query.message.chat.id
    if not await is_admin(ctx, chat_id, query.from_user.id):
        await query.answer(say.plain("group-admins-only"), show_alert=True)
        return
    act, value = callback_data.act, callback_data.value
    page = _PAGES.get(act, Page.ALL)
    if act is SettingAct.PAGE:
        if value not in set(Page):
            await query.answer(say.plain("notice-gone"))
            return
        page = Page(value)
        await query.answer()
    elif await _set(ctx, chat_id, act, value):
        await query.answer((await ctx.say(chat_id)).plain("notice-kept"))
    else:
        await query.answer(say.plain("notice-gone"))
        return
    say = await ctx.say(chat_id)
    card = settings_card(say, ctx.texts, await _settings(ctx, chat_id), page)
    await turn(query, card)


async def _settings(ctx: BotContext, chat_id: int) -> GroupSettings:
    async with ctx.database.read() as connection:
        rules = await chats.rules(connection, chat_id)
        first = await chats.first_file(connection, chat_id) or ctx.first_file
        excluded = await exclusions.standing(connection, chat_id)
    checks = tuple(offer.check for offer in await ctx.desk.offers())
    return GroupSettings(rules, await ctx.region(chat_id), first, checks, excluded)


async def _set(ctx: BotContext, chat_id: int, act: SettingAct, value: str) -> bool:
    """Store a choice; False if there is no such choice (any more)."""
    if not await _is_known(ctx, act, value):
        return False
    if act is SettingAct.LANGUAGE:
        await ctx.speaks(chat_id, value)
        return True
    now = ctx.clock.now()
    async with ctx.database.write() as connection:
        if act is SettingAct.COUNTRY:
            await chats.set_region(connection, chat_id, value, now)
            return True
        if act is SettingAct.FIRST_FILE:
            await chats.choose_first_file(connection, chat_id, FirstFile(value), now)
            return True
        rules = await chats.rules(connection, chat_id)
        match act:
            case SettingAct.HAND_IN:
                rules = replace(rules, hand_in=HandIn(value))
            case SettingAct.RESULTS:
                rules = replace(rules, results=Results(value))
            case SettingAct.LEAVE_OUT:
                rules = replace(rules, checks_off=rules.checks_off | {value})
            case _:
                rules = replace(rules, checks_off=rules.checks_off - {value})
        await chats.set_rules(connection, chat_id, rules, now)
    return True


async def _is_known(ctx: BotContext, act: SettingAct, value: str) -> bool:
    match act:
        case SettingAct.HAND_IN:
            return value in set(HandIn)
        case SettingAct.RESULTS:
            return value in set(Results)
        case SettingAct.FIRST_FILE:
            return value in set(FirstFile)
        case SettingAct.LANGUAGE:
            return value in ctx.texts.languages
        case SettingAct.COUNTRY:
            return countries.is_known(value)
        case _:
            return value in {offer.check.key for offer in await ctx.desk.offers()}
