"""Groups: numbers by /check or the bot's name, being added or removed, and moving."""

import contextlib

import structlog
from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command, CommandObject, ExceptionTypeFilter
from aiogram.types import ChatMemberUpdated, ErrorEvent, ExternalReplyInfo, Message

from handlers.cards.group import ways
from handlers.guards.group_rights import may_hand_in
from handlers.guards.membership import is_in, may_write
from handlers.guards.ownership import NotMineError
from handlers.intake.country_search import LONGEST_SEARCH, search_country
from handlers.intake.hand_in import NEARLY_FULL, take_document
from handlers.intake.short_message import check_text, quoted, text_of
from handlers.outgoing.lookup_screen import LookupScreen
from handlers.outgoing.screen import Screen
from handlers.shared.commands import (
    CHECK,
    COUNTRY,
    ELSEWHERE,
    HELP,
    LANGUAGE,
    SETTINGS,
    START,
    TASKS,
)
from handlers.shared.context import BotContext
from handlers.shared.filters import GROUP, PRIVATE, Is, Mentions
from handlers.shared.formats import person_name, units
from handlers.shared.places import person_of
from handlers.shared.refusals import move_chat
from handlers.shared.texts import Phrases
from storage.people import chats, people

BASIC = ChatType.GROUP
FEWEST_DIGITS = 5
MOVING_SECONDS = 5.0  # until the message about the move of a group has arrived

log = structlog.get_logger("groups")


def build() -> Router:
    """Build the router of messages to the bot in groups, and of its own membership."""
    router = Router(name="group")
    router.my_chat_member.register(on_private_member, PRIVATE)
    router.my_chat_member.register(on_channel, Is(F.chat.type == "channel"))
    router.my_chat_member.register(on_group_member)
    router.message.register(on_moved, Is(F.migrate_to_chat_id | F.migrate_from_chat_id))
    router.message.register(on_check, GROUP, Command(CHECK))
    router.message.register(on_help, GROUP, Command(START, HELP))
    router.message.register(on_elsewhere, GROUP, Command(*ELSEWHERE))
    router.message.register(on_mention, GROUP, Mentions())
    router.message.register(on_reply, GROUP, Is(F.reply_to_message & ~F.text.startswith("/")))
    router.message.register(ignore, GROUP, ~Command(TASKS, SETTINGS, LANGUAGE, COUNTRY))
    router.error.register(on_not_mine, ExceptionTypeFilter(NotMineError))
    return router


async def on_private_member(event: ChatMemberUpdated, ctx: BotContext) -> None:
    """Note that a person blocked the bot, or unblocked it: waiting results are sent then."""
    if is_in(event.new_chat_member):
        await ctx.seen(event.chat.id, event.from_user.language_code)
    else:
        await ctx.blocked(event.chat.id)


async def on_channel(event: ChatMemberUpdated, ctx: BotContext) -> None:
    """Leave a channel: nobody can send numbers to the bot there."""
    if is_in(event.new_chat_member):
        with contextlib.suppress(TelegramAPIError):
            await ctx.bot.leave_chat(event.chat.id)


async def on_group_member(event: ChatMemberUpdated, ctx: BotContext, say: Phrases) -> None:
    """Note that the bot was added, removed, muted or unmuted."""
    chat_id, was, now = event.chat.id, event.old_chat_member, event.new_chat_member
    mute = is_in(now) and not may_write(now)
    invited = is_in(was) or await ctx.people.may_use(event.from_user.id)
    if not is_in(now) or (mute and invited):
        await ctx.blocked(chat_id)
    elif is_in(was):
        await ctx.seen(chat_id, title=event.chat.title)
    elif invited:
        await _welcome(event, ctx)
    elif await _came_along(event, ctx):
        log.info("joined by migration")
    else:  # also where it may not write yet: nobody would be asked later who had added it
        await _leave(event, ctx, say)


async def _welcome(event: ChatMemberUpdated, ctx: BotContext) -> None:
    chat_id, adder = event.chat.id, event.from_user
    now, vault = ctx.clock.now(), ctx.database.vault
    async with ctx.changing(chat_id, adder.id) as connection:
        known = await chats.language(connection, chat_id)
        await chats.added(connection, chat_id, adder.id, now)
        # Owners see who it was, and can remove them, also where the bot is open to all.
        await people.note(connection, vault, adder.id, person_name(adder), now)
    language = adder.language_code if known.code is None else None
    await ctx.seen(chat_id, language, event.chat.title)
    say = await ctx.say(chat_id)
    # Asked anew: whoever runs the bot may have changed it since the start.
    everything = (await ctx.bot.get_me()).can_read_all_group_messages
    is_admin = event.new_chat_member.status == ChatMemberStatus.ADMINISTRATOR
    sees = say.html("group-sees-all" if everything or is_admin else "group-sees-meant")
    parts = say.html("group-hello"), sees, say.html("group-hello-more")
    await ctx.bot.send_message(chat_id, ways(say, *parts, basic=event.chat.type == BASIC))


async def _came_along(event: ChatMemberUpdated, ctx: BotContext) -> bool:
    """Tell whether the bot is in a new supergroup because its group became one.

    Telegram reports the bot as added there by the person who made the change. The move itself
    comes as a message to the old group, which may be handled after this. Source:
    https://github.com/tdlib/telegram-bot-api/issues/266
    """
    if event.chat.type != "supergroup":
        return False
    await ctx.clock.sleep(MOVING_SECONDS)
    async with ctx.database.read() as connection:
        return await chats.host(connection, event.chat.id) is not None


async def _leave(event: ChatMemberUpdated, ctx: BotContext, say: Phrases) -> None:
    log.info("uninvited group left")
    if event.from_user.language_code and not event.from_user.is_bot:
        say = ctx.texts[event.from_user.language_code]
    with contextlib.suppress(TelegramAPIError):
        await ctx.bot.send_message(event.chat.id, say.html("group-not-let-in"))
    with contextlib.suppress(TelegramAPIError):
        await ctx.bot.leave_chat(event.chat.id)
    await ctx.blocked(event.chat.id)


async def on_moved(message: Message, ctx: BotContext) -> None:
    """Move a group that became a supergroup; both chats report it."""
    if message.migrate_to_chat_id is not None:
        await move_chat(ctx, message.chat.id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id is not None:
        await move_chat(ctx, message.migrate_from_chat_id, message.chat.id)


async def on_check(
    message: Message,
    command: CommandObject,
    ctx: BotContext,
    lookup_screen: LookupScreen,
    say: Phrases,
) -> None:
    """Take the numbers behind /check, of its file, or of the message that it replies to."""
    await _take(message, command.args or "", ctx, lookup_screen, say)


async def on_elsewhere(message: Message, command: CommandObject, say: Phrases) -> None:
    """Tell where a command of private chats works, unless it may be meant for another bot."""
    if command.mention:
        await message.reply(say.html("group-elsewhere"))


async def on_mention(
    message: Message, said: str, ctx: BotContext, lookup_screen: LookupScreen, say: Phrases
) -> None:
    """Take the same where the bot is named in another way."""
    await _take(message, said, ctx, lookup_screen, say)


def _with_file(
    answered: Message | None, elsewhere: ExternalReplyInfo | None
) -> Message | ExternalReplyInfo | None:
    """Return what is answered if it has a file, also in another topic, or another chat."""
    found = answered or elsewhere
    return found if found is not None and found.document is not None else None


async def _take(
    message: Message, said: str, ctx: BotContext, lookup_screen: LookupScreen, say: Phrases
) -> None:
    if not await may_hand_in(ctx, message):
        await message.reply(say.html("group-not-you"))
        return
    answered = message.reply_to_message
    if answered is not None and answered.from_user is not None:
        # The bot's own messages hold no list.
        answered = None if answered.from_user.id == ctx.bot.id else answered
    text = await text_of(answered, ctx, asks=person_of(message))
    taken: Message | None = message
    if message.document is not None:
        await take_document(message, message, ctx, say, said)
    elif _has_numbers(said):
        await check_text(message, said, ctx, lookup_screen, say)
    elif _has_numbers(quoted(message)):
        await check_text(message, quoted(message), ctx, lookup_screen, say, of=answered)
    elif (of := _with_file(answered, message.external_reply)) is not None:
        taken = answered or message
        await take_document(message, of, ctx, say, (answered and answered.caption) or "")
    elif _has_numbers(text):
        taken = answered
        await check_text(message, text, ctx, lookup_screen, say, of=answered)
    else:
        taken = None
        usage = say.html("group-usage")
        await message.reply(ways(say, usage, basic=message.chat.type == BASIC))
    if taken is not None and _is_a_part(taken):
        await message.reply(say.html("group-only-this"))


def _is_a_part(message: Message) -> bool:
    """Tell whether Telegram may hide more of the same: an album, or the rest of a cut text."""
    return bool(message.media_group_id) or units(message.text or "") >= NEARLY_FULL


def _has_numbers(text: str) -> bool:
    return sum(letter.isdecimal() for letter in text) >= FEWEST_DIGITS


async def on_reply(
    message: Message, ctx: BotContext, screen: Screen, lookup_screen: LookupScreen, say: Phrases
) -> None:
    """Take numbers in a reply to the bot, or read it as the name of a country; ignore others."""
    answered = message.reply_to_message
    writer = answered.from_user if answered is not None else None
    if writer is None or writer.id != ctx.bot.id:
        return
    text = message.text or message.caption or ""
    if message.document is not None or _has_numbers(text):
        await _take(message, text, ctx, lookup_screen, say)
    elif len(text) <= LONGEST_SEARCH:
        await search_country(message, ctx, screen, say)


async def on_help(message: Message, say: Phrases) -> None:
    """Say how it works here."""
    head, more = say.html("group-help-head"), say.html("group-help")
    await message.reply(ways(say, head, more, basic=message.chat.type == BASIC))


async def ignore(message: Message) -> None:
    """Drop messages that people send to each other."""


async def on_not_mine(event: ErrorEvent, say: Phrases) -> None:
    """Answer a tap on a button of another person's card."""
    if event.update.callback_query is not None:
        await event.update.callback_query.answer(say.plain("notice-not-yours"))
