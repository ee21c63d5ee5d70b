"""Worker loops around one testable step, and a pool for concurrent jobs."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog

from runtime.backoff import Backoff
from runtime.clock import Clock
from runtime.errors import CutOffError

# Upper limit of every sleep: a clock that was set back can't freeze a loop, and the health
# check sees that the loop turns.
LONGEST_SLEEP = 30.0
BACKOFF = Backoff(first=1.0, longest=60.0)

log = structlog.get_logger("worker")

Step = Callable[[], Awaitable[float | None]]
"""Does what is due; returns when to call it next, in unix seconds, or None if unknown."""


class Worker:
    """Calls `step` at the time it returned last, and at once after `wake()`."""

    def __init__(self, name: str, step: Step, clock: Clock) -> None:
        self.name = name
        self.turned_at = clock.now()
        self._step = step
        self._clock = clock
        self._woken = asyncio.Event()
        self._stopped = asyncio.Event()
        self._failures = 0

    def wake(self) -> None:
        """Run the next step now."""
        self._woken.set()

    def stop(self) -> None:
        """Stop after the current step; cancelling could interrupt a query."""
        self._stopped.set()
        self._woken.set()

    async def run(self) -> None:
        """Run steps until stopped. A failed step is logged and retried with backoff."""
        while not self._stopped.is_set():
            self._woken.clear()
            try:
                due = await self._step()
                self._failures = 0
            except CutOffError as error:
                log.warning("step cut off", worker=self.name, why=str(error))
                due = self._clock.now() + BACKOFF.first
            except Exception:
                log.exception("step failed", worker=self.name, failures=self._failures + 1)
                due = self._clock.now() + BACKOFF.seconds(self._failures)
                self._failures += 1
            now = self.turned_at = self._clock.now()
            if self._stopped.is_set():
                return
            seconds = LONGEST_SLEEP if due is None else min(max(due - now, 0.0), LONGEST_SLEEP)
            # After a failure a wake-up must not cut the backoff short.
            waker = self._stopped if self._failures else self._woken
            await first_of(self._clock.sleep(seconds), waker.wait())


async def first_of(*what: Awaitable[object]) -> None:
    """Wait until one of these ends, then cancel the others."""
    tasks = [asyncio.ensure_future(each) for each in what]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        # Not `suppress(CancelledError)`, which would also swallow our own cancellation.
        await asyncio.gather(*tasks, return_exceptions=True)


class WorkerPool:
    """Runs jobs beside a loop: at most `limit` concurrently, one per key."""

    def __init__(self, name: str, limit: int, when_done: Callable[[], None]) -> None:
        self._name = name
        self._limit = limit
        self._when_done = when_done
        self._closed = False
        self._tasks: dict[object, asyncio.Task[None]] = {}

    @property
    def free(self) -> int:
        """How many more jobs may start now."""
        return max(self._limit - len(self._tasks), 0)

    def keys(self) -> list[object]:
        """The keys of the running jobs."""
        return [key for key, task in self._tasks.items() if not task.done()]

    def start(self, key: object, job: Coroutine[Any, Any, None]) -> None:
        """Start `job`, unless one with this `key` is running or the pool is closed."""
        running = self._tasks.get(key)
        if self._closed or (running is not None and not running.done()):
            job.close()
            return
        task = asyncio.create_task(job, name=f"{self._name} {key}")
        self._tasks[key] = task
        task.add_done_callback(lambda done: self._ended(key, done))

    def _ended(self, key: object, task: asyncio.Task[None]) -> None:
        if self._tasks.get(key) is task:  # else its successor has started
            del self._tasks[key]
        error = None if task.cancelled() else task.exception()
        if isinstance(error, CutOffError):
            log.warning("job cut off", pool=self._name, job=str(key), why=str(error))
        elif error is not None:
            log.error("job failed", pool=self._name, job=str(key), exc_info=error)
        self._when_done()

    async def drain(self, seconds: float) -> None:
        """Let running jobs end within `seconds` (real time), then cancel them; close the pool."""
        running = list(self._tasks.values())
        if not running:
            self._closed = True
            return
        _, late = await asyncio.wait(running, timeout=seconds)
        self._closed = True
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)
