"""When something of ours breaks: the person gets a reference, the log gets the rest."""

import structlog
from aiogram import Router
from aiogram.exceptions import AiogramError
from aiogram.types import Chat, ErrorEvent, User

from handlers.shared.context import BotContext
from handlers.shared.refusals import settled
from handlers.shared.texts import Phrases
from storage.database import AwayError, LostLeaseError
from storage.sealing.ids import new_id

log = structlog.get_logger("errors")


def build() -> Router:
    """Catches what handlers raise."""
    router = Router(name="errors")
    router.error.register(on_error)
    return router


async def on_error(event: ErrorEvent, ctx: BotContext) -> None:
    """Tell the person, with a reference that the log line carries as well."""
    update, error = event.update, event.exception
    if isinstance(error, AwayError | LostLeaseError):
        raise error  # it is handled again, here or by another replica
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
            say = _words(ctx, chat, query.from_user)
            await query.answer(say.plain("error-short", ref=ref), show_alert=True)
        elif message is not None:
            say = _words(ctx, chat, message.from_user)
            await message.answer(say.html("error", ref=ref))
    except AiogramError:
        log.warning("could not tell the person", ref=ref)


def _words(ctx: BotContext, chat: Chat | None, user: User | None) -> Phrases:
    """The texts as far as they are known without the database, which may be what broke."""
    language = ctx.languages.get(chat.id) if chat else None
    code = user.language_code if user else None
    return ctx.texts[language.code if language else code]
