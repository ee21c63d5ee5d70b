"""Errors of handlers: the person gets a reference, the log the details."""

import structlog
from aiogram import Router
from aiogram.exceptions import AiogramError, TelegramAPIError
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import ErrorEvent

from checking.limits.refusals import LimitError
from handlers.shared.context import BotContext
from handlers.shared.formats import written
from handlers.shared.places import beside
from handlers.shared.refusals import settled
from handlers.shared.telegram_errors import is_file_refused
from handlers.shared.texts import Phrases
from storage.database import AwayError, LostLeaseError
from storage.sealing.ids import new_id

log = structlog.get_logger("errors")


def build() -> Router:
    """Build the router of exceptions that handlers raise."""
    router = Router(name="errors")
    router.error.register(on_limit, ExceptionTypeFilter(LimitError))
    router.error.register(on_file_refused, _file_refused)
    router.error.register(on_error)
    return router


async def on_limit(event: ErrorEvent, say: Phrases) -> None:
    """Say why something wasn't begun, and that nothing was spent."""
    error, message, query = event.exception, event.update.message, event.update.callback_query
    assert isinstance(error, LimitError)
    values = written(say, error.values)
    if query is not None:
        await query.answer(say.plain(error.key, **values), show_alert=True)
    elif message is not None:
        await message.reply(say.html(error.key, **values))


async def _file_refused(event: ErrorEvent) -> bool:
    error = event.exception
    return isinstance(error, TelegramAPIError) and is_file_refused(error)


async def on_file_refused(event: ErrorEvent, ctx: BotContext) -> None:
    """Say that the chat takes no files."""
    message, query = event.update.message, event.update.callback_query
    here = query.message if query is not None else message
    if here is not None:
        say = await ctx.say(here.chat.id)
        text = say.html("group-files-not-taken")
        await ctx.bot.send_message(text=text, **beside(here).sending())


async def on_error(event: ErrorEvent, ctx: BotContext, say: Phrases | None = None) -> None:
    """Log the error, and tell the person the reference of its log line.

    The language is the one that the update was answered in; the database, which would tell it, may
    be the cause.
    """
    update, error = event.update, event.exception
    if isinstance(error, AwayError | LostLeaseError):
        raise error  # the update is handled again, here or by another replica
    message, query = update.message, update.callback_query
    chat = message.chat if message else None
    if query is not None and query.message is not None:
        chat = query.message.chat
    if await settled(ctx, error, chat.id if chat else None):
        return
    ref = new_id()
    log.error("handler failed", ref=ref, update=update.update_id, exc_info=error)
    try:
        if query is not None:
            say = say or ctx.texts[query.from_user.language_code]
            await query.answer(say.plain("error-short", ref=ref), show_alert=True)
        elif message is not None:
            user = message.from_user
            say = say or ctx.texts[user.language_code if user else None]
            await message.reply(say.html("error", ref=ref))
    except AiogramError:
        log.warning("error reply failed", ref=ref)
