"""Polling of the remote tasks: one loop, an interval per task, a rate limit per service."""

from collections.abc import Collection
from decimal import Decimal

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from checking.context import TaskContext, TaskWork
from checking.key_health import PROBE_SECONDS
from checking.ledger import Also
from checking.prices import settling
from checking.services import errors
from checking.services.bulk import Status
from checking.services.catalogue import Check
from runtime.backoff import Backoff
from runtime.due_loop import Name
from runtime.rate_limits import Hold, RateLimiter, TokenBucket
from storage.tasks import due_tasks
from storage.tasks.task_states import POLLED, TaskState
from storage.tasks.tasks import Changes, Task

POLLS_AT_ONCE = 32
SECONDS_BETWEEN_POLLS, POLL_BURST = 0.2, 5  # per service
CLAIM_SECONDS = 90.0  # a poll that takes longer may be repeated
JITTER = 0.1
UNKNOWN_TASK_TRIES = 5
BREAKER_FAILURES = 5  # in a row, before a service is paused for a while
BREAK = Backoff(first=2.0**BREAKER_FAILURES, longest=300.0)

S = TaskState
log = structlog.get_logger("poller")


class Poller(TaskWork):
    """Asks the services for the status of our tasks, and stores it."""

    states = POLLED
    busy_seconds = CLAIM_SECONDS

    def __init__(self, ctx: TaskContext, *, fastest: float, slowest: float) -> None:
        super().__init__(ctx, "poll", POLLS_AT_ONCE)
        self._fastest, self._slowest = fastest, slowest
        self._gained_at: float | None = None  # the unix time
        ctx.database.claims.when_gained("service", self._take_over)
        self._paces = {
            name: RateLimiter(ctx.clock, TokenBucket(ctx.clock, SECONDS_BETWEEN_POLLS, POLL_BURST))
            for name in ctx.services
        }
        self._failures = dict.fromkeys(ctx.services, 0)
        self._holds = {name: Hold(ctx.clock) for name in ctx.services}
        self._why: dict[str, str] = {}  # of each hold

    def _take_over(self, _services: object) -> None:
        """Recover at the next step: the replica that had these may have been cut off anywhere."""
        self._gained_at = self._ctx.clock.now()
        self.loop.worker.wake()

    async def recover(self) -> None:
        """Make every open task due at a start, whatever was planned."""
        async with self._ctx.database.write() as connection:
            await due_tasks.make_due(connection, [*POLLED, S.EXPORTED], self._ctx.clock.now())
        self._ctx.ledger.wake_up.notify()

    async def due(self, now: float, limit: int, busy: Collection[Name], /) -> list[Task]:
        """Return the open tasks to poll now."""
        if self._gained_at is not None:
            since, self._gained_at = self._gained_at, None
            await self.recover()
            await self._ctx.key_health.recover(since)
        return await super().due(now, limit, busy)

    async def work(self, task: Task, /) -> None:
        """Ask for the task's status, within the service's rate limit, and store it."""
        now = self._ctx.clock.now()
        client = self._ctx.client_of(task)
        if client is None or task.remote_id is None:
            # Its key was removed from the settings; it may be back after the next start.
            await self.later(task, now + self._slowest, "not_offered")
            return
        quiet = self._holds[task.service].wait()
        if quiet:
            wait = quiet + self._ctx.rng.uniform(0, self._fastest)
            await self.later(task, now + wait, self._why[task.service])
            return
        await self._paces[task.service].turn()
        try:
            status = await client[1].status(task.remote_id)
        except errors.ServiceError as error:
            await self._poll_failed(task, error)
        else:
            self._failures[task.service] = 0
            self._holds[task.service].set(0.0)
            if task.service in await self._ctx.key_health.paused():
                await self._ctx.key_health.key_taken(task.service)
            await self._apply(task, client[0], status)

    async def _poll_failed(self, task: Task, error: errors.ServiceError) -> None:
        now, service = self._ctx.clock.now(), task.service
        log.warning("poll failed", task=task.id, service=service, error=error.reason)
        wait = Backoff(self._fastest, self._slowest).jittered(task.attempts, self._ctx.rng)
        reason, unknown = "no_progress", 0
        if isinstance(error, errors.KeyRefusedError):
            await self._ctx.key_health.key_refused(service)
            wait, reason = PROBE_SECONDS, error.reason
        elif isinstance(error, errors.BusyError):
            wait = self._slowest if error.seconds is None else error.seconds
            reason = error.reason
            self._be_quiet(service, wait, reason)
        elif isinstance(error, errors.UnknownTaskError):
            unknown, reason = task.in_a_row + 1, error.reason
            if unknown >= UNKNOWN_TASK_TRIES:
                await self.expired(task, reason, error.text, at_once=True)
                return
        elif not isinstance(error, errors.RefusedError):
            self._failures[service] += 1
            if self._failures[service] >= BREAKER_FAILURES:
                pause = BREAK.seconds(self._failures[service] - BREAKER_FAILURES)
                self._be_quiet(service, pause, reason)
        await self.later(task, now + wait, reason, attempts=task.attempts + 1, in_a_row=unknown)

    def _be_quiet(self, service: str, seconds: float, why: str) -> None:
        """Ask this service nothing for so long: it wants that, or is in trouble."""
        if seconds > self._holds[service].wait():
            self._holds[service].set(seconds)
            self._why[service] = why

    async def _apply(self, task: Task, check: Check, status: Status) -> None:
        """Store a status. A word other than failed and exported, known or not, means patience."""
        now, ledger = self._ctx.clock.now(), self._ctx.ledger
        # Counts never go back, even if the service forgets what it had counted.
        success = min(max(status.success, task.success), task.numbers)
        failure = min(max(status.failure, task.failure), task.numbers - success)
        done = success + failure
        changes = Changes(total=status.total, success=success, failure=failure, in_a_row=0)
        money = Changes()
        if status.actual is not None:
            money["actual_millionths"] = status.actual.millionths
            money["amount_currency"] = status.actual.currency
        is_news = money.get("actual_millionths") not in {None, task.money.actual_millionths}
        estimate = self._ctx.estimate(task, status.actual) if is_news else None
        began = task.state is S.SUBMITTED and (status.state != "pending" or done > 0)
        if status.state == "failed":
            changes |= Changes(reason="service_failed", reason_text=status.text, finished_at=now)
            also = await self._settle(task, check, status, is_done=False)
            await ledger.move(task, POLLED, S.FAILED, also=also, **(changes | money))
        elif status.state == "exported" and status.result_url:
            changes |= Changes(
                result_url=status.result_url, progress_at=now, next_at=now, attempts=0
            )
            also = await self._settle(task, check, status, is_done=True)
            await ledger.move(task, POLLED, S.EXPORTED, also=also, **(changes | money))
        elif began or done != task.done:
            changes |= money | Changes(progress_at=now, next_at=self._next(task, done), attempts=0)
            if began:
                await ledger.move(task, POLLED, S.PROCESSING, also=estimate, **changes)
            else:
                await ledger.put(task, also=estimate, **changes)
                ledger.wake_up.notify()
        else:
            changes = money | Changes(attempts=0, in_a_row=0)
            await self.later(task, self._next(task, done), "no_progress", estimate, **changes)

    async def _settle(self, task: Task, check: Check, status: Status, *, is_done: bool) -> Also:
        """Return the write of what a task cost; where nothing else says so, the balance tells.

        What it was likely to cost says nothing of one that failed: the service may not charge it.
        """
        told, fell = settling.actual(task, status.actual), None
        money = task.money
        is_likely = money.estimated_millionths is not None or check.list_price is not None
        unknown = told is None and not (is_done and is_likely)
        if unknown and money.balance_before is not None:
            after = await self._ctx.balance_after(task)
            fell = None if after is None else Decimal(money.balance_before) - after
        now = self._ctx.clock.now()

        async def settle(connection: AsyncConnection) -> None:
            await settling.settle(
                connection,
                task=task,
                check=check,
                told=told,
                fell=fell,
                is_done=is_done,
                now=now,
            )
            await self._ctx.budgets.tell_spent(connection, task.id)

        return settle

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
