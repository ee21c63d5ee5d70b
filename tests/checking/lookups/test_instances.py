"""How often an instance of the lookup service is asked, and how long a pause lasts."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checking.lookups import instances as rules
from storage.lookups import instances as stored
from storage.lookups.instances import Instance
from tests.support.databases.temporary import opened

NOW = 1_795_348_800.0
HOUR, DAY = 3600.0, 86_400.0
MINUTES = st.floats(0, 600)
AWHILE = st.floats(0, 40 * DAY)
TROUBLES = st.sampled_from(
    [None, "limit", "unready", "quota", "refused", "expired", "suspended", "busy", "failing"]
)
INSTANCES = st.builds(
    Instance,
    id=st.just("7103000001"),
    held=st.booleans(),
    trouble=TROUBLES,
    since=st.floats(NOW - DAY, NOW + DAY),
    seconds=AWHILE,
    limits=st.integers(0, 20),
    failures=st.integers(0, 20),
    told=TROUBLES,
    asked_at=st.floats(NOW - DAY, NOW + DAY),
    eased_at=st.floats(NOW - DAY, NOW + DAY),
)


def asked(budget: int, idle: list[float]) -> list[float]:
    """Return when an instance is asked about different numbers, with `idle` seconds after each."""
    instance, times, now = Instance("7103000001"), list[float](), NOW
    for number, seconds in enumerate(idle):
        while True:
            asks = {str(place): at for place, at in enumerate(times) if at > now - rules.WINDOW}
            at = rules.free_at(instance, asks, str(number), budget, now)
            assert at is not None
            if at <= now:
                break
            now = at
        times.append(now)
        instance = replace(instance, asked_at=now)
        now += seconds
    return times


@settings(deadline=None)
@given(budget=st.integers(1, 40), idle=st.lists(MINUTES, min_size=1, max_size=60))
def test_no_ten_minutes_hold_more_than_the_budget(budget: int, idle: list[float]) -> None:
    """Protects the customer's account from the service's rate limit, under any load."""
    times = asked(budget, idle)
    for first, past in zip(times, times[budget:], strict=False):
        assert past - first >= rules.WINDOW
    assert all(later - earlier >= rules.EVERY for earlier, later in pairwise(times))


@pytest.mark.parametrize("budget", [1, 4, 40])
def test_a_full_budget_is_used_and_stretched(budget: int) -> None:
    """Protects people from silence: most of the budget is spent at once, the rest ever slower."""
    times = asked(budget, [0.0] * (budget + 1))
    gaps = [later - earlier for earlier, later in pairwise(times)]
    quick = -(-budget * 3 // 4)
    assert gaps[: quick - 1] == [rules.EVERY] * (quick - 1)
    spread = gaps[quick - 1 : budget]
    left = rules.WINDOW - (quick - 1) * rules.EVERY
    assert sum(spread) == pytest.approx(left)
    assert max(spread) == pytest.approx(left / len(spread), rel=0.1)
    assert times[budget] - times[0] == pytest.approx(rules.WINDOW)


def test_the_pace_of_a_budget_of_four() -> None:
    """Protects the pace by figures that can be checked by hand."""
    assert [round(at - NOW) for at in asked(4, [0.0] * 6)] == [0, 1, 2, 301, 600, 601]


@given(budget=st.integers(1, 20), spent=st.integers(0, 30))
def test_a_number_that_was_asked_costs_nothing_more(budget: int, spent: int) -> None:
    """Protects retries: the service counts different numbers, and this one is counted already."""
    asks = {str(number): NOW - 599 + number for number in range(spent)}
    instance = replace(Instance("7103000001"), asked_at=max(asks.values(), default=0.0))
    for key in asks:
        assert rules.free_at(instance, asks, key, budget, NOW) == instance.asked_at + rules.EVERY
    at = rules.free_at(instance, asks, "another", budget, NOW)
    assert at == rules.free_at(instance, asks, None, budget, NOW)
    assert at is not None
    if spent < budget * 0.75:
        assert at == instance.asked_at + rules.EVERY
    elif spent >= budget:
        assert at == NOW + 1 + spent - budget  # when enough of them are ten minutes old


@given(instance=INSTANCES, asks=st.lists(MINUTES, max_size=6))
def test_nobody_is_asked_in_a_pause(instance: Instance, asks: list[float]) -> None:
    """Protects the account: a pause and an owner's decision outrank a free budget."""
    known = {str(number): NOW - ago for number, ago in enumerate(sorted(asks, reverse=True))}
    at = rules.free_at(instance, known, None, 5, NOW)
    if instance.held:
        assert at is None
        return
    assert at is not None
    assert at >= instance.asked_at + rules.EVERY
    if instance.trouble:
        assert at >= instance.since + instance.seconds
    if instance.eased_at + 600 > NOW:
        assert at >= instance.asked_at + 5


def test_the_pace_after_a_pause_is_slow_for_ten_minutes() -> None:
    """Protects a service whose pause has just ended from the whole queue at once."""
    instance = replace(Instance("7103000001"), asked_at=NOW, eased_at=NOW)
    assert rules.free_at(instance, {}, None, 40, NOW) == NOW + 5
    assert rules.free_at(instance, {}, None, 40, NOW + 599.9) == NOW + 5
    assert rules.free_at(instance, {}, None, 40, NOW + 600) == NOW + 1


@given(pause=st.floats(100, DAY), times=st.integers(1, 30), now=st.floats(NOW, NOW + DAY))
def test_each_limit_doubles_the_pause_up_to_a_day(pause: float, times: int, now: float) -> None:
    """Protects the account: each further limit doubles the pause, up to a day."""
    instance = Instance("7103000001")
    for number in range(times):
        instance = rules.limited(instance, now, pause)
        assert instance.seconds == min(pause * 2**number, DAY)
        assert (instance.trouble, instance.since) == ("limit", now)
        assert rules.pause_end(instance, now) == now + instance.seconds
        assert rules.pause_end(instance, now + instance.seconds) is None
    rested = rules.answered(instance, now, "yes")
    assert (rested.trouble, rested.eased_at) == (None, now)
    assert rules.limited(rested, now, pause).seconds == pause


def test_a_long_pause_of_the_operator_is_kept() -> None:
    """Protects a setting: a configured pause of two days lasts two days, each time."""
    once = rules.limited(Instance("7103000001"), NOW, 2 * DAY)
    assert once.seconds == rules.limited(once, NOW, 2 * DAY).seconds == 2 * DAY


@given(instance=INSTANCES, word=st.sampled_from(["yes", "no", "not_a_number"]))
def test_an_answer_ends_every_trouble(instance: Instance, word: str) -> None:
    """Protects working instances: an answer clears every trouble, but not an owner's pause."""
    after = rules.answered(instance, NOW, word)
    assert (after.trouble, after.limits, after.failures) == (None, 0, 0)
    assert (after.answer, after.answered_at) == (word, NOW)
    assert after.eased_at == (NOW if instance.limits else instance.eased_at)
    assert (after.held, after.told, after.asked_at) == (
        instance.held,
        instance.told,
        instance.asked_at,
    )
    assert rules.pause_end(after, NOW) is None


@given(instance=INSTANCES)
def test_troubles_and_owners_leave_the_rest_alone(instance: Instance) -> None:
    """Protects the doubling: only an answer of the service resets it."""
    failing = rules.troubled(instance, NOW, "failing", 8.0)
    assert failing.failures == instance.failures + 1
    unready = rules.troubled(instance, NOW, "unready", 60.0)
    trouble = {"trouble": "unready", "since": NOW, "seconds": 60.0, "failures": 0}
    assert unready == replace(instance, **trouble, answered_at=NOW, answer="unready")
    assert rules.held(instance) == replace(instance, held=True)
    resumed = rules.resumed(instance, NOW)
    assert (resumed.held, resumed.trouble, resumed.eased_at) == (False, None, NOW)
    assert rules.limited(resumed, NOW, 1.0).seconds == rules.limited(instance, NOW, 1.0).seconds
    at = rules.free_at(resumed, {}, None, 5, NOW)
    assert at == instance.asked_at + rules.DRAIN_EVERY


@given(instance=INSTANCES, now=st.floats(NOW - 2 * DAY, NOW + 2 * DAY))
def test_a_clock_set_back_prolongs_no_pause(instance: Instance, now: float) -> None:
    """Protects from a pause of a month after the clock was a month ahead."""
    after = rules.anchored(instance, now)
    assert max(after.since, after.asked_at, after.eased_at) <= now
    assert rules.anchored(after, now) == after
    assert (after.seconds, after.trouble, after.held, after.limits) == (
        instance.seconds,
        instance.trouble,
        instance.held,
        instance.limits,
    )
    if max(instance.since, instance.asked_at, instance.eased_at) <= now:
        assert after == instance
    if (end := rules.pause_end(after, now)) is not None:
        assert end - now <= instance.seconds + 1e-3
    at = rules.free_at(after, {}, None, 5, now)
    waits = max(rules.DRAIN_EVERY, instance.seconds if instance.trouble else 0.0)
    assert at is None or at - now <= waits + 1e-3


@given(instance=INSTANCES)
def test_a_restart_tries_what_may_have_been_mended(instance: Instance) -> None:
    """Protects an operator who set a new token; a limit belongs to the service, and lasts."""
    after = rules.restarted(instance)
    if instance.trouble in {"limit", "quota"}:
        assert after == instance
    else:
        assert after == replace(instance, trouble=None, since=0.0, seconds=0.0)
        assert rules.pause_end(after, NOW) is None


@pytest.mark.parametrize(
    ("trouble", "failures", "told", "worth"),
    [
        (None, 0, None, False),
        (None, 0, "limit", False),
        ("busy", 0, None, False),
        ("busy", 9, "limit", False),
        ("limit", 0, None, True),
        ("limit", 0, "limit", False),
        ("limit", 0, "unready", True),
        ("unready", 0, None, True),
        ("quota", 0, None, True),
        ("refused", 0, "failing", True),
        ("failing", 4, None, False),
        ("failing", 5, None, True),
        ("failing", 5, "failing", False),
    ],
)
def test_owners_hear_of_each_trouble_once(
    trouble: str | None, failures: int, told: str | None, *, worth: bool
) -> None:
    """Protects owners from repeated notes, and from trouble that is never reported."""
    instance = replace(Instance("7103000001"), trouble=trouble, failures=failures, told=told)
    assert rules.worth_telling(instance) is worth


@given(now=st.datetimes(datetime(1990, 1, 1), datetime(2150, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_month_ends_where_the_next_begins(now: datetime) -> None:
    """Protects the quota: the wait is not a day too long, and no request is made too early."""
    end = datetime.fromtimestamp(rules.month_end(now.timestamp()), UTC)
    assert (end.day, end.hour, end.minute, end.second, end.microsecond) == (1, 0, 0, 0, 0)
    assert now < end
    months = (end.year - now.year) * 12 + end.month - now.month
    assert months == 1


def test_december_ends_in_the_next_year() -> None:
    """Protects December, which has no following month number."""
    last = datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp()
    assert rules.month_end(last) == last + 1
    assert rules.month_end(last + 1) == last + 1 + 31 * DAY


async def test_what_was_asked_is_known_after_a_crash(tmp_path: Path) -> None:
    """Protects the budget: each number counts once, with its last time, for its instance."""
    one, two = Instance("7103000001"), Instance("7103000002", held=True)
    async with opened(tmp_path) as database, database.write() as connection:
        for instance, key, at in ((one, "a", 0), (one, "b", 1), (two, "a", 2), (one, "a", 3)):
            await stored.note_ask(connection, replace(instance, asked_at=NOW + at), key)
        spent = await stored.spent(connection, NOW)
        assert [*spent[one.id].asks.items()] == [("b", NOW + 1), ("a", NOW + 3)]
        assert [*spent[two.id].asks.items()] == [("a", NOW + 2)]
        assert await stored.spent(connection, NOW + 3) == {}
        ids = [two.id, "new", one.id]
        expected = [replace(two, asked_at=NOW + 2), Instance("new"), replace(one, asked_at=NOW + 3)]
        assert await stored.all_of(connection, ids) == expected


async def test_a_clock_set_back_frees_the_budget_after_ten_minutes(tmp_path: Path) -> None:
    """Protects against a budget that stays spent for as long as the clock was ahead."""
    one = Instance("7103000001")
    async with opened(tmp_path) as database, database.write() as connection:
        for key, at in (("old", -DAY), ("new", -1.0), ("ahead", DAY)):
            await stored.note_ask(connection, replace(one, asked_at=NOW + at), key)
        await stored.forget_asks(connection, NOW - 600, NOW)
        known = {"new": NOW - 1, "ahead": NOW}
        assert (await stored.spent(connection, NOW - 600))[one.id].asks == known
        await stored.forget_asks(connection, NOW - 1, NOW)
        assert (await stored.spent(connection, 0.0))[one.id].asks == {"ahead": NOW}
