"""The doctor's look at Telegram: the token, the webhook, and whether files can be fetched."""

import asyncio
from collections.abc import AsyncIterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.types import User, WebhookInfo

from bot.operations.doctor_local import Finding, bad, note, ok
from bot.operations.doctor_proxies import ways
from bot.settings import Settings
from bot.telegram.pacer import build_bot
from bot.telegram.session import Session
from checking.metrics import Metrics
from handlers.shared.telegram_errors import is_logged_out, words_of
from runtime.clock import Clock
from storage.engines.claims import Alone

WAIT_SECONDS = 10.0
NOTED_CLOCK_SECONDS = 5.0  # a Date header has whole seconds
MOST_CLOCK_SECONDS = 30.0


async def telegram(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    """Examine what Telegram says of the bot. Nothing is fetched that the running bot waits for."""
    found = await ways(settings, WAIT_SECONDS)
    for finding in found:
        yield finding
    if any(finding.good is False and finding.what == "PROXY_URL" for finding in found):
        return
    async for finding in _bot(settings, clock):
        yield finding
    yield await _clock(settings, clock)


async def _bot(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    bot, _ = build_bot(
        settings.bot_token.get_secret_value(),
        settings.telegram_api_url,
        is_local=settings.telegram_local,
        clock=clock,
        metrics=Metrics(),
        claims=Alone(),
        proxy=settings.proxy_url,
    )
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            me = await bot.get_me()
            hook = await bot.get_webhook_info()
        yield _hook(settings, me.username or "", hook)
        yield _privacy_mode(me)
        yield await _files(settings, bot)
    except TelegramUnauthorizedError as error:
        yield bad("BOT_TOKEN", f"Telegram refuses it ({words_of(error)}); ask BotFather for /token")
    except TelegramNotFound as error:
        says = f"Telegram knows no such bot ({words_of(error)}); copy the token once more, whole"
        yield bad("BOT_TOKEN", f"{says}, and look at TELEGRAM_API_URL, if you set it")
    except TelegramConflictError as error:
        says = f"another program uses this token ({words_of(error)}); stop it there"
        yield bad("BOT_TOKEN", f"{says}, or ask BotFather for /revoke")
    except (AiogramError, TimeoutError, OSError) as error:
        says = f"no answer ({words_of(error)}); check the network and a firewall"
        if is_logged_out(error):
            says = (
                f"the bot was moved to another server ({words_of(error)}); name that one, or "
                "wait for ten minutes after the last logOut"
            )
        yield bad("TELEGRAM_API_URL", says)
    finally:
        await bot.session.close()


def _hook(settings: Settings, name: str, hook: WebhookInfo) -> Finding:
    if hook.url and hook.url != settings.webhook_url:
        return note(
            "BOT_TOKEN",
            f"@{name} has a webhook at {urlsplit(hook.url).hostname}, which the next "
            "start changes; if another program uses it, stop that program first",
        )
    if hook.pending_update_count and hook.last_error_message:
        says = f"@{name}; Telegram can't deliver to WEBHOOK_URL ({hook.last_error_message})"
        return note("BOT_TOKEN", says)
    return ok("BOT_TOKEN", f"@{name}")


def _privacy_mode(me: User) -> Finding:
    if me.can_read_all_group_messages:
        says = "privacy mode is off: the bot gets all that is written there, and needs none of it"
        return note("groups", f"{says}; BotFather's /setprivacy turns it on")
    says = f"privacy mode is on: there the bot gets /check@{me.username} and replies to it"
    return ok("groups", f"{says}; made an administrator, it gets everything")


async def _files(settings: Settings, bot: Bot) -> Finding:
    """Fetch a small file that every bot may have, in the way that the bot fetches lists."""
    what, path = "files from Telegram", ""
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            icons = await bot.get_forum_topic_icon_stickers()
            path = (await bot.get_file(icons[0].file_id)).file_path or ""
            if Path(path).is_absolute() and not settings.telegram_local:
                return bad(what, "the server runs with --local; set TELEGRAM_LOCAL=true")
            if settings.telegram_local and not Path(path).is_absolute():
                return bad(what, "TELEGRAM_LOCAL is true, and the server doesn't run with --local")
            await bot.download_file(path)
    except (FileNotFoundError, PermissionError) as error:
        # Behind its folder the path goes on with the token.
        folder = path.partition(f"/{bot.id}")[0]
        says = "let this user read it" if isinstance(error, PermissionError) else "mount it there"
        return bad(what, f"the server puts them into {folder}, which isn't readable here; {says}")
    except (AiogramError, TimeoutError, OSError) as error:
        return bad(what, f"could not be fetched ({words_of(error)})")
    if settings.telegram_local:
        # Whether the bot left Telegram's own server can't be asked: it would log in there again.
        return ok(what, "can be read; if the bot was at Telegram's server before, logOut was due")
    return ok(what, "can be fetched")


async def _clock(settings: Settings, clock: Clock) -> Finding:
    """Compare with the Date header of the Bot API: certificates and pauses need a true clock."""
    server = TelegramAPIServer.from_base(settings.telegram_api_url)
    session = Session(clock, server, settings.proxy_url)
    began = clock.now()
    try:
        client = await session.create_session()
        timeout = aiohttp.ClientTimeout(total=WAIT_SECONDS)
        # The API's own answer, not that of the page it redirects to.
        async with client.get(
            settings.telegram_api_url, allow_redirects=False, timeout=timeout
        ) as response:
            theirs = parsedate_to_datetime(response.headers["Date"]).timestamp()
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return note("clock", "could not be compared")
    finally:
        await session.close()
    # The header was written at some moment of its second, between our request and now.
    off = max(began - (theirs + 1), theirs - clock.now(), 0.0)
    if off > NOTED_CLOCK_SECONDS:
        kind = note if off <= MOST_CLOCK_SECONDS else bad
        return kind("clock", f"{off:.0f} s off; switch on NTP")
    return ok("clock", "right")
