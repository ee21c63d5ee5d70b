"""Lookups of a few numbers, for all handlers that take them."""

from aiogram.types import Message

from checking.lookups.desk import MOST_NUMBERS, TooManyWaitingError
from handlers.cards.terms import terms_of_lookup
from handlers.intake.hand_in import show_activity, take_text
from handlers.outgoing.lookup_screen import LookupScreen
from handlers.shared.context import BotContext
from handlers.shared.places import is_group, person_of, thread_of
from handlers.shared.texts import Phrases
from sheets.lists.plain_number import Few, read_plain
from storage.lists import baskets
from storage.lookups.inquiries import Inquiry


async def check_text(
    message: Message,
    text: str,
    ctx: BotContext,
    lookup_screen: LookupScreen,
    say: Phrases,
    *,
    of: Message | None = None,
) -> None:
    """Look up the numbers of a text; more than a few become a list.

    `of` is the message that holds them, if that is not the one that asks.
    """
    few = await read(text, ctx, message)
    if not few.numbers:
        await message.reply(say.html("lookup-no-number"))
    elif (
        len(few.numbers) + len(few.others) > MOST_NUMBERS
        or not ctx.lookups.is_offered
        or (is_group(message.chat.id) and await adds_to_basket(message, ctx))
    ):
        await take_text(message, ctx, text, of)
    else:
        await ask(message, few, ctx, lookup_screen, say)


async def adds_to_basket(message: Message, ctx: BotContext) -> bool:
    """Tell whether numbers in this message are added to a list that is kept, and not looked up."""
    place = message.chat.id, person_of(message), thread_of(message)
    async with ctx.database.read() as connection:
        return await baskets.open_in(connection, *place) is not None


async def ask(
    message: Message, few: Few, ctx: BotContext, lookup_screen: LookupScreen, say: Phrases
) -> None:
    """Start an inquiry about these numbers, or show the terms if they aren't agreed to yet."""
    if not await ctx.people.has_consented(person_of(message)):
        card = terms_of_lookup(say)
        await message.reply(card.text, reply_markup=card.keyboard)
        return
    try:
        inquiry = await ctx.lookups.ask(
            chat_id=message.chat.id,
            person_id=person_of(message),
            message_id=message.message_id,
            thread_id=thread_of(message),
            numbers=few.numbers,
            others=few.others,
        )
    except TooManyWaitingError:
        await message.reply(say.html("lookup-too-many"))
        return
    if inquiry.is_open:
        await show_activity(message, ctx)
    await show(inquiry, lookup_screen)


async def show(inquiry: Inquiry, lookup_screen: LookupScreen) -> None:
    """Show an inquiry that the lookup cache answered; the courier shows the others."""
    if not inquiry.is_open and inquiry.card_id is None:
        await lookup_screen.show_answered(inquiry)


async def read(text: str, ctx: BotContext, message: Message) -> Few:
    """Read the numbers of a text that came with this message."""
    plain = read_plain(text)
    if plain is not None:
        return plain
    region = await ctx.region(message.chat.id)
    return await ctx.glass.read_message(text, region, of=person_of(message))


def quoted(message: Message) -> str:
    """Return what a reply quotes: its person chose these words, and not all of the other message.

    The quote is there even where the other message isn't: in basic groups, and of other chats.
    """
    return message.quote.text if message.quote is not None and message.quote.is_manual else ""


async def text_of(message: Message | None, ctx: BotContext, *, asks: int) -> str:
    """Return the text of a message that may hold numbers; of a contact, all its numbers.

    asks: the person who asks, and may not be the one who wrote it.
    """
    if message is None:
        return ""
    contact = message.contact
    if contact is None:
        return message.text or message.caption or ""
    number = contact.phone_number.strip()
    # Clients leave the plus sign out; a national number isn't valid with it.
    numbers = [number if number.startswith(("+", "0")) else f"+{number}"]
    if contact.vcard:  # some clients put further numbers into it
        card = await ctx.glass.read_message(contact.vcard, None, of=asks, is_card=True)
        numbers += card.numbers
    return "\n".join(numbers)
