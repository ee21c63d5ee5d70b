"""The doctor's question to each instance of the lookup service: its state, and what that means."""

import asyncio
from collections.abc import AsyncIterator

from bot.operations.doctor_local import Finding, bad, note, ok
from bot.settings import Settings
from checking.lookups.line import short
from checking.services import errors
from checking.services.green_api import GreenApi
from checking.services.http import ServiceHttp
from runtime.clock import Clock

CONSOLE = "the service's console"
STATES = {
    "authorized": (ok, "authorized: looks numbers up"),
    "yellowCard": (
        note,
        "yellowCard: Telegram has restricted its account, lookups may still work; let it rest",
    ),
    "starting": (note, "starting: wait a few minutes, then ask again"),
    "notAuthorized": (bad, f"notAuthorized: nobody is logged in there; log in, in {CONSOLE}"),
    "pendingPassword": (
        bad,
        f"pendingPassword: enter the account's password of two-step verification in {CONSOLE}",
    ),
    "suspended": (
        bad,
        f"suspended: Telegram has restricted its account; {CONSOLE} says for how long",
    ),
    "blocked": (bad, "blocked: Telegram has banned its account; log in with another one"),
}
REFUSALS: dict[type[errors.ServiceError], str] = {
    errors.KeyRefusedError: "is refused; check its id and token in GREEN_API_INSTANCES, "
    "and GREEN_API_URL",
    errors.ExpiredError: f"has expired, or was deleted; pay for it in {CONSOLE}, "
    "or take it out of GREEN_API_INSTANCES",
    errors.SuspendedError: STATES["suspended"][1],
    errors.NotReadyError: f"is starting, or nobody is logged in there; see {CONSOLE}",
}


async def instances(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    """Ask each instance for its state. No number is looked up: one that rests may be asked, too."""
    http = ServiceHttp(settings.green_api_url, None, clock, settings.services_proxy_url)
    api = GreenApi(http, settings.instances)
    try:
        for finding in await asyncio.gather(*(_instance(api, each) for each in api.instances)):
            yield finding
    finally:
        await http.close()


async def _instance(api: GreenApi, instance: str) -> Finding:
    name = f"instance {short(instance)}"
    try:
        state = await api.state(instance)
    except errors.ServiceError as error:
        says = REFUSALS.get(type(error))
        if says is not None:
            return bad(name, says)
        return bad(name, f"gives no sound answer ({error.text or error.reason})")
    if state not in STATES:
        return note(name, f"{state!r}, a state that this version doesn't know; see {CONSOLE}")
    kind, says = STATES[state]
    return kind(name, says)
