"""Groups: handing in by /check or a mention, being added and removed, and moving."""

import contextlib

import structlog
from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command, CommandObject, ExceptionTypeFilter
from aiogram.types import ChatMemberUpdated, ErrorEvent, Message

from handlers.guards.group_rights import may_hand_in
from handlers.guards.membership import is_in, may_write
from handlers.guards.ownership import NotMineError
from handlers.intake.country_search import LONGEST_SEARCH, search_country
from handlers.intake.hand_in import take_document
from handlers.intake.short_message import check_text, text_of
from handlers.outgoing.lookup_screen import LookupScreen
from handlers.outgoing.screen import Screen
from handlers.shared.commands import CHECK, COUNTRY, HELP, LANGUAGE, SETTINGS, START, TASKS
from handlers.shared.context import BotContext
from handlers.shared.filters import GROUP, PRIVATE, Is, Mentions
from handlers.shared.refusals import move_chat
from handlers.shared.texts import Phrases
from storage.people import chats

FEWEST_DIGITS = 5
MOVING_SECONDS = 5.0  # in which the other message about a group's move has come

log = structlog.get_logger("groups")


def build() -> Router:
    """Hears what is meant for the bot in groups, and nothing else; notes who blocked the bot."""
    router = Router(name="group")
    router.my_chat_member.register(on_private_member, PRIVATE)
    router.my_chat_member.register(on_channel, Is(F.chat.type == "channel"))
    router.my_chat_member.register(on_group_member)
    router.message.register(on_moved, Is(F.migrate_to_chat_id | F.migrate_from_chat_id))
    router.message.register(on_check, GROUP, Command(CHECK))
    router.message.register(on_help, GROUP, Command(START, HELP))
    router.message.register(on_mention, GROUP, Mentions())
    short = F.text.len().between(1, LONGEST_SEARCH) & ~F.text.startswith("/")
    router.message.register(on_reply, GROUP, Is(F.reply_to_message & short))
    router.message.register(ignore, GROUP, ~Command(TASKS, SETTINGS, LANGUAGE, COUNTRY))
    router.error.register(on_not_mine, ExceptionTypeFilter(NotMineError))
    return router


async def on_private_member(event: ChatMemberUpdated, ctx: BotContext) -> None:
    """Somebody blocked the bot, or let it back in: waiting results are brought then."""
    if is_in(event.new_chat_member):
        await ctx.seen(event.chat.id, event.from_user.language_code, may_be_back=True)
    else:
        await ctx.blocked(event.chat.id)


async def on_channel(event: ChatMemberUpdated, ctx: BotContext) -> None:
    """Nobody can hand in numbers in a channel."""
    if is_in(event.new_chat_member):
        with contextlib.suppress(TelegramAPIError):
            await ctx.bot.leave_chat(event.chat.id)


async def on_group_member(event: ChatMemberUpdated, ctx: BotContext, say: Phrases) -> None:
    """The bot was added, removed, muted or heard again."""
    chat_id = event.chat.id
    if not is_in(event.new_chat_member) or not may_write(event.new_chat_member):
        await ctx.blocked(chat_id)
    elif is_in(event.old_chat_member):
        await ctx.seen(chat_id, may_be_back=True)
    elif await ctx.people.may_use(event.from_user.id):
        await _welcome(event, ctx)
    elif await _came_along(event, ctx):
        log.info("came along to the supergroup")
    else:
        await _leave(event, ctx, say)


async def _welcome(event: ChatMemberUpdated, ctx: BotContext) -> None:
    chat_id, adder = event.chat.id, event.from_user
    async with ctx.database.write() as connection:
        known = await chats.language(connection, chat_id)
        await chats.added(connection, chat_id, adder.id, ctx.clock.now())
    language = adder.language_code if known.code is None else None
    await ctx.seen(chat_id, language, may_be_back=True)
    say = await ctx.say(chat_id)
    name = (await ctx.bot.me()).username or ""
    await ctx.bot.send_message(chat_id, say.html("group-hello", bot=name))


async def _came_along(event: ChatMemberUpdated, ctx: BotContext) -> bool:
    """Whether the bot is in a new supergroup because its group became one.

    Telegram says that it was added there, by whoever made the change, and says of the move in a
    message to the old group, which may be handled after this. Source:
    https://github.com/tdlib/telegram-bot-api/issues/266
    """
    if event.chat.type != "supergroup":
        return False
    await ctx.clock.sleep(MOVING_SECONDS)
    async with ctx.database.read() as connection:
        return await chats.is_hosted(connection, event.chat.id)


async def _leave(event: ChatMemberUpdated, ctx: BotContext, say: Phrases) -> None:
    log.info("added by somebody who isn't let in")
    if event.from_user.language_code and not event.from_user.is_bot:
        say = ctx.texts[event.from_user.language_code]
    with contextlib.suppress(TelegramAPIError):
        await ctx.bot.send_message(event.chat.id, say.html("group-not-let-in"))
    with contextlib.suppress(TelegramAPIError):
        await ctx.bot.leave_chat(event.chat.id)
    await ctx.blocked(event.chat.id)


async def on_moved(message: Message, ctx: BotContext) -> None:
    """The group became a supergroup; the old one and the new one both say so."""
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
    """/check: with numbers behind it, below a file, or in reply to either."""
    await _take(message, command.args or "", ctx, lookup_screen, say)


async def on_mention(
    message: Message, said: str, ctx: BotContext, lookup_screen: LookupScreen, say: Phrases
) -> None:
    """The same, with the bot's name in place of the command."""
    await _take(message, said, ctx, lookup_screen, say)


async def _take(
    message: Message, said: str, ctx: BotContext, lookup_screen: LookupScreen, say: Phrases
) -> None:
    if not await may_hand_in(ctx, message):
        await message.reply(say.html("group-not-you"))
        return
    answered = await _answered(message, ctx.bot)
    text = text_of(answered)
    if message.document is not None:
        await take_document(message, message, ctx, say, said)
    elif _has_numbers(said):
        await check_text(message, said, ctx, lookup_screen, say)
    elif answered is not None and answered.document is not None:
        await take_document(message, answered, ctx, say, answered.caption or "")
    elif _has_numbers(text):
        await check_text(message, text, ctx, lookup_screen, say, of=answered)
    else:
        name = (await ctx.bot.me()).username or ""
        await message.reply(say.html("group-usage", bot=name))


async def _answered(message: Message, bot: Bot) -> Message | None:
    """The message that this one replies to; there are no numbers to be had from the bot's own."""
    answered = message.reply_to_message
    if answered is None or (answered.from_user is not None and answered.from_user.id == bot.id):
        return None
    return answered


def _has_numbers(text: str) -> bool:
    return sum(letter.isdecimal() for letter in text) >= FEWEST_DIGITS


async def on_reply(message: Message, ctx: BotContext, screen: Screen, say: Phrases) -> None:
    """A reply to the bot, which may have asked for a country; others are talk."""
    answered = message.reply_to_message
    writer = answered.from_user if answered is not None else None
    if writer is not None and writer.id == ctx.bot.id:
        await search_country(message, ctx, screen, say)


async def on_help(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Say how it works here."""
    name = (await ctx.bot.me()).username or ""
    await message.reply(say.html("group-help", bot=name))


async def ignore(message: Message) -> None:
    """What people say to each other in a group is none of the bot's business."""


async def on_not_mine(event: ErrorEvent, say: Phrases) -> None:
    """A button of somebody else's card."""
    if event.update.callback_query is not None:
        await event.update.callback_query.answer(say.plain("notice-not-yours"))
