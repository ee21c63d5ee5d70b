import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import pytest

from runtime.worker import LONGEST_SLEEP, Worker, WorkerPool
from tests.support.clocks import StoryClock

TURNS = 30  # rounds of the event loop, enough for all pending callbacks


async def calm() -> None:
    """Run all pending callbacks without letting time pass."""
    for _ in range(TURNS):
        await asyncio.sleep(0)


@asynccontextmanager
async def at_work(worker: Worker) -> AsyncGenerator[None]:
    """Run the worker's loop during the block."""
    work = asyncio.create_task(worker.run())
    await calm()
    try:
        yield
    finally:
        work.cancel()
        await asyncio.wait([work])


class Steps:
    """A step that records when it was called, and does what `plan` says."""

    def __init__(self, clock: StoryClock, plan: Callable[[float], float | None]) -> None:
        self.begin = clock.now()
        self.at: list[float] = []
        self.worker = Worker("test", self._step, clock)
        self._clock, self._plan = clock, plan

    async def _step(self) -> float | None:
        self.at.append(self._clock.now() - self.begin)
        return self._plan(self._clock.now())


def breaks(_now: float) -> float | None:
    """A step that always fails."""
    raise OSError("no space left")


async def test_a_failing_step_is_tried_ever_more_slowly(caplog: pytest.LogCaptureFixture) -> None:
    """Protects log and CPU when the disk is full: backoff, no hot loop, and no giving up."""
    clock = StoryClock()
    steps = Steps(clock, breaks)
    async with at_work(steps.worker):
        while len(steps.at) < 9:
            clock.to_next_sleeper()
            await calm()
    pauses = [later - earlier for earlier, later in zip(steps.at, steps.at[1:], strict=False)]
    assert pauses[:5] == [1, 2, 4, 8, 16]
    assert all(16 <= pause <= 60 for pause in pauses[5:])
    assert not caplog.records or "no space left" in caplog.text


async def test_news_do_not_hurry_a_failing_step() -> None:
    """Protects a failing service or disk: a wake-up is no reason to retry at once."""
    clock = StoryClock()
    steps = Steps(clock, breaks)
    async with at_work(steps.worker):
        for _ in range(20):
            steps.worker.wake()
            await calm()
        assert steps.at == [0]
        clock.jump(1)
        await calm()
        assert steps.at == [0, 1]


async def test_after_a_success_the_pauses_begin_anew() -> None:
    """Protects the recovery: after a success the next failure waits one second again."""
    clock = StoryClock()
    answers = iter([True, True, False, True, True])

    def sometimes(now: float) -> float | None:
        return breaks(now) if next(answers, False) else now

    steps = Steps(clock, sometimes)
    async with at_work(steps.worker):
        while len(steps.at) < 5:
            clock.to_next_sleeper()
            await calm()
    assert steps.at[:5] == [0, 1, 3, 3, 4]


async def test_a_wake_is_answered_at_once_and_never_lost() -> None:
    """Protects speed: a wake-up runs the step at once, one during the step runs it again."""
    clock = StoryClock()
    steps = Steps(clock, lambda _now: steps.worker.wake() if len(steps.at) == 1 else None)
    async with at_work(steps.worker):
        assert steps.at == [0, 0]
        steps.worker.wake()
        steps.worker.wake()
        await calm()
        assert steps.at == [0, 0, 0]


async def test_it_looks_again_by_itself() -> None:
    """Protects against a freeze when the clock is set back by a day: half a minute at most."""
    clock = StoryClock()
    steps = Steps(clock, lambda now: now + 10)
    async with at_work(steps.worker):
        clock.jump(-24 * 3600)
        turned = steps.worker.turned_at
        clock.jump(24 * 3600 + 10)
        await calm()
        assert steps.at == [0, 10]
        assert steps.worker.turned_at >= turned
    far = Steps(clock, lambda now: now + 99 * 24 * 3600)
    async with at_work(far.worker):
        clock.jump(LONGEST_SLEEP)
        await calm()
        assert far.at == [0, LONGEST_SLEEP]
    idle = Steps(clock, lambda _now: None)
    async with at_work(idle.worker):
        clock.jump(LONGEST_SLEEP)
        await calm()
        assert idle.at == [0, LONGEST_SLEEP]


async def test_a_stopped_worker_leaves_nothing_running() -> None:
    """Protects a clean stop: neither its sleep nor its wait for a wake-up stays behind."""
    clock = StoryClock()
    steps = Steps(clock, lambda _now: None)
    async with at_work(steps.worker):
        assert steps.at == [0]
    await calm()
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_worker_pool_runs_each_job_once_at_a_time() -> None:
    """Protects against two workers on one task, and counts the free slots."""
    rang: list[bool] = []
    pool = WorkerPool("test", 2, when_done=lambda: rang.append(True))
    gate, done = asyncio.Event(), []

    async def job(name: str) -> None:
        await gate.wait()
        done.append(name)

    pool.start("a", job("a1"))
    pool.start("a", job("a2"))
    pool.start("b", job("b1"))
    assert (pool.free, pool.keys()) == (0, ["a", "b"])
    gate.set()
    await calm()
    assert (done, pool.free, pool.keys(), rang) == (["a1", "b1"], 2, [], [True, True])
    pool.start("a", job("a3"))
    await pool.drain(1)
    assert done[-1] == "a3"


async def test_a_job_that_fails_makes_room(caplog: pytest.LogCaptureFixture) -> None:
    """Protects the other jobs: an error ends one job, is logged once, and frees its slot."""
    pool = WorkerPool("test", 1, when_done=lambda: None)

    async def fails() -> None:
        raise ZeroDivisionError

    pool.start("a", fails())
    await calm()
    assert pool.free == 1
    assert "never retrieved" not in caplog.text


async def test_draining_ends_even_what_hangs() -> None:
    """Protects the ten seconds of a SIGTERM: a hanging job is cancelled and cleans up."""
    pool = WorkerPool("test", 2, when_done=lambda: None)
    ends: list[str] = []

    async def hangs() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ends.append("cleaned up")

    pool.start("a", hangs())
    await calm()
    await pool.drain(0)
    assert ends == ["cleaned up"]
    await pool.drain(0)
