"""When an instance of the lookup service may be asked, and what an answer changes.

Pure functions from one state of an instance to the next. Times are unix seconds.

The service documents its rate limit without a figure ("many different numbers within minutes").
So we keep a budget of our own for every ten minutes, and slow down as it runs out.
"""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from checking.services import errors
from runtime.backoff import Backoff
from storage.lookups.instances import Instance

WINDOW = 600.0
"""Seconds for which a number counts against the budget."""
EVERY = 1.0  # seconds between two requests to an instance, at least
UNHURRIED = 0.75  # of the budget is spent freely; the rest is spread over the window
DRAIN_EVERY, DRAIN_SECONDS = 5.0, 600.0  # the interval after a pause, and for how long
LONGEST_PAUSE = 24 * 3600.0
UNREADY_SECONDS = 60.0
REFUSED_SECONDS = 3600.0  # what an owner has to mend is tried once an hour, and at each start
BUSY_SECONDS = 10.0  # after a 429 that doesn't say how long
FAILURES_TOLD = 5  # in a row, before the owners are told
LONGEST_WANTED = 3600.0  # of what a failing service asks for
BACKOFF = Backoff(first=4.0, longest=300.0)  # after a failed request

SHOWN_AFTER = 1.5  # seconds; most answers come sooner, and need no "Looking it up…"
SLOW_AFTER = 2.5  # seconds after which whoever waits hears that the service is slow

LASTING = ("limit", "quota")
"""Troubles that outlast a restart."""

_PAUSES: dict[type[errors.ServiceError], tuple[str, float]] = {
    errors.NotReadyError: ("unready", UNREADY_SECONDS),
    errors.KeyRefusedError: ("refused", REFUSED_SECONDS),
    errors.ExpiredError: ("expired", REFUSED_SECONDS),
    errors.SuspendedError: ("suspended", REFUSED_SECONDS),
}


def free_at(
    instance: Instance, asks: Mapping[str, float], key: str | None, budget: int, now: float
) -> float | None:
    """Return when it may be asked about the number with digest `key`; None: an owner has to act.

    `asks` maps the numbers of the last ten minutes to their times, oldest first.
    """
    if instance.held:
        return None
    at = instance.asked_at + EVERY
    if instance.trouble:
        at = max(at, instance.since + instance.seconds)
    if now < instance.eased_at + DRAIN_SECONDS:
        at = max(at, instance.asked_at + DRAIN_EVERY)
    if key is None or key not in asks:
        at = max(at, _affordable_at(instance, asks, budget))
    return at


def _affordable_at(instance: Instance, asks: Mapping[str, float], budget: int) -> float:
    """Return when the budget has room for another number."""
    if len(asks) < budget * UNHURRIED:
        return 0.0
    times = list(asks.values())
    left = budget - len(asks)
    if left <= 0:
        return times[len(asks) - budget] + WINDOW
    return instance.asked_at + (times[0] + WINDOW - instance.asked_at) / (left + 1)


def anchored(instance: Instance, now: float) -> Instance:
    """Move times from the future to now, so that a clock set back prolongs no pause."""
    return replace(
        instance,
        since=min(instance.since, now),
        asked_at=min(instance.asked_at, now),
        eased_at=min(instance.eased_at, now),
    )


def answered(instance: Instance, now: float, answer: str) -> Instance:
    """Record an answer that shows that the instance works."""
    return replace(
        instance,
        trouble=None,
        since=0.0,
        seconds=0.0,
        limits=0,
        failures=0,
        eased_at=now if instance.limits else instance.eased_at,
        answered_at=now,
        answer=answer,
    )


def failed(
    instance: Instance, now: float, error: errors.ServiceError, pause: float, rng: random.Random
) -> Instance:
    """Record an error; `pause`: seconds of the first rest at the service's limit."""
    if isinstance(error, errors.LimitReachedError):
        return limited(instance, now, pause)
    if isinstance(error, errors.QuotaUsedUpError):
        return troubled(instance, now, "quota", quota_seconds(now))
    if type(error) in _PAUSES:
        return troubled(instance, now, *_PAUSES[type(error)])
    if isinstance(error, errors.BusyError):
        seconds = BUSY_SECONDS if error.seconds is None else error.seconds
        return troubled(instance, now, "busy", seconds)
    wait = BACKOFF.jittered(instance.failures, rng)
    wanted = min(error.seconds or 0.0, LONGEST_WANTED)  # 503 with Retry-After
    return troubled(instance, now, "failing", max(wait, wanted))


def counted(instance: Instance, now: float) -> Instance:
    """Count a lookup that costs one of the month's."""
    return replace(instance, month=_month(now), lookups=month_lookups(instance, now) + 1)


def month_lookups(instance: Instance, now: float) -> int:
    """Return how many it has answered this month (UTC)."""
    return instance.lookups if instance.month == _month(now) else 0


def _month(now: float) -> str:
    return f"{datetime.fromtimestamp(now, UTC):%Y-%m}"


def limited(instance: Instance, now: float, pause: float) -> Instance:
    """Pause after a rate limit, twice as long for each limit right after a pause."""
    seconds = Backoff(pause, max(LONGEST_PAUSE, pause)).seconds(instance.limits)
    return replace(troubled(instance, now, "limit", seconds), limits=instance.limits + 1)


def troubled(instance: Instance, now: float, trouble: str, seconds: float) -> Instance:
    """Record a trouble that makes it unusable for `seconds`."""
    return replace(
        instance,
        trouble=trouble,
        since=now,
        seconds=seconds,
        failures=instance.failures + 1 if trouble == "failing" else 0,
        answered_at=now,
        answer=trouble,
    )


def held(instance: Instance) -> Instance:
    """Pause it on an owner's behalf."""
    return replace(instance, held=True)


def resumed(instance: Instance, now: float) -> Instance:
    """Resume it on an owner's behalf, carefully: another limit still doubles the pause."""
    return replace(instance, held=False, trouble=None, since=0.0, seconds=0.0, eased_at=now)


def restarted(instance: Instance) -> Instance:
    """Clear the troubles that may have been fixed before this start of the bot."""
    if instance.trouble in LASTING:
        return instance
    return replace(instance, trouble=None, since=0.0, seconds=0.0)


def pause_end(instance: Instance, now: float) -> float | None:
    """Return when its trouble is expected to end; None if it has none."""
    end = instance.since + instance.seconds
    return end if instance.trouble and end > now else None


def worth_telling(instance: Instance) -> bool:
    """Tell whether the owners have yet to be told of its trouble."""
    if instance.trouble in {None, "busy", instance.told}:
        return False
    return instance.trouble != "failing" or instance.failures >= FAILURES_TOLD


def quota_seconds(now: float) -> float:
    """Return for how long a used up plan is left alone: until the next month begins (UTC).

    The service's clock may be a little behind ours, so on the first day it is tried once an hour.
    """
    if datetime.fromtimestamp(now, UTC).day == 1:
        return REFUSED_SECONDS
    return month_end(now) - now


def month_end(now: float) -> float:
    """Return when the next month begins (UTC)."""
    today = datetime.fromtimestamp(now, UTC)
    year, month = today.year + today.month // 12, today.month % 12 + 1
    return datetime(year, month, 1, tzinfo=UTC).timestamp()
