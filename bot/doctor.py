"""`numberdesk doctor`: one line for each thing that can be wrong, and what to do about it."""

import asyncio
import shutil
import sqlite3
import stat
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError
from sqlalchemy import make_url

from bot.logs import configure
from bot.parts import build_services, known_key
from bot.settings import Settings
from bot.telegram import build_bot
from checking import catalogue
from checking.clock import Clock, SystemClock
from checking.metrics import Metrics
from checking.services import errors
from checking.services.bulk import Service, balance, spoken
from checking.standing import PROBE_ID
from storage.crypto import Vault
from storage.database import CannotOpenError, Database, lock_folder

LEAST_DISK = 1_000_000_000  # bytes
MOST_CLOCK_SECONDS = 30.0
OLDEST_SQLITE = (3, 35, 0)  # the first that knows RETURNING
WAIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. `good` is None where nothing is broken and something may be meant otherwise."""

    good: bool | None
    what: str
    says: str

    def __str__(self) -> str:
        """As it is printed."""
        mark = {True: "ok  ", None: "note", False: "BAD "}[self.good]
        return f"{mark}  {self.what}: {self.says}"


async def examine(settings: Settings) -> int:
    """Print the findings; 1 if something is broken, else 0."""
    clock = SystemClock()
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
    yield _disk(settings.data_dir)
    yield _sqlite()
    async for finding in _database(settings):
        yield finding


async def _token(settings: Settings, clock: Clock) -> Finding:
    bot, _ = build_bot(
        settings.bot_token.get_secret_value(),
        settings.telegram_api_url,
        is_local=settings.telegram_local,
        clock=clock,
        metrics=Metrics(),
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
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(settings.telegram_api_url) as response,
        ):
            theirs = parsedate_to_datetime(response.headers["Date"]).timestamp()
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return Finding(good=None, what="clock", says="could not be compared")
    off = abs(clock.now() - theirs)
    if off > MOST_CLOCK_SECONDS:
        return Finding(good=False, what="clock", says=f"{off:.0f} s off; switch on NTP")
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
    return Finding(good=True, what=name, says=f"accepts the key, {money}")


def _disk(folder: Path) -> Finding:
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    says = f"{free / 1e9:,.1f} GB free for DATA_DIR"
    if free < LEAST_DISK:
        return Finding(good=False, what="disk", says=f"{says}; make room")
    return Finding(good=True, what="disk", says=says)


def _sqlite() -> Finding:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        return Finding(good=False, what="SQLite", says=f"{version}; 3.35 or newer is needed")
    return Finding(good=True, what="SQLite", says=version)


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    yield _key_file(settings)
    path = Path(make_url(settings.database_url).database or "")
    if not path.exists():  # noqa: ASYNC240 # one look, and nothing else runs
        yield Finding(good=None, what="database", says="none yet; it is made at the first start")
        return
    try:
        key = known_key(settings)
    except CannotOpenError as error:
        yield Finding(good=False, what="database", says=str(error))
        return
    if key is None:
        says = "its key is missing: put DATA_KEY, or data.key in DATA_DIR, back"
        yield Finding(good=False, what="database", says=says)
        return
    database = Database(settings.database_url, Vault(key))
    try:
        with lock_folder(settings.data_dir):
            await database.examine()
    except CannotOpenError as error:
        busy = "already works" in str(error)
        yield Finding(good=None if busy else False, what="database", says=str(error))
    else:
        yield Finding(good=True, what="database", says="sound, and opens with this key")
    finally:
        await database.close()


def _key_file(settings: Settings) -> Finding:
    path = settings.data_dir / "data.key"
    if settings.data_key is not None:
        return Finding(good=True, what="DATA_KEY", says="set")
    if not path.exists():
        return Finding(good=None, what="DATA_KEY", says="not set; a key file is made at the start")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Finding(good=False, what="key file", says=f"others may read it; chmod 600 {path}")
    says = f"{path}; keep a copy of it apart from the database"
    return Finding(good=None, what="key file", says=says)
