import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.rate_limits import RateLimiter, SlidingWindow, TokenBucket
from tests.support.clocks import NOON, StoryClock

DAY = 24 * 3600.0
WAITS = st.lists(st.floats(0, 10), max_size=60)


def taken(pace: TokenBucket | SlidingWindow, clock: StoryClock, idle: list[float]) -> list[float]:
    """Return when a greedy caller got each turn, being idle for `idle` seconds after each."""
    times = []
    for seconds in idle:
        while (wait := pace.wait()) > 0:
            clock.jump(wait)
        pace.take()
        times.append(clock.now())
        clock.jump(seconds)
    return times


@given(idle=WAITS, every=st.floats(0.01, 5), burst=st.integers(1, 5))
def test_a_bucket_never_gives_more_than_burst_and_rate(
    idle: list[float], every: float, burst: int
) -> None:
    """Protects against flood limits: any stretch holds at most the burst, and one each `every`."""
    clock = StoryClock()
    times = taken(TokenBucket(clock, every, burst), clock, idle)
    for first, begin in enumerate(times):
        for last in range(first, len(times)):
            most = burst + (times[last] - begin + 1e-5) / every
            assert last - first + 1 <= most


@given(idle=WAITS, most=st.integers(1, 5), seconds=st.integers(1, 60).map(float))
def test_a_window_never_gives_more_than_its_most(
    idle: list[float], most: int, seconds: float
) -> None:
    """Protects a group: any minute holds at most that many messages, whatever came before."""
    clock = StoryClock()
    times = taken(SlidingWindow(clock, most, seconds), clock, idle)
    for earlier, later in zip(times, times[most:], strict=False):
        assert later - earlier >= seconds - 1e-5


@given(before=st.integers(0, 12), back=st.floats(0, 400 * DAY), burst=st.integers(1, 4))
def test_a_clock_set_back_does_not_freeze_a_bucket(before: int, back: float, burst: int) -> None:
    """Protects against an hour of silence after the clock was set back by an hour."""
    clock = StoryClock()
    bucket = TokenBucket(clock, 1.0, burst)
    for _ in range(before):
        bucket.take()
    waited = bucket.wait()
    clock.jump(-back)
    assert bucket.wait() <= max(waited, 2.0)
    begin = clock.now()
    taken(bucket, clock, [0.0] * 5)
    assert clock.now() - begin <= max(waited, 2.0) + 5


def test_a_clock_set_forward_gives_one_burst() -> None:
    """Protects against a flood after the clock was set forward: only one burst is granted."""
    clock = StoryClock()
    bucket = TokenBucket(clock, 1.0, 3)
    taken(bucket, clock, [0.0] * 3)
    clock.jump(400 * DAY)
    times = taken(bucket, clock, [0.0] * 6)
    assert [time - times[0] for time in times] == [0, 0, 0, 1, 2, 3]


@pytest.mark.parametrize("back", [61.0, DAY])
def test_a_clock_set_back_does_not_freeze_a_window(back: float) -> None:
    """Protects a group from a day of silence after the clock was set back by a day."""
    clock = StoryClock()
    window = SlidingWindow(clock, 3, 60.0)
    taken(window, clock, [0.0] * 3)
    clock.jump(-back)
    begin = clock.now()
    for _ in range(3):
        clock.jump(window.wait())
    assert window.wait() == 0
    assert clock.now() - begin <= 60


def test_a_pace_at_rest_is_known() -> None:
    """Protects memory: a chat is evicted only when its past no longer counts."""
    clock = StoryClock()
    bucket, window = TokenBucket(clock, 1.0, 3), SlidingWindow(clock, 3, 60.0)
    for pace, seconds in ((bucket, 1.0), (window, 60.0)):
        assert pace.idle
        pace.take()
        clock.jump(seconds - 0.5)
        assert not pace.idle
        clock.jump(0.5)
        assert pace.idle


async def test_many_waiters_are_served_in_order() -> None:
    """Protects fairness: waiters are served in order, at the bucket's rate."""
    clock = StoryClock()
    turns = RateLimiter(clock, TokenBucket(clock, 1.0, 2))
    served: list[tuple[int, float]] = []
    begin = clock.now()

    async def waits(number: int) -> None:
        await turns.turn()
        served.append((number, clock.now() - begin))

    async with asyncio.TaskGroup() as group:
        for number in range(5):
            group.create_task(waits(number))
        while len(served) < 5:
            for _ in range(5):
                await asyncio.sleep(0)
            clock.to_next_sleeper()
    assert served == [(0, 0), (1, 0), (2, 1), (3, 2), (4, 3)]


async def test_a_newcomer_does_not_overtake() -> None:
    """Protects earlier waiters: a turn that becomes free goes to the one who came first."""
    clock = StoryClock()
    turns = RateLimiter(clock, TokenBucket(clock, 1.0))
    served: list[str] = []

    async def waits(name: str) -> None:
        await turns.turn()
        served.append(name)

    async def comes_in_that_moment() -> None:
        clock.jump(1.0)
        await waits("late")

    await waits("first")
    async with asyncio.TaskGroup() as group:
        group.create_task(waits("early"))
        group.create_task(comes_in_that_moment())
        while len(served) < 3:
            for _ in range(5):
                await asyncio.sleep(0)
            clock.to_next_sleeper()
    assert served == ["first", "early", "late"]


async def test_a_long_line_wakes_nobody_in_vain() -> None:
    """Protects a busy bot: a turn costs the same, however many wait behind it."""
    clock, waiting = StoryClock(), 200
    turns = RateLimiter(clock, TokenBucket(clock, 1.0))
    async with asyncio.TaskGroup() as group:
        served = [group.create_task(turns.turn()) for _ in range(waiting)]
        while not all(turn.done() for turn in served):
            for _ in range(5):
                await asyncio.sleep(0)
            clock.to_next_sleeper()
    assert clock.stirred <= 2 * waiting


async def test_limits_are_kept_together() -> None:
    """Protects each limit when several are combined: a burst in one does not break another."""
    clock = StoryClock()
    turns = RateLimiter(clock, TokenBucket(clock, 0.1, 5), SlidingWindow(clock, 8, 1.0))
    times: list[float] = []

    async def takes_a_turn() -> None:
        await turns.turn()
        times.append(round(clock.now() - NOON, 3))

    async with asyncio.TaskGroup() as group:
        for _ in range(10):
            group.create_task(takes_a_turn())
        while len(times) < 10:
            for _ in range(5):
                await asyncio.sleep(0)
            clock.to_next_sleeper()
    assert times == [0, 0, 0, 0, 0, 0.1, 0.2, 0.3, 1, 1]
