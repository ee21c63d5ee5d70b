"""What the desk, the submitter, the poller and the fetcher share."""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from checking.key_health import KeyHealth
from checking.ledger import Ledger
from checking.services.bulk import Service
from checking.services.catalogue import Catalogue
from runtime.clock import Clock
from runtime.due_loop import DueLoop, DueWork, Kind, Name
from sheets.glass.glass import Glass
from storage.database import Database
from storage.tasks import due_tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task


@dataclass(frozen=True, slots=True)
class TaskContext:
    """Shared dependencies. `services` holds the services whose key is set, by name."""

    database: Database
    catalogue: Catalogue
    services: dict[str, Service]
    ledger: Ledger
    key_health: KeyHealth
    glass: Glass
    clock: Clock
    rng: random.Random


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

    async def next_due_at(self, busy: Collection[Name], /) -> float | None:
        """Return when the next of them is due, in unix seconds."""
        async with self._database.read() as connection:
            return await due_tasks.next_due_at(connection, self.states, busy)
