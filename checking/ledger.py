"""Where tasks change state: compare and set, one commit, one log line, one ring of the bell."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from checking.metrics import Metrics
from runtime.clock import Clock
from runtime.wake_up import WakeUp
from storage.database import Database
from storage.records import backlog, lists, tasks, usage
from storage.records.lists import ListState
from storage.records.tasks import Task, TaskState

log = structlog.get_logger("task")

Also = Callable[[AsyncConnection], Awaitable[None]]
"""What else belongs to the same commit."""


class Ledger:
    """Moves tasks from state to state."""

    def __init__(self, database: Database, clock: Clock, wake_up: WakeUp, metrics: Metrics) -> None:
        self._database = database
        self._clock = clock
        self.wake_up = wake_up
        self.metrics = metrics

    async def move(
        self,
        task: Task,
        was: Sequence[TaskState],
        became: TaskState,
        *,
        reason: str | None = None,
        text: str = "",
        also: Also | None = None,
        columns: Mapping[str, object] | None = None,
    ) -> bool:
        """Move `task` if it still is in one of `was`; False when somebody else was first.

        `reason` is a key of texts, `text` the service's own words, `columns` other columns
        of the task, `also` what is written in the same commit.
        """
        now = self._clock.now()
        sealed = self._database.vault.seal_text(text, "tasks.reason") if text else None
        async with self._database.write() as connection:
            old = await tasks.move(
                connection,
                task.id,
                was,
                became,
                now,
                reason=reason,
                reason_sealed=sealed,
                **(columns or {}),
            )
            if old is None:
                return False
            if became is TaskState.SUBMITTED:
                await usage.spend(connection, task.id)
            if also is not None:
                await also(connection)
            exported_at = None
            if became is TaskState.DELIVERED:
                exported_at = await backlog.exported_at(connection, task.id)
        self.metrics.moved(task.service, task.check_key, old, became)
        if became is TaskState.DELIVERED:
            self.metrics.delivered(exported_at, now)
        log.info(
            "task",
            task=task.id,
            check=task.check_key,
            service=task.service,
            was=str(old),
            became=str(became),
            reason=reason,
            count=task.numbers,
        )
        self.wake_up.notify()
        return True

    async def give_back(
        self,
        task: Task,
        was: list[TaskState],
        became: TaskState,
        reason: str | None = None,
        text: str = "",
    ) -> bool:
        """End the task for free, and let the person choose another check for the list."""

        async def list_back(connection: AsyncConnection) -> None:
            await usage.give_back(connection, task.id)
            await lists.move(connection, task.list_id, (ListState.WORKING,), ListState.READY)
            # The task's card goes on to show why; a tap on it brings the list card back.
            await lists.put(connection, task.list_id, shown=ListState.READY)

        return await self.move(
            task,
            was,
            became,
            reason=reason,
            text=text,
            also=list_back,
            columns={"finished_at": self._clock.now()},
        )
