"""`numberdesk doctor`: one line for each possible problem, and what to do about it."""

from collections.abc import AsyncIterator, Iterator

from bot.logs import configure
from bot.operations.doctor_instances import instances
from bot.operations.doctor_local import Finding, bad, note, ok, premises
from bot.operations.doctor_telegram import telegram
from bot.settings import Settings, misspelt
from bot.wiring import build_services
from checking.key_health import PROBE_ID
from checking.services import catalogue, errors
from checking.services.bulk import Service, balance, spoken
from runtime.clock import Clock, SystemClock


async def examine(settings: Settings, clock: Clock | None = None) -> int:
    """Print all findings; return 1 if something is broken, else 0."""
    configure("error", "text", settings.secrets)
    is_broken = False
    async for finding in _findings(settings, clock or SystemClock()):
        print(finding, flush=True)  # noqa: T201 # this is the command's product
        is_broken = is_broken or finding.good is False
    return int(is_broken)


async def _findings(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    yield ok("settings", "complete")
    for miss in misspelt():
        yield note(miss.name, f"in {miss.where} is no setting; do you mean {miss.meant}?")
    if settings.access == "open":
        yield note("ACCESS", "open: everybody can spend your balance")
    async for finding in telegram(settings, clock):
        yield finding
    services = build_services(settings, clock)
    for finding in _checks(settings, services):
        yield finding
    if settings.instances:
        count = f"offered, instances set: {len(settings.instances)}"
        yield ok("single lookups", f"{count}; /instances in the chat tells which of them rest")
        async for finding in instances(settings, clock):
            yield finding
    else:
        yield note("single lookups", "not offered: GREEN_API_INSTANCES is not set")
    for service in services.values():
        yield await _service(service)
        await service.http.close()
    async for finding in premises(settings):
        yield finding


def _checks(settings: Settings, services: dict[str, Service]) -> Iterator[Finding]:
    try:
        checks = catalogue.load(spoken(services), settings.checkers_file)
    except catalogue.CatalogueError as error:
        yield bad("CHECKERS_FILE", str(error))
        return
    available = {check.key for check in checks.available()}
    budget = settings.daily_budget or settings.monthly_budget
    for check in checks.all():
        if check.off:
            continue
        is_offered = check.key in available
        if is_offered and budget and budget.currency not in check.priced_in:
            says = f"offered, but nobody with a budget can start it: no price in {budget.currency}"
            yield note(check.title, says)
        elif is_offered:
            yield ok(check.title, "offered")
        else:
            missing = "USER_ID" if check.service in services else "API_KEY"
            setting = f"{check.service.upper()}_{missing}"
            yield note(check.title, f"not offered: {setting} is not set")
    more = sum(check.off for check in checks.available())
    yield ok("more checks", f"{more}; /checks in the chat turns them on and off")


async def _service(service: Service) -> Finding:
    name = f"service {service.name}"
    try:
        amount = await balance(service.http)
        try:
            await service.flavours["tasks_v1"].status(PROBE_ID)
        except errors.KeyRefusedError:
            raise
        except errors.RefusedError:
            pass  # as expected: the key is valid, the task unknown
    except errors.KeyRefusedError:
        return bad(name, f"refuses the key; check {service.name.upper()}_API_KEY")
    except errors.ServiceError as error:
        return bad(name, f"no sound answer ({error or error.reason})")
    money = "balance unknown" if amount is None else f"balance {amount:,.2f}"
    if amount is not None and amount <= 0:
        return note(name, f"accepts the key, {money}: nothing can start")
    return ok(name, f"accepts the key, {money}")
