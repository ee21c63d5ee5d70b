"""`numberdesk doctor`: one line for each thing that can be wrong, and what to do about it."""

import asyncio
from collections.abc import AsyncIterator
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import aiohttp
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError

from bot.logs import configure
from bot.operations.doctor_local import Finding, premises
from bot.settings import Settings
from bot.telegram.pacer import build_bot
from bot.wiring import build_services
from checking.key_health import PROBE_ID
from checking.metrics import Metrics
from checking.services import catalogue, errors
from checking.services.bulk import Service, balance, spoken
from runtime.clock import Clock, SystemClock
from storage.engines.claims import Alone

NOTED_CLOCK_SECONDS = 5.0  # a Date header knows whole seconds
MOST_CLOCK_SECONDS = 30.0
WAIT_SECONDS = 10.0


async def examine(settings: Settings, clock: Clock | None = None) -> int:
    """Print the findings; 1 if something is broken, else 0."""
    clock = clock or SystemClock()
    configure("error", "text", settings.secrets)
    broken = False
    async for finding in _findings(settings, clock):
        print(finding, flush=True)  # noqa: T201 # this is the command's product
        broken = broken or finding.good is False
    return 1 if broken else 0


async def _findings(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    yield Finding(good=True, what="settings", says="complete")
    if settings.access == "open":
        yield Finding(good=None, what="ACCESS", says="open: everybody can spend your balance")
    yield await _token(settings, clock)
    yield await _clock(settings, clock)
    services = build_services(settings, clock)
    async for finding in _checks(settings, services):
        yield finding
    yield _lookups(settings)
    for service in services.values():
        yield await _service(service)
        await service.http.close()
    async for finding in premises(settings):
        yield finding


async def _token(settings: Settings, clock: Clock) -> Finding:
    bot, _ = build_bot(
        settings.bot_token.get_secret_value(),
        settings.telegram_api_url,
        is_local=settings.telegram_local,
        clock=clock,
        metrics=Metrics(),
        claims=Alone(),
    )
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            me = await bot.get_me()
            hook = await bot.get_webhook_info()
    except TelegramUnauthorizedError:
        return Finding(
            good=False, what="BOT_TOKEN", says="Telegram refuses it; ask BotFather for /token"
        )
    except (AiogramError, TimeoutError, OSError) as error:
        return Finding(
            good=False,
            what="TELEGRAM_API_URL",
            says=f"no answer ({type(error).__name__}); check the network and a firewall",
        )
    finally:
        await bot.session.close()
    if hook.url and hook.url != settings.webhook_url:
        return Finding(
            good=None,
            what="BOT_TOKEN",
            says=f"@{me.username} has a webhook at {urlsplit(hook.url).hostname}, which the next "
            "start changes; if another program uses it, stop that program first",
        )
    return Finding(good=True, what="BOT_TOKEN", says=f"@{me.username}")


async def _clock(settings: Settings, clock: Clock) -> Finding:
    """Compare with the Date header of the Bot API: certificates and pauses need a true clock."""
    timeout = aiohttp.ClientTimeout(total=WAIT_SECONDS)
    began = clock.now()
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            # Its own answer, not that of the page it leads to.
            session.get(settings.telegram_api_url, allow_redirects=False) as response,
        ):
            theirs = parsedate_to_datetime(response.headers["Date"]).timestamp()
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return Finding(good=None, what="clock", says="could not be compared")
    # It was written at some moment of this second, between our asking and now.
    off = max(began - (theirs + 1), theirs - clock.now(), 0.0)
    if off > NOTED_CLOCK_SECONDS:
        good = None if off <= MOST_CLOCK_SECONDS else False
        return Finding(good=good, what="clock", says=f"{off:.0f} s off; switch on NTP")
    return Finding(good=True, what="clock", says="right")


async def _checks(settings: Settings, services: dict[str, Service]) -> AsyncIterator[Finding]:
    try:
        checks = catalogue.load(spoken(services), settings.checkers_file)
    except catalogue.CatalogueError as error:
        yield Finding(good=False, what="CHECKERS_FILE", says=str(error))
        return
    offered = {check.key for check in checks.offered()}
    for check in checks.all():
        if check.key in offered:
            yield Finding(good=True, what=check.title, says="offered")
        else:
            service = check.service.upper()
            needs_id = check.service in services
            key = f"{service}_USER_ID" if needs_id else f"{service}_API_KEY"
            yield Finding(good=None, what=check.title, says=f"not offered: {key} is not set")


def _lookups(settings: Settings) -> Finding:
    """Instances aren't asked here: one that rests must get no request at all."""
    count = len(settings.instances)
    if not count:
        says = "not offered: GREEN_API_INSTANCES is not set"
        return Finding(good=None, what="single lookups", says=says)
    says = f"offered, instances set: {count}; /instances in the chat tells how they stand"
    return Finding(good=True, what="single lookups", says=says)


async def _service(service: Service) -> Finding:
    name = f"service {service.name}"
    try:
        amount = await balance(service.http)
        try:
            await service.flavours["tasks_v1"].status(PROBE_ID)
        except errors.KeyRefusedError:
            raise
        except errors.RefusedError:
            pass  # it knows the key, and not that task: as it should be
    except errors.KeyRefusedError:
        key = f"{service.name.upper()}_API_KEY"
        return Finding(good=False, what=name, says=f"refuses the key; check {key}")
    except errors.ServiceError as error:
        return Finding(good=False, what=name, says=f"no sound answer ({error or error.reason})")
    money = "balance unknown" if amount is None else f"balance {amount:,.2f}"
    if amount is not None and amount <= 0:
        return Finding(good=None, what=name, says=f"accepts the key, {money}: nothing can start")
    return Finding(good=True, what=name, says=f"accepts the key, {money}")
