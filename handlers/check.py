"""Looking up single numbers: /check, a message that is one number, a contact, a short list."""

import asyncio

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Contact, Message

from checking import numbers
from checking.lookups import MOST_NUMBERS, TooManyWaitingError
from handlers.callbacks import InquiryAct, InquiryButton, ListAct, ListButton
from handlers.cards import clock_text
from handlers.commands import CHECK
from handlers.filters import PRIVATE, Is
from handlers.handing import show_activity, take_text
from handlers.kit import Kit
from handlers.lookup_screen import LookupScreen
from handlers.mine import mine, my_list
from handlers.texts import Phrases
from sheets import vcards
from sheets.few import Few, read_few, read_plain
from storage import inbox, inquiries, lists
from storage.inquiries import Inquiry
from storage.lists import ListState, NumberList

LONGEST_NUMBER = 60  # characters of a message that may be one number
FEWEST_DIGITS = 7


def register(router: Router) -> None:
    """Answers questions about single numbers."""
    router.message.register(on_check, Command(CHECK), PRIVATE)
    router.message.register(on_number, PRIVATE, Is(F.text.len() <= LONGEST_NUMBER))
    router.message.register(on_contact, PRIVATE, Is(F.contact))
    router.callback_query.register(on_short_list, ListButton.filter(F.act == ListAct.LOOK_UP))
    router.callback_query.register(on_inquiry, InquiryButton.filter())


async def on_check(
    message: Message, command: CommandObject, kit: Kit, lookup_screen: LookupScreen, say: Phrases
) -> None:
    """/check with numbers behind it, or in reply to a message with numbers."""
    text = command.args or _text_of(message.reply_to_message)
    if not text:
        await message.answer(say.html("lookup-usage"))
        return
    few = await _read(text, kit, message.chat.id)
    if not few.numbers:
        await message.answer(say.html("lookup-no-number"))
    elif len(few.numbers) + len(few.others) > MOST_NUMBERS or not kit.lookups.is_offered:
        await take_text(message, kit, text)
    else:
        await _ask(message, few, kit, lookup_screen, say)


async def on_number(message: Message, kit: Kit, lookup_screen: LookupScreen, say: Phrases) -> None:
    """A message that is one number, and not the rest of a list that is just coming in."""
    text = message.text or ""
    digits = sum(letter.isdecimal() for letter in text)
    if not kit.lookups.is_offered or text.startswith("/") or digits < FEWEST_DIGITS:
        raise SkipHandler
    few = await _read(text, kit, message.chat.id)
    if not few.is_one_number:
        raise SkipHandler
    assert message.from_user is not None
    known = await kit.lookups.at_once(
        chat_id=message.chat.id,
        person_id=message.from_user.id,
        message_id=message.message_id,
        number=few.numbers[0],
    )
    if known.is_gathering:
        raise SkipHandler  # the rest of a long paste
    # Those who could have it asked again get a card that is stored; for the others this is all.
    if known.inquiry is None or message.from_user.id in kit.owners:
        await _ask(message, few, kit, lookup_screen, say)
    else:
        await lookup_screen.say(known.inquiry)


async def on_contact(message: Message, kit: Kit, lookup_screen: LookupScreen, say: Phrases) -> None:
    """A card from somebody's address book."""
    text = _text_of(message)
    few = await _read(text, kit, message.chat.id)
    if not few.numbers:
        await message.answer(say.html("lookup-no-number"))
    elif not kit.lookups.is_offered or await _is_one_of_several(message, kit):
        await take_text(message, kit, "\n".join(few.numbers))
    else:
        await _ask(message, few, kit, lookup_screen, say)


async def _is_one_of_several(message: Message, kit: Kit) -> bool:
    """Cards that are shared together come as one message each; they are a list."""
    assert message.from_user is not None
    async with kit.database.read() as connection:
        gathering = await lists.gathering_in(connection, message.chat.id, message.from_user.id)
        return gathering is not None or await inbox.waiting_in(connection, message.chat.id) > 1


async def on_short_list(
    query: CallbackQuery,
    *,
    callback_data: ListButton,
    kit: Kit,
    lookup_screen: LookupScreen,
    say: Phrases,
) -> None:
    """The button of a short list: its numbers one by one, while the list stays as it is."""
    found = await my_list(query, kit, callback_data.id)
    if found is not None and found.state is not ListState.READY:
        found = None
    numbers = await _numbers(kit, found) if found else []
    if found is None or not 0 < len(numbers) <= MOST_NUMBERS:
        await query.answer(say.plain("notice-gone"))
        return
    try:
        inquiry = await kit.lookups.ask(
            chat_id=found.chat_id,
            person_id=found.person_id,
            # Lists made of a result's groups share the message that it was handed in with.
            message_id=(found.card_id if found.root_id else None) or found.reply_to,
            numbers=numbers,
        )
    except TooManyWaitingError:
        await query.answer(say.plain("lookup-too-many-short"), show_alert=True)
        return
    await query.answer(say.plain("notice-done") if inquiry.card_id else "")
    await _show(inquiry, lookup_screen)


async def on_inquiry(
    query: CallbackQuery,
    *,
    callback_data: InquiryButton,
    kit: Kit,
    lookup_screen: LookupScreen,
    say: Phrases,
) -> None:
    """Cancel what waits, or ask again about what memory answered."""
    async with kit.database.read() as connection:
        known = await inquiries.get(connection, kit.database.vault, callback_data.id)
    inquiry = mine(query, known)
    if inquiry is None:
        await query.answer(say.plain("notice-gone"))
        return
    if callback_data.act is InquiryAct.CANCEL:
        done = await kit.lookups.cancel(inquiry)
        await query.answer("" if done else say.plain("notice-done"))
    elif query.from_user.id not in kit.owners:
        await query.answer(say.plain("notice-not-yours"))
        return
    else:
        await _again(query, kit, inquiry, say)
    await lookup_screen.show(inquiry.id)


async def _again(query: CallbackQuery, kit: Kit, inquiry: Inquiry, say: Phrases) -> None:
    from_when = await kit.lookups.ask_again(inquiry)
    now = kit.clock.now()
    if from_when is None:
        await query.answer()
    elif from_when > now:
        at = clock_text(from_when, now)
        await query.answer(say.plain("lookup-too-soon", at=at), show_alert=True)
    else:
        await query.answer(say.plain("notice-done"))


async def _ask(
    message: Message, few: Few, kit: Kit, lookup_screen: LookupScreen, say: Phrases
) -> None:
    assert message.from_user is not None
    try:
        inquiry = await kit.lookups.ask(
            chat_id=message.chat.id,
            person_id=message.from_user.id,
            message_id=message.message_id,
            numbers=few.numbers,
            others=few.others,
        )
    except TooManyWaitingError:
        await message.answer(say.html("lookup-too-many"))
        return
    if inquiry.is_open:
        await show_activity(message, kit)
    await _show(inquiry, lookup_screen)


async def _show(inquiry: Inquiry, lookup_screen: LookupScreen) -> None:
    """What memory answered is shown at once; the rest comes with the courier."""
    if not inquiry.is_open and inquiry.card_id is None:
        await lookup_screen.show_answered(inquiry)


async def _read(text: str, kit: Kit, chat_id: int) -> Few:
    plain = read_plain(text)
    if plain is not None:
        return plain
    return await asyncio.to_thread(read_few, text, await kit.region(chat_id))


def _of_contact(contact: Contact) -> str:
    """The number of a card, and those that clients put into its vCard besides."""
    number = contact.phone_number.strip()
    # Clients leave the plus sign out; a number in national form isn't valid with it.
    numbers = [number if number.startswith(("+", "0")) else f"+{number}"]
    if contact.vcard:
        numbers += vcards.read(contact.vcard.encode())["c1"].slice(1).to_list()
    return "\n".join(numbers)


def _text_of(message: Message | None) -> str:
    """The numbers that a message may hold."""
    if message is None:
        return ""
    if message.contact is not None:
        return _of_contact(message.contact)
    return message.text or message.caption or ""


async def _numbers(kit: Kit, found: NumberList) -> list[str]:
    if found.ready > MOST_NUMBERS:
        return []
    kept = await numbers.of_list(kit.database, found.id)
    return [] if kept is None else kept.to_list()
