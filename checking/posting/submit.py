"""The paid POST: stored before it is sent, and never repeated automatically.

nothing was sent         -> confirmed, retried with jitter; so is what the last look held back
a 500 of the service's own -> the same, a few times; then rejected, as it is free
429                      -> confirmed, not before the time that the service names
a clear 4xx              -> rejected; free, and the list stays available
2xx with a task id       -> submitted; the id is kept in a file until the database has it
anything else, or a crash -> unconfirmed: only the person may submit it again
"""

import asyncio
import contextlib
import itertools
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Unpack

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from checking import numbers
from checking.context import TaskContext, TaskWork
from checking.posting.last_look import LastLook
from checking.services import errors
from checking.services.bulk import Amount
from runtime.backoff import Backoff
from runtime.clock import since_boot
from runtime.due_loop import Name
from storage.database import LostLeaseError
from storage.people import usage
from storage.records.answers import Answer, Answers
from storage.tasks import due_tasks, tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Changes, Task

SUBMISSIONS_AT_ONCE = 8
BACKOFF = Backoff(first=2.0, longest=300.0)  # between attempts while a service is down
BROKEN_TRIES, BROKEN_BACKOFF = 5, Backoff(first=15.0, longest=600.0)  # 500s in a row, and between
STORING = Backoff(first=1.0, longest=30.0)  # while the database refuses what came of a POST
STORING_TRIES = 10
BUSY_WAIT = 10.0  # after a 429 that doesn't say how long

S = TaskState
IN_FLIGHT = (S.SUBMITTING, S.UNCONFIRMED)
"""Where a task may be when its POST is answered: others may have found it interrupted."""
Outcome = Callable[[], Awaitable[None]]
"""Stores what came of a POST; may be repeated."""

log = structlog.get_logger("submit")


class Submitter(TaskWork):
    """Moves confirmed tasks to submitted, and pays only once for each *Start*."""

    states = (S.CONFIRMED,)

    def __init__(
        self,
        ctx: TaskContext,
        answers: Answers,
        since_boot: Callable[[], float] = since_boot,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(ctx, "submit", SUBMISSIONS_AT_ONCE)
        self._answers = answers
        self._look = LastLook(ctx.database, since_boot, monotonic)
        self._slept_before: dict[str, float] = {}  # until the first byte may leave; by task id

    async def recover(self) -> None:
        """Read the answers that the last process could not store."""
        await asyncio.to_thread(self._answers.load)

    async def due(self, now: float, limit: int, busy: Collection[Name], /) -> list[Task]:
        """Return the due tasks, after those whose POST was interrupted became unconfirmed."""
        # A task in `submitting` without a job: the last process, or a job, ended during its POST,
        # and whether the service accepted it can't be known.
        running = set(self.loop.pool.keys())
        for answer in self._answers.waiting():
            if answer.task_id not in running:
                await self._store(answer)
        answered = {answer.task_id for answer in self._answers.waiting()}
        async with self._ctx.database.read() as connection:
            vault = self._ctx.database.vault
            posting = await due_tasks.in_state(connection, vault, S.SUBMITTING)
        ours = await self._ctx.database.claims.take("service", {task.service for task in posting})
        for task in posting:
            if task.service in ours and task.id not in running | answered:
                await self._unconfirmed(task, "interrupted")
        return await super().due(now, limit, busy)

    async def begin(self, tasks: Sequence[Task], now: float, /) -> list[Task]:
        """Store the intent before the POST: a crash from here on means "maybe paid"."""
        del now
        begun, slept = [], self._look.slept()
        for task in tasks:
            posted = replace(task, posts=task.posts + 1)
            if await self._ctx.ledger.move(
                task,
                [S.CONFIRMED],
                S.SUBMITTING,
                at_post=task.posts,
                posts=posted.posts,
                balance_before=None,
                balance_after=None,
            ):
                begun.append(posted)
                self._slept_before[task.id] = slept
        return begun

    async def work(self, task: Task, /) -> None:
        """Submit the list, and store what came of it."""
        try:
            store = await self._post(task)
        except asyncio.CancelledError:  # this process ends
            if task.id in self._slept_before:
                await self._kept(task, None)
            raise
        finally:
            self._slept_before.pop(task.id, None)
        for tries in itertools.count():
            try:
                await store()
                break
            except SQLAlchemyError as error:
                if tries == STORING_TRIES:
                    raise
                why = type(error).__name__
                log.warning("outcome not stored", task=task.id, service=task.service, why=why)
                await self._ctx.clock.sleep(STORING.seconds(tries))

    async def _post(self, task: Task) -> Outcome:
        """Post the list; return what is to be stored then. Known outcomes outlive the database."""

        async def last_look() -> bool:
            if may_leave := await self._look.may_leave(task, self._slept_before[task.id]):
                del self._slept_before[task.id]
            return may_leave

        pause = BACKOFF.jittered(task.attempts, self._ctx.rng)
        try:
            client = self._ctx.client_of(task)
            body = await numbers.upload_of(self._ctx.database, task)
            if client is None or body is None:
                reason = "not_offered" if client is None else "numbers_gone"
                return partial(self._give_back, task, S.REJECTED, reason=reason)
            # It tells later what an unclear POST most likely did.
            before = await self._ctx.balances.of(task.service)
            noted = None if before is None else str(before)
            await self._ctx.ledger.put(task, balance_before=noted)
            check, service = client
            created = await service.create(check, body, last_look)
        except (SQLAlchemyError, LostLeaseError):  # before the POST: it raises others
            return partial(self._wait, task, errors.HeldBackError(), pause)
        except errors.NotSentError as error:
            return partial(self._wait, task, error, pause)
        except errors.BusyError as error:
            seconds = BUSY_WAIT if error.seconds is None else error.seconds
            return partial(self._wait, task, error, seconds)
        except errors.BrokenError as error:
            pause = BROKEN_BACKOFF.jittered(task.in_a_row, self._ctx.rng)
            return partial(self._wait, task, error, pause)
        except errors.RefusedError as error:
            return partial(self._refused, task, error)
        except errors.UnclearError:
            return partial(self._unconfirmed, task, "unclear")
        log.info("list submitted", task=task.id, service=task.service, remote=created.remote_id)
        return partial(self._store, await self._kept(task, created.remote_id), created.estimated)

    async def _kept(self, task: Task, remote_id: str | None) -> Answer:
        answer = Answer(task.id, task.posts, task.service, remote_id)
        try:
            await asyncio.to_thread(self._answers.keep, answer)
        except OSError as error:
            why = type(error).__name__
            log.warning("answer kept in memory only", task=task.id, remote=remote_id, why=why)
        return answer

    async def _store(self, answer: Answer, estimated: Amount | None = None) -> None:
        """Bring a kept answer into the database; what that refuses is tried again by each step."""
        try:
            await self._follow(answer, estimated)
        except SQLAlchemyError as error:
            why, remote = type(error).__name__, answer.remote_id
            log.warning("answer not stored", task=answer.task_id, remote=remote, why=why)
            return
        with contextlib.suppress(OSError):  # it is read once more, then, and changes nothing
            await asyncio.to_thread(self._answers.forget, answer)

    async def _follow(self, answer: Answer, estimated: Amount | None) -> None:
        """Follow the task that the service named, or tell the owners that nobody does.

        The POST may have been taken for interrupted meanwhile: its id decides that, also while a
        second POST waits. Once that was sent, or the check was dropped, the id is nobody's.
        """
        async with self._ctx.database.read() as connection:
            task = await tasks.get(connection, self._ctx.database.vault, answer.task_id)
            remote = answer.remote_id
            known = remote and await tasks.remote_id_known(connection, answer.service, remote)
        if remote is None:
            if task is not None:
                posted = replace(task, posts=answer.posts)
                await self._wait(posted, errors.HeldBackError(), 0.0, is_kept=True)
            return
        if task is not None and task.remote_id == remote:
            return  # it was stored, and only not forgotten
        if task is not None and known:
            await self._unconfirmed(replace(task, posts=answer.posts), "same_id")
            return
        now = self._ctx.clock.now()
        if task is not None and await self._ctx.ledger.move(
            task,
            [*IN_FLIGHT, S.CONFIRMED],
            S.SUBMITTED,
            at_post=answer.posts,
            also=self._ctx.estimate(task, estimated),
            remote_id=remote,
            submitted_at=now,
            progress_at=now,
            next_at=now,
            attempts=0,
            in_a_row=0,
            estimated_millionths=estimated.millionths if estimated else None,
            amount_currency=estimated.currency if estimated else None,
        ):
            return
        values = {"task": answer.task_id, "service": answer.service, "remote": remote}
        async with self._ctx.database.write() as connection:
            await self._ctx.key_health.note(connection, "owner-second-task", values)
        log.warning("paid task not followed", **values)
        self._ctx.ledger.wake_up.notify()

    async def _wait(
        self, task: Task, error: errors.ServiceError, seconds: float, *, is_kept: bool = False
    ) -> None:
        """Retry later, as nothing was charged; or cancel, if the person has asked for that.

        is_kept: It is told by a kept answer, which may be read once more: its number isn't used
            again, or it would be taken for the answer to a later POST.
        """
        async with self._ctx.database.read() as connection:
            dropped = await tasks.is_dropped(connection, task.id)
        # This try was free: the card's buttons still hold.
        before = task.posts if is_kept else task.posts - 1
        if dropped:
            await self._give_back(task, S.CANCELLED, posts=before)
            return
        broken = task.in_a_row + 1 if isinstance(error, errors.BrokenError) else 0
        if broken >= BROKEN_TRIES or self.is_overdue(task):
            await self._give_back(
                task, S.REJECTED, reason=error.reason, reason_text=error.text, posts=before
            )
            return
        try:
            await self._ctx.ledger.move(
                task,
                IN_FLIGHT,
                S.CONFIRMED,
                at_post=task.posts,
                also=partial(usage.clear, task_id=task.id),
                posts=before,
                reason=error.reason,
                next_at=self._ctx.clock.now() + seconds,
                attempts=task.attempts + 1,
                in_a_row=broken,
            )
        except LostLeaseError:  # others may call it unclear, and our next life knows better
            await self._kept(task, None)
            raise

    async def _refused(self, task: Task, error: errors.RefusedError) -> None:
        await self._ctx.heed(task, error)
        await self._give_back(task, S.REJECTED, reason=error.reason, reason_text=error.text)

    async def _give_back(self, task: Task, became: S, **changes: Unpack[Changes]) -> None:
        give_back = self._ctx.ledger.give_back
        await give_back(task, IN_FLIGHT, became, at_post=task.posts, is_free=True, **changes)

    async def _unconfirmed(self, task: Task, reason: str) -> None:
        values = {"task": task.id, "service": task.service, "check": task.check_key}
        values["posts"] = str(task.posts)

        async def tell(connection: AsyncConnection) -> None:
            # In the same commit: after a crash the missing note would not be noticed.
            await self._ctx.key_health.note(connection, "owner-unconfirmed", values)

        after = await self._ctx.balance_after(task)
        await self._ctx.ledger.move(
            task,
            [S.SUBMITTING],
            S.UNCONFIRMED,
            at_post=task.posts,
            posts=max(task.posts, 1),  # of a backup: it may have been posted since
            reason=reason,
            also=tell,
            balance_after=None if after is None else str(after),
        )
