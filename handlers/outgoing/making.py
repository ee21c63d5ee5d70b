"""Files that are made when a button asks for them, and what is said where one can't be."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from aiogram.exceptions import AiogramError, TelegramAPIError
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup

from checking.limits.shares import MOST_KEPT_BYTES, TooMuchKeptError
from handlers.outgoing.results.media_message import UPLOAD_SECONDS
from handlers.shared.context import BotContext
from handlers.shared.places import Place
from handlers.shared.sources import NotGivenError, TroubleError
from handlers.shared.telegram_errors import is_chat_silent, is_file_refused, words_of
from handlers.shared.texts import Phrases
from runtime.confined.exchange import BrokenWorkError, TooMuchError
from storage.records.strikes import Strikes

log = structlog.get_logger("products")


@dataclass(frozen=True, slots=True)
class Excuses:
    """The keys of what is said: a file that Telegram lost, too much to read, a fault of ours."""

    no_source: str
    too_much: str
    broken: str


async def make(
    ctx: BotContext,
    say: Phrases,
    place: Place,
    key: str,
    *,
    work: Callable[[], Awaitable[None]],
    excuses: Excuses,
) -> None:
    """Make and send a file; if that fails, say why there.

    key: Of the list or the task that it is made of. Passes on what only the caller can mend.
    """
    strikes = Strikes(ctx.database, "product", ctx.clock)
    try:
        await ctx.bot.send_chat_action(
            place.chat_id, "upload_document", message_thread_id=place.thread_id
        )
        async with strikes.during(key) as deadly:
            await (_refuse() if deadly else work())
    except TroubleError:
        await ctx.bot.send_message(text=say.html(excuses.no_source), **place.sending())
    except NotGivenError as error:
        log.warning("product failed", of=key, why=str(error))
        await ctx.bot.send_message(text=say.html("sheet-not-given"), **place.sending())
    except TooMuchKeptError:
        megabytes = MOST_KEPT_BYTES // 1_000_000
        text = say.html("trouble-too_much_kept", megabytes=megabytes)
        await ctx.bot.send_message(text=text, **place.sending())
    except (TooMuchError, BrokenWorkError) as error:
        log.error("product not made", of=key, why=str(error))  # noqa: TRY400 # it says all
        word = excuses.too_much if isinstance(error, TooMuchError) else excuses.broken
        await ctx.bot.send_message(text=say.html(word), **place.sending())
    except (AiogramError, TimeoutError, OSError) as error:
        if isinstance(error, TelegramAPIError) and is_file_refused(error):
            await ctx.bot.send_message(text=say.html("group-files-not-taken"), **place.sending())
            return
        if isinstance(error, TelegramAPIError) and is_chat_silent(error):
            raise
        log.warning("product failed", of=key, why=words_of(error))
        await ctx.bot.send_message(text=say.html("sheet-later"), **place.sending())


async def _refuse() -> None:
    raise TooMuchError("the process died twice in the middle of it")


async def send_file(
    ctx: BotContext,
    place: Place,
    data: bytes,
    name: str,
    caption: str = "",
    *,
    keyboard: InlineKeyboardMarkup | None = None,
) -> None:
    """Send bytes as a document."""
    await ctx.bot.send_document(
        document=BufferedInputFile(data, name),
        caption=caption,
        reply_markup=keyboard,
        **place.sending(),
        request_timeout=UPLOAD_SECONDS,
    )
