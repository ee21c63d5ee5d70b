"""The desk: what a check of a list would cost, its start, and the paid POST."""

import asyncio
import random
from dataclasses import dataclass

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from checking.catalogue import Catalogue, Check
from checking.clock import Clock
from checking.ledger import Ledger
from checking.services import errors
from checking.services.bulk import Service, balance
from checking.standing import Standing
from checking.worker import Crew
from storage import lists, tasks
from storage.database import Database
from storage.ids import new_id
from storage.lists import ListState
from storage.tasks import Task, TaskState

BALANCE_SECONDS = 3.0  # a person waits for it
BALANCE_FRESH_SECONDS = 30.0
SUBMISSIONS_AT_ONCE = 8
FIRST_WAIT, LONGEST_WAIT = 2.0, 300.0  # seconds between tries at a service that is down
BUSY_WAIT = 10.0  # after a 429 that doesn't say how long

S = TaskState
log = structlog.get_logger("desk")


@dataclass(frozen=True, slots=True)
class Offer:
    """A check as it stands on a list card. `paused`: its service refuses our key."""

    check: Check
    paused: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """What the person sees before Start. `checked_at`: when this list had this check before."""

    task: Task
    check: Check
    cost: float | None
    balance: float | None
    checked_at: float | None

    @property
    def problem(self) -> str | None:
        """Why it can't be started as things are: a key of texts."""
        if self.task.numbers < self.check.minimum:
            return "too_few"
        if self.task.numbers > self.check.maximum:
            return "too_large"
        return None


class Desk:
    """Takes lists to the services, and money only once for each *Start*."""

    def __init__(
        self,
        *,
        database: Database,
        catalogue: Catalogue,
        services: dict[str, Service],
        ledger: Ledger,
        standing: Standing,
        clock: Clock,
        rng: random.Random,
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._services = services
        self._ledger = ledger
        self._standing = standing
        self._clock = clock
        self._random = rng
        self._balances: dict[str, tuple[float, float | None]] = {}
        self.crew = Crew("submit", SUBMISSIONS_AT_ONCE, when_done=lambda: None)

    # What a person does

    async def offers(self) -> list[Offer]:
        """The checks that can be chosen, in the catalogue's order."""
        paused = await self._standing.paused()
        return [Offer(check, check.service in paused) for check in self._catalogue.offered()]

    async def quote(self, list_id: str, check_key: str) -> Quote | None:
        """Draft this check of this list; None when it can't be had (any more)."""
        check = next((c for c in self._catalogue.offered() if c.key == check_key), None)
        if check is None or check.service in await self._standing.paused():
            return None
        async with self._database.write() as connection:
            found = await lists.get(connection, self._database.vault, list_id)
            if found is None or found.state is not ListState.READY:
                return None
            task_id = await tasks.draft(
                connection,
                task_id=new_id(),
                list_id=list_id,
                check_key=check.key,
                service=check.service,
                now=self._clock.now(),
            )
            task = await tasks.get(connection, self._database.vault, task_id)
            checked_at = await lists.checked_before(connection, list_id, check.key)
        assert task is not None
        return Quote(
            task=task,
            check=check,
            cost=check.cost(task.numbers),
            balance=await self._balance(check.service),
            checked_at=checked_at,
        )

    async def start(self, task: Task) -> bool:
        """The person said Start. False when it was said already, or the list is gone."""
        taken = False

        async def take_list(connection: AsyncConnection) -> None:
            nonlocal taken
            taken = await lists.move(
                connection, task.list_id, (ListState.READY,), ListState.WORKING
            )
            if not taken:
                raise _NotReadyError

        now = self._clock.now()
        try:
            return await self._ledger.move(
                task,
                [S.DRAFT],
                S.CONFIRMED,
                also=take_list,
                columns={"started_at": now, "next_at": now},
            )
        except _NotReadyError:
            return False

    async def cancel(self, task: Task) -> bool:
        """Drop a task that was not posted, or whose posting is unclear. The list stays."""
        return await self._give_back(task, [S.CONFIRMED, S.UNCONFIRMED], S.CANCELLED)

    async def send_again(self, task: Task) -> bool:
        """The person wants an unclear task posted again, knowing that it may cost twice."""
        now = self._clock.now()
        return await self._ledger.move(task, [S.UNCONFIRMED], S.CONFIRMED, columns={"next_at": now})

    async def look_again(self, task: Task) -> bool:
        """The person wants an expired task followed once more."""
        now = self._clock.now()
        return await self._ledger.move(
            task,
            [S.EXPIRED],
            S.PROCESSING,
            columns={"progress_at": now, "next_at": now, "attempts": 0},
        )

    # What the loop does

    async def recover(self) -> None:
        """At a start: what was being posted when the last process ended can't be known."""
        async with self._database.read() as connection:
            left = await tasks.in_state(connection, self._database.vault, S.SUBMITTING)
        for task in left:
            await self._unconfirmed(task, "interrupted")

    async def step(self) -> float | None:
        """Post what is confirmed and due; give the time of the next."""
        async with self._database.read() as connection:
            due = await tasks.due(
                connection,
                self._database.vault,
                [S.CONFIRMED],
                self._clock.now(),
                limit=self.crew.free,
            )
        for task in due:
            # Written before the POST: a crash from here on means "maybe paid".
            if await self._ledger.move(task, [S.CONFIRMED], S.SUBMITTING):
                self.crew.start(task.id, self._submit(task))
        if not self.crew.free:
            return None
        async with self._database.read() as connection:
            return await tasks.next_due_at(connection, [S.CONFIRMED])

    async def _submit(self, task: Task) -> None:
        check = self._catalogue.get(task.check_key)
        service = self._services.get(task.service)
        numbers = await self._numbers(task)
        if check is None or service is None or numbers is None:
            await self._give_back(task, [S.SUBMITTING], S.REJECTED, reason="not_offered")
            return
        try:
            remote_id = await service.flavours[check.flavour].create(check, numbers)
        except errors.NotSentError as error:
            await self._wait(task, error, self._backoff(task.attempts))
        except errors.BusyError as error:
            seconds = BUSY_WAIT if error.seconds is None else error.seconds
            await self._wait(task, error, seconds)
        except errors.RefusedError as error:
            if isinstance(error, errors.KeyRefusedError):
                await self._standing.key_refused(task.service)
            await self._give_back(
                task, [S.SUBMITTING], S.REJECTED, reason=error.reason, text=error.text
            )
        except errors.UnclearError:
            await self._unconfirmed(task, "unclear")
        else:
            await self._submitted(task, remote_id)

    async def _numbers(self, task: Task) -> bytes | None:
        async with self._database.read() as connection:
            sealed = await lists.sealed(connection, task.list_id, "body")
        if sealed is None:
            return None
        return await asyncio.to_thread(self._database.vault.open, sealed, "lists.body")

    async def _submitted(self, task: Task, remote_id: str) -> None:
        async with self._database.read() as connection:
            known = await tasks.remote_id_known(connection, task.service, remote_id)
        if known:
            await self._unconfirmed(task, "same_id")
            return
        now = self._clock.now()

        async def erase(connection: AsyncConnection) -> None:
            await lists.erase_body(connection, task.list_id)

        await self._ledger.move(
            task,
            [S.SUBMITTING],
            S.SUBMITTED,
            also=erase,
            columns={
                "remote_id": remote_id,
                "submitted_at": now,
                "progress_at": now,
                "next_at": now,
                "attempts": 0,
            },
        )

    async def _wait(self, task: Task, error: errors.ServiceError, seconds: float) -> None:
        await self._ledger.move(
            task,
            [S.SUBMITTING],
            S.CONFIRMED,
            reason=error.reason,
            columns={"next_at": self._clock.now() + seconds, "attempts": task.attempts + 1},
        )

    def _backoff(self, attempts: int) -> float:
        """Full jitter: anything up to a bound that doubles."""
        bound = min(FIRST_WAIT * 2 ** min(attempts, 10), LONGEST_WAIT)
        return self._random.uniform(FIRST_WAIT / 2, bound)

    async def _unconfirmed(self, task: Task, reason: str) -> None:
        if await self._ledger.move(task, [S.SUBMITTING], S.UNCONFIRMED, reason=reason):
            await self._standing.tell_owners(
                "owner-unconfirmed",
                {"task": task.id, "service": task.service, "check": task.check_key},
            )

    async def _give_back(
        self,
        task: Task,
        was: list[TaskState],
        became: TaskState,
        reason: str | None = None,
        text: str = "",
    ) -> bool:
        """End the task for free, and let the person choose another check for the list."""

        async def list_back(connection: AsyncConnection) -> None:
            await lists.move(connection, task.list_id, (ListState.WORKING,), ListState.READY)
            # The task's card goes on to show why; a tap on it brings the list card back.
            await lists.put(connection, task.list_id, shown=ListState.READY)

        return await self._ledger.move(
            task,
            was,
            became,
            reason=reason,
            text=text,
            also=list_back,
            columns={"finished_at": self._clock.now()},
        )

    async def _balance(self, name: str) -> float | None:
        now = self._clock.now()
        asked_at, value = self._balances.get(name, (0.0, None))
        if abs(now - asked_at) < BALANCE_FRESH_SECONDS:
            return value
        try:
            async with asyncio.timeout(BALANCE_SECONDS):
                value = await balance(self._services[name].http)
        except errors.KeyRefusedError:
            await self._standing.key_refused(name)
            value = None
        except TimeoutError:
            value = None
        self._balances[name] = (now, value)
        return value


class _NotReadyError(Exception):
    """The list is not ready (any more): undo the commit."""
