"""What the desk, the submitter, the poller and the fetcher share."""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Unpack

import structlog

from checking.balances import Balances
from checking.key_health import KeyHealth
from checking.ledger import Also, Ledger
from checking.limits.budgets import Budgets
from checking.prices import settling
from checking.services import errors, offering
from checking.services.bulk import Amount, Bulk, Service
from checking.services.catalogue import Catalogue, Check
from runtime.clock import Clock
from runtime.due_loop import DueLoop, DueWork, Kind, Name
from sheets.glass.glass import Glass
from storage.database import Database
from storage.tasks import due_tasks, posts
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Changes, Task

log = structlog.get_logger("service")


@dataclass(frozen=True, slots=True)
class TaskContext:
    """Shared dependencies.

    services: The services whose key is set, by name.
    expire_seconds: How long a task may be without progress.
    """

    database: Database
    catalogue: Catalogue
    services: dict[str, Service]
    ledger: Ledger
    key_health: KeyHealth
    balances: Balances
    budgets: Budgets
    glass: Glass
    clock: Clock
    rng: random.Random
    expire_seconds: float

    async def balance_after(self, task: Task) -> Decimal | None:
        """Ask for the balance after a POST; None also if others may have been charged meanwhile."""
        after = await self.balances.of(task.service)
        async with self.database.read() as connection:
            is_alone = after is not None and await posts.was_alone(connection, task)
        return after if is_alone else None

    def estimate(self, task: Task, told: Amount | None) -> Also:
        """Return the write of what the service says of the cost of a task that has not ended."""
        check = self.catalogue.get(task.check_key)
        return partial(settling.estimate, task=task, check=check, told=told)

    async def heed(self, task: Task, error: errors.RefusedError) -> None:
        """Note what the refusal of a task tells of all that come: our key, or the minimum."""
        if isinstance(error, errors.KeyRefusedError):
            await self.key_health.key_refused(task.service)
        check = self.catalogue.get(task.check_key)
        if isinstance(error, errors.TooFewError) and error.minimum and check:
            async with self.database.write() as connection:
                await offering.learn(connection, check, error.minimum, self.clock.now())
            log.info("minimum learnt", check=check.key, minimum=error.minimum)

    def client_of(self, task: Task) -> tuple[Check, Bulk] | None:
        """Return a task's check and the client that asks for it; None if the settings lack one."""
        check, service = self.catalogue.get(task.check_key), self.services.get(task.service)
        flavour = service.flavours.get(check.flavour) if check and service else None
        return (check, flavour) if check and flavour else None


class TaskWork(DueWork[Task]):
    """Work on tasks in certain states, one job per task; subclasses implement `work`."""

    claimed: Kind = "service"
    states: tuple[TaskState, ...]
    busy_seconds = 0.0
    """How long a task that was begun is not due again; 0: its state changes instead."""

    def __init__(self, ctx: TaskContext, name: str, at_once: int) -> None:
        self._ctx = ctx
        self._database = ctx.database
        self.loop = DueLoop(
            name,
            self,
            at_once=at_once,
            clock=ctx.clock,
            claims=ctx.database.claims,
            wake_up=ctx.ledger.wake_up,
        )

    def key(self, task: Task, /) -> str:
        """Return the task's id."""
        return task.id

    def claim(self, task: Task, /) -> str | int:
        """Return the task's service, which a single replica submits to and polls."""
        return task.service

    async def due(self, now: float, limit: int, busy: Collection[Name], /) -> list[Task]:
        """Return the due tasks in these states, longest waiting first."""
        async with self._database.read() as connection:
            return await due_tasks.due(
                connection, self._database.vault, self.states, now, limit=limit, busy=busy
            )

    async def begin(self, tasks: Sequence[Task], now: float, /) -> Sequence[Task]:
        """Postpone the tasks by `busy_seconds`, so that they are not begun twice."""
        if self.busy_seconds:
            async with self._database.write() as connection:
                until = now + self.busy_seconds
                await due_tasks.put_off(connection, [task.id for task in tasks], until)
        return tasks

    def is_overdue(self, task: Task) -> bool:
        """Tell whether a task hasn't moved on for too long, whatever is in its way."""
        return self._ctx.clock.now() >= self._ends_at(task)

    async def expired(
        self, task: Task, reason: str, text: str = "", *, at_once: bool = False
    ) -> bool:
        """Expire the task if it is overdue, or `at_once`; tell whether it is so."""
        if not (at_once or self.is_overdue(task)):
            return False
        await self._ctx.ledger.move(
            task, self.states, TaskState.EXPIRED, reason=reason, reason_text=text
        )
        return True

    async def later(
        self,
        task: Task,
        at: float,
        why: str,
        also: Also | None = None,
        **changes: Unpack[Changes],
    ) -> None:
        """Put the task off; expire it if it is overdue, with what was in its way as the reason."""
        if not await self.expired(task, why):
            changes["next_at"] = min(at, self._ends_at(task))
            await self._ctx.ledger.put(task, also=also, **changes)

    def _ends_at(self, task: Task) -> float:
        return (task.progress_at or task.created_at) + self._ctx.expire_seconds

    async def next_due_at(self, busy: Collection[Name], /) -> float | None:
        """Return when the next of them is due, in unix seconds."""
        async with self._database.read() as connection:
            return await due_tasks.next_due_at(connection, self.states, busy)
