"""Parts that depend on settings: data key, services, lookup line, source of updates."""

import random
from pathlib import Path

import structlog
from aiogram import Bot
from sqlalchemy import make_url

from bot.settings import Settings
from bot.telegram.polling import Intake
from bot.telegram.source import Source
from bot.telegram.webhook import Webhook
from checking.balances import Balances
from checking.context import TaskContext
from checking.key_health import KeyHealth
from checking.ledger import Ledger
from checking.limits.budgets import Budgets
from checking.lookups.line import LookupLine, LookupRules
from checking.metrics import Metrics
from checking.services import catalogue
from checking.services.bulk import Service, build_service, spoken
from checking.services.green_api import GreenApi
from checking.services.http import ServiceHttp
from runtime.clock import Clock
from runtime.confined.bounds import Bounds
from runtime.confined.pool import ConfinedPool
from runtime.errors import why
from runtime.traces import keep_from_others
from runtime.wake_up import WakeUp
from sheets.glass.glass import MODULES, Glass
from storage.database import CannotOpenError, Database
from storage.sealing.vault import key_from_file, parse_key

# In DATA_DIR, which may be a folder with other things in it.
_OURS = ("numberdesk.*", "data.key*", "results", "results/*", "backups", "backups/*")

log = structlog.get_logger("app")


def keep_data_private(settings: Settings) -> None:
    """Take from other users of the machine what earlier starts or versions let them read."""
    folder = settings.data_dir
    ours = [path for names in _OURS for path in folder.glob(names)]
    if not settings.is_shared:  # the database need not lie there; new logs get its modes
        file = make_url(settings.database_url).database or ""
        ours += [Path(file + ending) for ending in ("", "-wal", "-shm")]
    keep_from_others(folder, *ours)


def read_key(settings: Settings) -> bytes:
    """Return the data key: from the settings, or from a key file that the first start creates."""
    if settings.data_key is not None:
        return parse_key(settings.data_key.get_secret_value())
    path = settings.data_dir / "data.key"
    key, is_new = key_in(path)
    if is_new:
        log.warning("data key created", file=path.name, hint="keep a copy apart from the database")
    return key


def key_in(path: Path) -> tuple[bytes, bool]:
    """Return the key in this file, and whether it was made just now. Raises CannotOpenError."""
    try:
        return key_from_file(path)
    except ValueError as error:
        raise CannotOpenError(
            f"the key file {path.name} in DATA_DIR {error}; put the right one back"
        ) from None
    except OSError as error:
        raise CannotOpenError(
            f"the key file {path} can't be used ({why(error)}); "
            "give it to the bot's user, and chmod 600"
        ) from error


def known_key(settings: Settings) -> bytes | None:
    """Return the data key, or None if there is none yet."""
    path = settings.data_dir / "data.key"
    if settings.data_key is None and not path.exists():
        return None
    return read_key(settings)


def build_services(settings: Settings, clock: Clock) -> dict[str, Service]:
    """Build the services whose API key is set, by name."""
    services = {}
    accounts = (
        ("ekyc", settings.ekyc_api_url, settings.ekyc_api_key, settings.ekyc_user_id),
        ("checknumber", settings.checknumber_api_url, settings.checknumber_api_key, ""),
    )
    for name, url, key, user_id in accounts:
        if key is not None:
            http = ServiceHttp(url, key.get_secret_value(), clock, settings.services_proxy_url)
            services[name] = build_service(name, http, user_id)
    return services


def build_pool(settings: Settings) -> ConfinedPool:
    """Build the pool of processes that strangers' bytes are read in."""
    bounds = Bounds(
        memory=settings.reading_memory_mb << 20,
        cpu_seconds=settings.reading_seconds,
        wall_seconds=settings.reading_seconds * 1.5,  # two of them may share a core
    )
    return ConfinedPool(MODULES, slots=settings.reading_slots, bounds=bounds)


def build_task_context(
    settings: Settings,
    database: Database,
    *,
    clock: Clock,
    rng: random.Random,
    metrics: Metrics,
    glass: Glass,
) -> TaskContext:
    """Build what the parts that work on tasks share."""
    services = build_services(settings, clock)
    wake_up = WakeUp()
    key_health = KeyHealth(
        database=database,
        services=services,
        clock=clock,
        wake_up=wake_up,
        owners=settings.owner_ids,
    )
    checks = catalogue.load(spoken(services), settings.checkers_file)
    return TaskContext(
        database=database,
        catalogue=checks,
        services=services,
        ledger=Ledger(database, clock, wake_up, metrics),
        key_health=key_health,
        balances=Balances(
            database=database,
            services=services,
            key_health=key_health,
            clock=clock,
            wake_up=wake_up,
            catalogue=checks,
            alerts=settings.balance_alert or {},
        ),
        budgets=Budgets(
            database.vault,
            clock,
            settings.owner_ids,
            settings.daily_budget,
            settings.monthly_budget,
        ),
        glass=glass,
        clock=clock,
        rng=rng,
        expire_seconds=settings.expire_hours * 3600,
    )


def build_line(settings: Settings, task_ctx: TaskContext) -> LookupLine:
    """Build the line of single lookups."""
    http = ServiceHttp(settings.green_api_url, None, task_ctx.clock, settings.services_proxy_url)
    return LookupLine(
        database=task_ctx.database,
        api=GreenApi(http, settings.instances),
        key_health=task_ctx.key_health,
        wake_up=task_ctx.ledger.wake_up,
        clock=task_ctx.clock,
        rng=task_ctx.rng,
        metrics=task_ctx.ledger.metrics,
        rules=LookupRules(pause=settings.green_pause_seconds, budget=settings.green_budget),
    )


def build_source(settings: Settings, intake: Intake, bot: Bot, clock: Clock) -> Source:
    """Build the webhook if WEBHOOK_URL is set; otherwise the intake fetches by itself."""
    if settings.webhook_url is None or settings.webhook_secret is None:
        return intake
    return Webhook(
        intake=intake,
        bot=bot,
        clock=clock,
        url=settings.webhook_url,
        secret=settings.webhook_secret.get_secret_value(),
        host=settings.webhook_host,
        port=settings.webhook_port,
    )
