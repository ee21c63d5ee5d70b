"""Lookups of single numbers: /check, a message that is one number, a contact, a short list."""

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from checking import numbers
from checking.lookups.desk import MOST_NUMBERS, TooManyWaitingError
from handlers.cards.terms import terms_of_lookup
from handlers.guards.admins import is_admin
from handlers.guards.ownership import mine, my_list
from handlers.intake.hand_in import take_document, take_text
from handlers.intake.short_message import (
    adds_to_basket,
    ask,
    check_text,
    quoted,
    read,
    show,
    text_of,
)
from handlers.outgoing.lookup_screen import LookupScreen
from handlers.shared.callbacks import (
    ConsentAct,
    ConsentButton,
    InquiryAct,
    InquiryButton,
    ListAct,
    ListButton,
)
from handlers.shared.card import Card
from handlers.shared.commands import CHECK
from handlers.shared.context import BotContext
from handlers.shared.filters import PRIVATE, Is
from handlers.shared.formats import clock_text, person_name
from handlers.shared.messages import turn
from handlers.shared.places import beside, is_anonymous, is_group, person_of, place_of
from handlers.shared.texts import Phrases
from storage.lists import lists
from storage.lists.lists import ListState
from storage.lookups import inquiries
from storage.records import inbox

LONGEST_NUMBER = 60  # characters of a message that may be one number
FEWEST_DIGITS = 7


def build() -> Router:
    """Build the router of lookups."""
    router = Router(name="lookups")
    router.message.filter(PRIVATE)
    router.message.register(on_check, Command(CHECK))
    router.message.register(on_number, Is(F.text.len() <= LONGEST_NUMBER))
    router.message.register(on_contact, Is(F.contact))
    router.callback_query.register(on_short_list, ListButton.filter(F.act == ListAct.LOOK_UP))
    router.callback_query.register(on_inquiry, InquiryButton.filter())
    router.callback_query.register(on_agree, ConsentButton.filter())
    return router


async def on_check(
    message: Message,
    command: CommandObject,
    ctx: BotContext,
    lookup_screen: LookupScreen,
    say: Phrases,
) -> None:
    """Look up the numbers behind /check, or in the message that it replies to; take its file."""
    if message.document is not None:  # the way of groups, which works here, too
        await take_document(message, message, ctx, say, command.args or "")
        return
    text = (
        command.args
        or quoted(message)
        or await text_of(message.reply_to_message, ctx, asks=person_of(message))
    )
    if not text:
        await message.answer(say.html("lookup-usage"))
        return
    await check_text(message, text, ctx, lookup_screen, say)


async def on_number(
    message: Message, ctx: BotContext, lookup_screen: LookupScreen, say: Phrases
) -> None:
    """Look up a message that is one number, unless it is the rest of a list."""
    text = message.text or ""
    digits = sum(letter.isdecimal() for letter in text)
    if not ctx.lookups.is_offered or text.startswith("/") or digits < FEWEST_DIGITS:
        raise SkipHandler
    few = await read(text, ctx, message)
    if not few.is_one_number:
        raise SkipHandler
    assert message.from_user is not None
    async with ctx.database.read() as connection:
        if await lists.gathering_in(connection, message.chat.id, message.from_user.id):
            raise SkipHandler  # the rest of a long paste
    if await adds_to_basket(message, ctx):
        raise SkipHandler
    await ask(message, few, ctx, lookup_screen, say)


async def on_contact(
    message: Message, ctx: BotContext, lookup_screen: LookupScreen, say: Phrases
) -> None:
    """Look up the numbers of a contact."""
    text = await text_of(message, ctx, asks=person_of(message))
    few = await read(text, ctx, message)
    if not few.numbers:
        await message.answer(say.html("lookup-no-number"))
    elif (
        not ctx.lookups.is_offered
        or await _is_one_of_several(message, ctx)
        or await adds_to_basket(message, ctx)
    ):
        await take_text(message, ctx, "\n".join(few.numbers))
    else:
        await ask(message, few, ctx, lookup_screen, say)


async def _is_one_of_several(message: Message, ctx: BotContext) -> bool:
    """Recognize contacts that were shared together; each is one message, all are a list."""
    assert message.from_user is not None
    async with ctx.database.read() as connection:
        gathering = await lists.gathering_in(connection, message.chat.id, message.from_user.id)
        return gathering is not None or await inbox.waiting_in(connection, message.chat.id) > 1


async def on_short_list(
    query: CallbackQuery,
    *,
    callback_data: ListButton,
    ctx: BotContext,
    lookup_screen: LookupScreen,
    say: Phrases,
) -> None:
    """Look up the numbers of a short list one by one; the list stays as it is."""
    found = await my_list(query, ctx, callback_data.id)
    kept = None
    if found is not None and found.state is ListState.READY and found.ready <= MOST_NUMBERS:
        body = await numbers.as_upload(ctx.database, found.id)
        kept = None if body is None else body.decode().split()
    if found is None or kept is None or not 0 < len(kept) <= MOST_NUMBERS:
        await query.answer(say.plain("notice-gone"))
        return
    if not await ctx.people.has_consented(query.from_user.id):
        await query.answer()
        card = terms_of_lookup(say, found.id)
        await ctx.bot.send_message(
            text=card.text, reply_markup=card.keyboard, **place_of(found).sending()
        )
        return
    try:
        inquiry = await ctx.lookups.ask(
            chat_id=found.chat_id,
            person_id=found.person_id,
            # Lists made of the groups of a result share the message of their first list.
            message_id=(found.card_id if found.root_id else None) or found.reply_to,
            thread_id=found.thread_id,
            numbers=kept,
            by=query.from_user.id,
        )
    except TooManyWaitingError:
        await query.answer(say.plain("lookup-too-many-short"), show_alert=True)
        return
    await query.answer(say.plain("notice-done") if inquiry.card_id else "")
    await show(inquiry, lookup_screen)


async def on_agree(
    query: CallbackQuery,
    *,
    callback_data: ConsentButton,
    ctx: BotContext,
    lookup_screen: LookupScreen,
    say: Phrases,
) -> None:
    """Store the consent to the terms, and start the lookup they were shown for."""
    card = query.message
    question = card.reply_to_message if isinstance(card, Message) else None
    person_id = query.from_user.id
    if card is None or (question is None and is_group(card.chat.id)):
        await query.answer(say.plain("notice-gone"))
        return
    if question is not None and person_of(question) != person_id:
        person_id = person_of(question)
        admin = await is_admin(ctx, question.chat.id, query.from_user.id)
        if not (is_anonymous(question) and admin):
            await query.answer(say.plain("notice-not-yours"))
            return
    await ctx.people.consent(person_id, person_name(query.from_user))
    await turn(query, Card(say.html("consent-noted")))
    if callback_data.act is ConsentAct.SHORT_LIST:
        button = ListButton(act=ListAct.LOOK_UP, id=callback_data.id)
        await on_short_list(
            query, callback_data=button, ctx=ctx, lookup_screen=lookup_screen, say=say
        )
        return
    few = None
    if question is not None:
        text = await text_of(question, ctx, asks=query.from_user.id)
        if text.startswith("/"):
            text = " ".join(text.split()[1:])  # without the command
        few = await read(text, ctx, question)
    if question is None or few is None or not few.numbers:
        text = say.html("consent-send-again")
        await ctx.bot.send_message(text=text, **beside(card).sending())
    else:
        await ask(question, few, ctx, lookup_screen, say)
    await query.answer()  # last, for a paused group is told in its stead


async def on_inquiry(
    query: CallbackQuery,
    *,
    callback_data: InquiryButton,
    ctx: BotContext,
    lookup_screen: LookupScreen,
    say: Phrases,
) -> None:
    """Cancel what waits, or ask the service again about what the lookup cache answered."""
    async with ctx.database.read() as connection:
        known = await inquiries.get(connection, ctx.database.vault, callback_data.id)
    inquiry = await mine(query, ctx, known)
    if inquiry is None:
        await query.answer(say.plain("notice-gone"))
        return
    if callback_data.act is InquiryAct.CANCEL:
        done = await ctx.lookups.cancel(inquiry)
        await query.answer("" if done else say.plain("notice-done"))
    elif query.from_user.id not in ctx.owners:
        await query.answer(say.plain("notice-not-yours"))
        return
    else:
        from_when = await ctx.lookups.ask_again(inquiry, query.from_user.id)
        now = ctx.clock.now()
        if from_when is None:
            await query.answer()
        elif from_when > now:
            at = clock_text(from_when, now)
            await query.answer(say.plain("lookup-too-soon", at=at), show_alert=True)
        else:
            await query.answer(say.plain("notice-done"))
    await lookup_screen.show(inquiry.id)
