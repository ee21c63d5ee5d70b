"""What somebody who waits may expect: their place, what is in the way, and the next try."""

from dataclasses import dataclass

from checking.lookups import instances as rules
from checking.lookups.line import InstanceStates
from checking.services import http
from storage.lookups.instances import Instance
from storage.lookups.lookups import Lookup


@dataclass(frozen=True, slots=True)
class Outlook:
    """The prospects of a waiting inquiry.

    place: The place of its first number in the line, from 1.
    try_at: Unix time of the next attempt; None if unknown.
    why: What is in the way: an instance's trouble, or `slow`; None: others' turns.
    """

    place: int
    try_at: float | None
    why: str | None = None


def outlook_of(
    states: InstanceStates, first: Lookup, place: int, *, budget: int, now: float
) -> Outlook:
    """Return the prospects of an inquiry, whose first number in line stands at `place`."""
    for instance in states.instances:
        if _owes(instance, now) and states.asks(instance).get(str(first.key)) == instance.asked_at:
            if now < instance.asked_at + rules.SLOW_AFTER:
                return Outlook(place, now)
            return Outlook(place, _latest(instance), "slow")
    free: list[tuple[float, str | None]] = []
    for instance in states.instances:
        at = rules.free_at(instance, states.asks(instance), first.key, budget, now)
        if at is None:
            continue
        if _owes(instance, now) and now >= instance.asked_at + rules.SLOW_AFTER:
            free.append((max(at, _latest(instance)), "slow"))
        else:
            rests = rules.pause_end(instance, now) is not None
            free.append((at, instance.trouble if rests else None))
    if not free:
        return Outlook(place, None)
    at, why = min(free, key=lambda each: each[0])
    if first.next_at > max(at, now):
        why = "failing"  # this number alone: it was put off
    return Outlook(place, max(at, first.next_at, now), why)


def _owes(instance: Instance, now: float) -> bool:
    """Tell whether an instance has been asked and may still answer: all replicas see that."""
    return (instance.answered_at or 0.0) < instance.asked_at and now < _latest(instance)


def _latest(instance: Instance) -> float:
    return instance.asked_at + http.CONNECT_SECONDS + http.ASK_SECONDS
