"""Parts of the program that settings decide about: the key, the services, the lookup line."""

import random

import structlog

from bot.settings import Settings
from checking.context import TaskContext
from checking.key_health import KeyHealth
from checking.ledger import Ledger
from checking.lookups.line import LookupLine, LookupRules
from checking.metrics import Metrics
from checking.services import catalogue
from checking.services.bulk import Service, build_service, spoken
from checking.services.green_api import GreenApi
from checking.services.http import ServiceHttp
from runtime.clock import Clock
from runtime.wake_up import WakeUp
from storage.database import CannotOpenError, Database
from storage.engines.claims import Alone, Claims
from storage.sealing.vault import key_from_file, parse_key

log = structlog.get_logger("app")


def read_key(settings: Settings) -> bytes:
    """The data key: from the settings, or from a file that is made at the first start."""
    if settings.data_key is not None:
        return parse_key(settings.data_key.get_secret_value())
    path = settings.data_dir / "data.key"
    try:
        key, is_new = key_from_file(path)
    except ValueError as error:
        raise CannotOpenError(f"the key file {path.name} in DATA_DIR {error}") from None
    if is_new:
        log.warning("data key made; keep a copy apart from the database", file=path.name)
    return key


def known_key(settings: Settings) -> bytes | None:
    """The data key, without making one."""
    path = settings.data_dir / "data.key"
    if settings.data_key is None and not path.exists():
        return None
    return read_key(settings)


def build_services(
    settings: Settings, clock: Clock, claims: Claims | None = None
) -> dict[str, Service]:
    """The services whose key is set."""
    claims = claims or Alone()
    services = {}
    accounts = (
        ("ekyc", settings.ekyc_api_url, settings.ekyc_api_key, settings.ekyc_user_id),
        ("checknumber", settings.checknumber_api_url, settings.checknumber_api_key, ""),
    )
    for name, url, key, user_id in accounts:
        if key is not None:
            http = ServiceHttp(url, key.get_secret_value(), clock, lambda: claims.alive)
            services[name] = build_service(name, http, user_id)
    return services


def build_task_context(
    settings: Settings, database: Database, clock: Clock, rng: random.Random, metrics: Metrics
) -> TaskContext:
    """What those share who work on tasks."""
    services = build_services(settings, clock, database.claims)
    wake_up = WakeUp()
    return TaskContext(
        database=database,
        catalogue=catalogue.load(spoken(services), settings.checkers_file),
        services=services,
        ledger=Ledger(database, clock, wake_up, metrics),
        key_health=KeyHealth(
            database=database,
            services=services,
            clock=clock,
            wake_up=wake_up,
            owners=settings.owner_ids,
        ),
        clock=clock,
        rng=rng,
    )


def build_line(settings: Settings, task_ctx: TaskContext) -> LookupLine:
    """The line of single lookups."""
    http = ServiceHttp(settings.green_api_url, None, task_ctx.clock)
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
