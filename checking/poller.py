"""Following the remote tasks: one loop, an interval for each task, a pace for each service."""

import structlog

from checking.context import TaskContext, TaskWork
from checking.key_health import PROBE_SECONDS
from checking.services import errors
from checking.services.bulk import Service, Status
from runtime.backoff import Backoff
from runtime.rate_limits import RateLimiter, TokenBucket
from storage.tasks import due_tasks
from storage.tasks.task_states import POLLED, TaskState
from storage.tasks.tasks import Changes, Task

POLLS_AT_ONCE = 32
SECONDS_BETWEEN_POLLS, POLL_BURST = 0.2, 5  # for each service
CLAIM_SECONDS = 90.0  # a poll that takes longer may be begun again
JITTER = 0.1
BACKWARDS = 5.0  # seconds by which a clock may waver
UNKNOWN_TASK_TRIES = 5
BREAKER_FAILURES = 5  # in a row, after which a service is left alone for a while
BREAK = Backoff(first=2.0**BREAKER_FAILURES, longest=300.0)

S = TaskState
log = structlog.get_logger("poller")


class Poller(TaskWork):
    """Asks the services how our tasks stand, and writes what they say."""

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
        """Another replica worked for these; it may have been cut off anywhere."""
        self._gained = True
        self.loop.worker.wake()

    async def recover(self) -> None:
        """At a start: look at every open task at once, whatever was planned."""
        await self._make_due([*POLLED, S.EXPORTED])

    async def _make_due(self, states: list[TaskState]) -> None:
        async with self._ctx.database.write() as connection:
            await due_tasks.make_due(connection, states, self._ctx.clock.now())
        self._ctx.ledger.wake_up.notify()

    async def due(self, now: float, limit: int, /) -> list[Task]:
        """Open tasks that are to be asked about now."""
        if self._gained:
            self._gained = False
            await self.recover()
            await self._ctx.key_health.recover()
        if now < self._last_now - BACKWARDS:
            # The clock was set back: everything planned lies too far off.
            await self._make_due([*POLLED, S.CONFIRMED, S.EXPORTED, S.FETCHED])
        self._last_now = now
        return await super().due(now, limit)

    async def work(self, task: Task, /) -> None:
        """Ask how it stands, at the service's pace, and write down what it says."""
        now = self._ctx.clock.now()
        check = self._ctx.catalogue.get(task.check_key)
        service = self._ctx.services.get(task.service)
        if service is None or check is None or task.remote_id is None:
            # Its key was taken out of the settings; it may come back with the next start.
            await self._later(task, now + self._slowest)
            return
        quiet = max(self._quiet_until[service.name] - now, 0.0)
        if quiet:
            await self._later(task, now + quiet + self._ctx.rng.uniform(0, self._fastest))
            return
        await self._paces[service.name].turn()
        try:
            status = await service.flavours[check.flavour].status(task.remote_id)
        except errors.ServiceError as error:
            await self._failed_to_ask(task, service, error)
        else:
            await self._answered(service)
            await self._apply(task, status)

    async def _answered(self, service: Service) -> None:
        self._failures[service.name] = 0
        self._quiet_until[service.name] = 0.0
        if service.name in await self._ctx.key_health.paused():
            await self._ctx.key_health.key_taken(service.name)

    async def _failed_to_ask(
        self, task: Task, service: Service, error: errors.ServiceError
    ) -> None:
        now = self._ctx.clock.now()
        log.warning("poll failed", task=task.id, service=service.name, error=error.reason)
        if isinstance(error, errors.KeyRefusedError):
            await self._ctx.key_health.key_refused(service.name)
            await self._later(task, now + PROBE_SECONDS)
            return
        if isinstance(error, errors.BusyError):
            seconds = self._slowest if error.seconds is None else error.seconds
            self._quiet_until[service.name] = max(self._quiet_until[service.name], now + seconds)
            await self._later(task, now + seconds)
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
        await self._later(task, now + wait, task.attempts + 1)

    async def _apply(self, task: Task, status: Status) -> None:
        now = self._ctx.clock.now()
        # A service that forgets what it had counted doesn't take it away from the person.
        success = min(max(status.success, task.success), task.numbers)
        failure = min(max(status.failure, task.failure), task.numbers - success)
        counts = Changes(total=status.total, success=success, failure=failure)
        if status.state == "failed":
            await self._ctx.ledger.move(
                task,
                POLLED,
                S.FAILED,
                **counts
                | Changes(reason="service_failed", reason_text=status.text, finished_at=now),
            )
            return
        if status.state == "exported" and status.result_url:
            await self._ctx.ledger.move(
                task,
                POLLED,
                S.EXPORTED,
                **counts
                | Changes(result_url=status.result_url, progress_at=now, next_at=now, attempts=0),
            )
            return
        await self._goes_on(task, status, counts)

    async def _goes_on(self, task: Task, status: Status, counts: Changes) -> None:
        """Neither failed nor exported: any other word, known or not, means patience."""
        now = self._ctx.clock.now()
        done = counts["success"] + counts["failure"]
        began = task.state is S.SUBMITTED and (status.state != "pending" or done > 0)
        if began or done != task.done:
            changes = counts | Changes(progress_at=now, attempts=0, next_at=self._next(task, done))
            if began:
                await self._ctx.ledger.move(task, POLLED, S.PROCESSING, **changes)
                return
            await self._ctx.ledger.put(task, **changes)
            self._ctx.ledger.wake_up.notify()
            return
        if not await self._expired(task):
            await self._later(task, self._next(task, done), 0)

    async def _expired(self, task: Task) -> bool:
        since = task.progress_at or task.created_at
        if self._ctx.clock.now() - since < self._expire_seconds:
            return False
        await self._ctx.ledger.move(task, POLLED, S.EXPIRED, reason="no_progress")
        return True

    async def _later(self, task: Task, when: float, attempts: int | None = None) -> None:
        changes = Changes(next_at=when)
        if attempts is not None:
            changes["attempts"] = attempts
        await self._ctx.ledger.put(task, **changes)

    def _next(self, task: Task, done: int) -> float:
        """When to ask again: the sooner it will end, the sooner; never out of the bounds.

        A young task's pace says little yet: it is looked at again before its age has doubled.
        """
        now = self._ctx.clock.now()
        age = max(now - (task.submitted_at or now), 0.0)
        left = age * (task.numbers - done) / done if done else age
        # All counted and no file yet: the longer that has lasted, the longer it may last.
        idle = now - (task.progress_at or now) if done >= task.numbers else 0.0
        seconds = min(max(min(left / 5, age / 2), idle / 2, self._fastest), self._slowest)
        return now + seconds * self._ctx.rng.uniform(1 - JITTER, 1 + JITTER)
