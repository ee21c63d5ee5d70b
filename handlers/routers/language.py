"""/language: the language of a private chat, whatever that of the person's Telegram is."""

import structlog
from aiogram import Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message
from aiogram.utils.keyboard import InlineKeyboardBuilder

from handlers.outgoing.menu import set_own_menu
from handlers.shared.card import Card, keyboard_of
from handlers.shared.commands import LANGUAGE
from handlers.shared.context import BotContext
from handlers.shared.filters import PRIVATE
from handlers.shared.messages import turn
from handlers.shared.texts import Phrases
from storage.people.chats import Language

AS_TELEGRAM = ""

log = structlog.get_logger("language")


class LanguageButton(CallbackData, prefix="n"):
    """A button that chooses the language of a private chat; empty for that of Telegram."""

    code: str


def build() -> Router:
    """Build the router of the language of private chats; groups have it in their settings."""
    router = Router(name="language")
    router.message.filter(PRIVATE)
    router.message.register(on_language, Command(LANGUAGE))
    router.callback_query.register(on_choice, LanguageButton.filter())
    return router


async def on_language(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Show the languages, with a mark at the current one."""
    card = _card(ctx, say, await ctx.language(message.chat.id))
    await message.answer(card.text, reply_markup=card.keyboard)


async def on_choice(
    query: CallbackQuery, callback_data: LanguageButton, ctx: BotContext, say: Phrases
) -> None:
    """Set the language, and show the tapped card in it."""
    chat, code = query.message.chat if query.message else None, callback_data.code
    if chat is None or chat.type != "private" or code not in {AS_TELEGRAM, *ctx.texts.languages}:
        await query.answer(say.plain("notice-gone"))
        return
    await ctx.speaks(chat.id, code or None)
    say = await ctx.say(chat.id)
    await query.answer(say.plain("notice-kept"))
    card = _card(ctx, say, await ctx.language(chat.id))
    await turn(query, card)
    is_owner = chat.id in ctx.owners
    try:
        await set_own_menu(ctx.bot, ctx.texts, chat.id, code or None, is_owner=is_owner)
    except TelegramAPIError as error:
        # The old menu works, too; the next start sets it for owners.
        log.info("menu not set", says=error.message)


def _card(ctx: BotContext, say: Phrases, language: Language) -> Card:
    """Offer every language under its own name, and that of the person's Telegram."""
    names = {code: ctx.texts[code].plain("language-name") for code in ctx.texts.languages}
    names[AS_TELEGRAM] = say.plain("language-as-telegram")
    buttons = InlineKeyboardBuilder()
    for code, name in names.items():
        is_chosen = code == (language.chosen or AS_TELEGRAM)
        label = say.plain("language-chosen", language=name) if is_chosen else name
        buttons.button(text=label, callback_data=LanguageButton(code=code))
    buttons.adjust(1)
    return Card(say.html("language-which"), keyboard_of(buttons))
