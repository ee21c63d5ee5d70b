"""A loop around one step that can be tested alone."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog

from runtime.backoff import Backoff
from runtime.clock import Clock
from runtime.errors import CutOffError

# However far away the next thing is: look again by then. A clock that was set back can't
# freeze a loop, and the health check sees that it turns.
LONGEST_SLEEP = 30.0
BACKOFF = Backoff(first=1.0, longest=60.0)

log = structlog.get_logger("worker")

Step = Callable[[], Awaitable[float | None]]
"""Does what is due and gives the unix time of the next thing, None when nothing is known of."""


class Worker:
    """Calls `step` when it asks to be called, and at once after `wake()`."""

    def __init__(self, name: str, step: Step, clock: Clock) -> None:
        self.name = name
        self.turned_at = clock.now()
        self._step = step
        self._clock = clock
        self._woken = asyncio.Event()
        self._stopped = asyncio.Event()
        self._failures = 0

    def wake(self) -> None:
        """There is something to do now."""
        self._woken.set()

    def stop(self) -> None:
        """End after the step that is at work; cancelling could cut a query in two."""
        self._stopped.set()
        self._woken.set()

    async def run(self) -> None:
        """Work until stopped. A failing step is logged and tried again, ever more slowly."""
        while not self._stopped.is_set():
            self._woken.clear()
            due = await self._turn()
            self.turned_at = self._clock.now()
            if not self._stopped.is_set():
                await self._wait(due)

    async def _turn(self) -> float | None:
        due: float | None
        try:
            due = await self._step()
        except CutOffError as error:
            log.warning("step cut off", worker=self.name, why=str(error))
            return self._clock.now() + BACKOFF.first
        except Exception:
            log.exception("step failed", worker=self.name, failures=self._failures + 1)
            self._failures += 1
            return self._clock.now() + BACKOFF.seconds(self._failures - 1)
        self._failures = 0
        return due

    async def _wait(self, due: float | None) -> None:
        seconds = LONGEST_SLEEP
        if due is not None:
            seconds = min(max(due - self._clock.now(), 0.0), LONGEST_SLEEP)
        if self._failures:  # being woken is no reason to run into the same wall faster
            await first_of(self._clock.sleep(seconds), self._stopped.wait())
            return
        await first_of(self._clock.sleep(seconds), self._woken.wait())


async def first_of(*what: Awaitable[object]) -> None:
    """Wait until one of these ends; the others are cancelled."""
    tasks = [asyncio.ensure_future(each) for each in what]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        # Not `suppress(CancelledError)`: that would swallow our own cancellation, too.
        await asyncio.gather(*tasks, return_exceptions=True)


class WorkerPool:
    """The one place that starts work beside a loop: at most `limit` at once, one for a key."""

    def __init__(self, name: str, limit: int, when_done: Callable[[], None]) -> None:
        self._name = name
        self._limit = limit
        self._when_done = when_done
        self._closed = False
        self._tasks: dict[object, asyncio.Task[None]] = {}

    @property
    def free(self) -> int:
        """How many more may start now."""
        return max(self._limit - len(self._tasks), 0)

    def keys(self) -> list[object]:
        """What is being worked on."""
        return [key for key, task in self._tasks.items() if not task.done()]

    def start(self, key: object, job: Coroutine[Any, Any, None]) -> None:
        """Begin `job`; if `key` is being worked on already, leave it at that."""
        running = self._tasks.get(key)
        if self._closed or (running is not None and not running.done()):
            job.close()
            return
        task = asyncio.create_task(job, name=f"{self._name} {key}")
        self._tasks[key] = task
        task.add_done_callback(lambda done: self._ended(key, done))

    def _ended(self, key: object, task: asyncio.Task[None]) -> None:
        if self._tasks.get(key) is task:  # else its successor has begun already
            del self._tasks[key]
        error = None if task.cancelled() else task.exception()
        if isinstance(error, CutOffError):
            log.warning("job cut off", pool=self._name, job=str(key), why=str(error))
        elif error is not None:
            log.error("job failed", pool=self._name, job=str(key), exc_info=error)
        self._when_done()

    async def drain(self, seconds: float) -> None:
        """Let what runs come to its end for that long (real seconds), then cancel the rest.

        Nothing is begun any more from then on, not by what ends now either.
        """
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
