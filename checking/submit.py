"""The paid POST: written down before it leaves, and never repeated by itself.

nothing was sent         -> confirmed, tried again with jitter
429                      -> confirmed, not before the time the service names
a clear 4xx              -> rejected; free, and the list is still there
2xx with a task id       -> submitted
anything else, or a crash -> unconfirmed: only the person may have it posted again
"""

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from checking import numbers
from checking.context import TaskContext
from checking.services import errors
from runtime.worker import Worker, WorkerPool
from storage.engines.claims import LOOK_AGAIN
from storage.records import due_tasks, tasks
from storage.records.tasks import Task, TaskState

SUBMISSIONS_AT_ONCE = 8
FIRST_WAIT, LONGEST_WAIT = 2.0, 300.0  # seconds between tries at a service that is down
BUSY_WAIT = 10.0  # after a 429 that doesn't say how long

S = TaskState
log = structlog.get_logger("submit")


class Submitter:
    """Turns confirmed tasks into submitted ones, and takes money only once for each *Start*."""

    def __init__(self, ctx: TaskContext) -> None:
        self._ctx = ctx
        self.worker = Worker("submit", self.step, ctx.clock)
        self.pool = WorkerPool("submit", SUBMISSIONS_AT_ONCE, when_done=self.worker.wake)
        ctx.ledger.wake_up.subscribe(self.worker.wake)

    async def step(self) -> float | None:
        """Post what is confirmed and due; give the time of the next."""
        await self._find_interrupted()
        async with self._ctx.database.read() as connection:
            due = await due_tasks.due(
                connection,
                self._ctx.database.vault,
                [S.CONFIRMED],
                self._ctx.clock.now(),
                limit=self.pool.free,
            )
        ours = await self._ctx.ours(due)
        for task in ours:
            # Written before the POST: a crash from here on means "maybe paid".
            posts = {"posts": task.posts + 1}
            if await self._ctx.ledger.move(task, [S.CONFIRMED], S.SUBMITTING, columns=posts):
                self.pool.start(task.id, self._submit(task))
        if not self.pool.free:
            return None
        if len(ours) < len(due):
            return self._ctx.clock.now() + LOOK_AGAIN
        async with self._ctx.database.read() as connection:
            return await due_tasks.next_due_at(connection, [S.CONFIRMED])

    async def _find_interrupted(self) -> None:
        """What stands as being posted and isn't: the last process, or a job of ours, ended there.

        Nobody can know whether the service has it.
        """
        busy = set(self.pool.keys())
        async with self._ctx.database.read() as connection:
            posting = await due_tasks.in_state(connection, self._ctx.database.vault, S.SUBMITTING)
        for task in await self._ctx.ours(posting):
            if task.id not in busy:
                await self._unconfirmed(task, "interrupted")

    async def _submit(self, task: Task) -> None:
        check = self._ctx.catalogue.get(task.check_key)
        service = self._ctx.services.get(task.service)
        body = await numbers.as_upload(self._ctx.database, task.list_id)
        if check is None or service is None or body is None:
            await self._ctx.ledger.give_back(task, [S.SUBMITTING], S.REJECTED, reason="not_offered")
            return
        try:
            remote_id = await service.flavours[check.flavour].create(check, body)
        except errors.NotSentError as error:
            await self._wait(task, error, self._backoff(task.attempts))
        except errors.BusyError as error:
            seconds = BUSY_WAIT if error.seconds is None else error.seconds
            await self._wait(task, error, seconds)
        except errors.RefusedError as error:
            if isinstance(error, errors.KeyRefusedError):
                await self._ctx.key_health.key_refused(task.service)
            await self._ctx.ledger.give_back(
                task, [S.SUBMITTING], S.REJECTED, reason=error.reason, text=error.text
            )
        except errors.UnclearError:
            await self._unconfirmed(task, "unclear")
        else:
            # Should the database fail now, this line is what the money is found again by.
            log.info("taken", task=task.id, service=task.service, remote=remote_id)
            await self._submitted(task, remote_id)

    async def _submitted(self, task: Task, remote_id: str) -> None:
        async with self._ctx.database.read() as connection:
            known = await tasks.remote_id_known(connection, task.service, remote_id)
        if known:
            await self._unconfirmed(task, "same_id")
            return
        now = self._ctx.clock.now()
        moved = self._ctx.ledger.move(
            task,
            [S.SUBMITTING],
            S.SUBMITTED,
            columns={
                "remote_id": remote_id,
                "submitted_at": now,
                "progress_at": now,
                "next_at": now,
                "attempts": 0,
            },
        )
        try:
            await moved
        except IntegrityError:  # two posts at once were given the same id
            await self._unconfirmed(task, "same_id")

    async def _wait(self, task: Task, error: errors.ServiceError, seconds: float) -> None:
        """Not taken, and nothing spent: try later, unless the person called it off meanwhile."""
        async with self._ctx.database.read() as connection:
            dropped = await tasks.is_dropped(connection, task.id)
        if dropped:
            await self._ctx.ledger.give_back(task, [S.SUBMITTING], S.CANCELLED)
            return
        await self._ctx.ledger.move(
            task,
            [S.SUBMITTING],
            S.CONFIRMED,
            reason=error.reason,
            columns={"next_at": self._ctx.clock.now() + seconds, "attempts": task.attempts + 1},
        )

    def _backoff(self, attempts: int) -> float:
        """Full jitter: anything up to a bound that doubles."""
        bound = min(FIRST_WAIT * 2 ** min(attempts, 10), LONGEST_WAIT)
        return self._ctx.rng.uniform(FIRST_WAIT / 2, bound)

    async def _unconfirmed(self, task: Task, reason: str) -> None:
        values = {"task": task.id, "service": task.service, "check": task.check_key}

        async def tell(connection: AsyncConnection) -> None:
            # In the same commit: after a crash nobody would find out that the note is missing.
            await self._ctx.key_health.note(connection, "owner-unconfirmed", values)

        await self._ctx.ledger.move(task, [S.SUBMITTING], S.UNCONFIRMED, reason=reason, also=tell)
