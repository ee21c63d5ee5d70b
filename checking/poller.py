"""Polling of the remote tasks: one loop, an interval per task, a rate limit per service."""

from collections.abc import Collection

import structlog

from checking.context import TaskContext, TaskWork
from checking.key_health import PROBE_SECONDS
from checking.services import errors
from checking.services.bulk import Service, Status
from runtime.backoff import Backoff
from runtime.due_loop import Name
from runtime.rate_limits import RateLimiter, TokenBucket
from storage.tasks import due_tasks
from storage.tasks.task_states import POLLED, TaskState
from storage.tasks.tasks import Changes, Task

POLLS_AT_ONCE = 32
SECONDS_BETWEEN_POLLS, POLL_BURST = 0.2, 5  # per service
CLAIM_SECONDS = 90.0  # a poll that takes longer may be repeated
JITTER = 0.1
BACKWARDS = 5.0  # seconds that the clock may go back without consequence
UNKNOWN_TASK_TRIES = 5
BREAKER_FAILURES = 5  # in a row, before a service is paused for a while
BREAK = Backoff(first=2.0**BREAKER_FAILURES, longest=300.0)

S = TaskState
log = structlog.get_logger("poller")


class Poller(TaskWork):
    """Asks the services for the status of our tasks, and stores it."""

    states = POLLED
    busy_seconds = CLAIM_SECONDS

    def __init__(
        self,
        ctx: TaskContext,
        *,
        fastest: float,
        slowest: float,
        expire_seconds: float,
    ) -> None:
        super().__init__(ctx, "poll", POLLS_AT_ONCE)
        self._fastest, self._slowest = fastest, slowest
        self._expire_seconds = expire_seconds
        self._last_now = 0.0
        self._gained = False
        ctx.database.claims.when_gained("service", self._take_over)
        self._paces = {
            name: RateLimiter(ctx.clock, TokenBucket(ctx.clock, SECONDS_BETWEEN_POLLS, POLL_BURST))
            for name in ctx.services
        }
        self._failures = dict.fromkeys(ctx.services, 0)
        self._quiet_until = dict.fromkeys(ctx.services, 0.0)

    def _take_over(self, _services: object) -> None:
        """Recover at the next step: the replica that had these may have been cut off anywhere."""
        self._gained = True
        self.loop.worker.wake()

    async def recover(self) -> None:
        """Make every open task due at a start, whatever was planned."""
        await self._make_due([*POLLED, S.EXPORTED])

    async def _make_due(self, states: list[TaskState]) -> None:
        async with self._ctx.database.write() as connection:
            await due_tasks.make_due(connection, states, self._ctx.clock.now())
        self._ctx.ledger.wake_up.notify()

    async def due(self, now: float, limit: int, busy: Collection[Name], /) -> list[Task]:
        """Return the open tasks to poll now."""
        if self._gained:
            self._gained = False
            await self.recover()
            await self._ctx.key_health.recover()
        if now < self._last_now - BACKWARDS:
            # The clock was set back: all planned times lie too far ahead.
            await self._make_due([*POLLED, S.CONFIRMED, S.EXPORTED, S.FETCHED])
        self._last_now = now
        return await super().due(now, limit, busy)

    async def work(self, task: Task, /) -> None:
        """Ask for the task's status, within the service's rate limit, and store it."""
        now = self._ctx.clock.now()
        check = self._ctx.catalogue.get(task.check_key)
        service = self._ctx.services.get(task.service)
        if service is None or check is None or task.remote_id is None:
            # Its key was removed from the settings; it may be back after the next start.
            await self._ctx.ledger.put(task, next_at=now + self._slowest)
            return
        quiet = max(self._quiet_until[service.name] - now, 0.0)
        if quiet:
            wait = quiet + self._ctx.rng.uniform(0, self._fastest)
            await self._ctx.ledger.put(task, next_at=now + wait)
            return
        await self._paces[service.name].turn()
        try:
            status = await service.flavours[check.flavour].status(task.remote_id)
        except errors.ServiceError as error:
            await self._poll_failed(task, service, error)
        else:
            self._failures[service.name] = 0
            self._quiet_until[service.name] = 0.0
            if service.name in await self._ctx.key_health.paused():
                await self._ctx.key_health.key_taken(service.name)
            await self._apply(task, status)

    async def _poll_failed(self, task: Task, service: Service, error: errors.ServiceError) -> None:
        now = self._ctx.clock.now()
        log.warning("poll failed", task=task.id, service=service.name, error=error.reason)
        if isinstance(error, errors.KeyRefusedError):
            await self._ctx.key_health.key_refused(service.name)
            await self._ctx.ledger.put(task, next_at=now + PROBE_SECONDS)
            return
        if isinstance(error, errors.BusyError):
            seconds = self._slowest if error.seconds is None else error.seconds
            self._quiet_until[service.name] = max(self._quiet_until[service.name], now + seconds)
            await self._ctx.ledger.put(task, next_at=now + seconds)
            return
        if isinstance(error, errors.UnknownTaskError) and task.attempts >= UNKNOWN_TASK_TRIES - 1:
            await self._ctx.ledger.move(
                task, POLLED, S.EXPIRED, reason="unknown_task", reason_text=error.text
            )
            return
        if not isinstance(error, errors.RefusedError):
            self._failures[service.name] += 1
            if self._failures[service.name] >= BREAKER_FAILURES:
                pause = BREAK.seconds(self._failures[service.name] - BREAKER_FAILURES)
                self._quiet_until[service.name] = now + pause
        if await self._expired(task):
            return
        wait = Backoff(self._fastest, self._slowest).jittered(task.attempts, self._ctx.rng)
        await self._ctx.ledger.put(task, next_at=now + wait, attempts=task.attempts + 1)

    async def _apply(self, task: Task, status: Status) -> None:
        """Store a status. A word other than failed and exported, known or not, means patience."""
        now, ledger = self._ctx.clock.now(), self._ctx.ledger
        # Counts never go back, even if the service forgets what it had counted.
        success = min(max(status.success, task.success), task.numbers)
        failure = min(max(status.failure, task.failure), task.numbers - success)
        done = success + failure
        changes = Changes(total=status.total, success=success, failure=failure)
        began = task.state is S.SUBMITTED and (status.state != "pending" or done > 0)
        if status.state == "failed":
            changes |= Changes(reason="service_failed", reason_text=status.text, finished_at=now)
            await ledger.move(task, POLLED, S.FAILED, **changes)
        elif status.state == "exported" and status.result_url:
            changes |= Changes(
                result_url=status.result_url, progress_at=now, next_at=now, attempts=0
            )
            await ledger.move(task, POLLED, S.EXPORTED, **changes)
        elif began or done != task.done:
            changes |= Changes(progress_at=now, next_at=self._next(task, done), attempts=0)
            if began:
                await ledger.move(task, POLLED, S.PROCESSING, **changes)
            else:
                await ledger.put(task, **changes)
                ledger.wake_up.notify()
        elif not await self._expired(task):
            await ledger.put(task, next_at=self._next(task, done), attempts=0)

    async def _expired(self, task: Task) -> bool:
        since = task.progress_at or task.created_at
        if self._ctx.clock.now() - since < self._expire_seconds:
            return False
        await self._ctx.ledger.move(task, POLLED, S.EXPIRED, reason="no_progress")
        return True

    def _next(self, task: Task, done: int) -> float:
        """Return when to poll again, within the bounds: the sooner, the sooner the task may end.

        A young task's pace says little, so the next poll comes before its age has doubled.
        """
        now = self._ctx.clock.now()
        age = max(now - (task.submitted_at or now), 0.0)
        left = age * (task.numbers - done) / done if done else age
        # All is counted and there is no file yet: the longer that lasts, the longer the wait.
        idle = now - (task.progress_at or now) if done >= task.numbers else 0.0
        seconds = min(max(min(left / 5, age / 2), idle / 2, self._fastest), self._slowest)
        return now + seconds * self._ctx.rng.uniform(1 - JITTER, 1 + JITTER)
