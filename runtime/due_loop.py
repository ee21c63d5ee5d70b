"""One loop for all due work: select, claim, begin, run with bounded concurrency, sleep."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Awaitable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from contextvars import ContextVar
from typing import Generic, Literal, Protocol, TypeVar

from runtime.clock import Clock
from runtime.finishing import finished
from runtime.wake_up import WakeUp
from runtime.worker import Worker, WorkerPool

CLAIM_AGAIN_SECONDS = 1.0
"""Delay before the next try to claim jobs that another process holds."""
SLOTS_OF_EACH = 2
"""How many jobs of one chat, service or person run at a time: the other slots are for others."""

LONGEST_IN_A_SLOT = 5.0
"""Seconds for which a job may wait as others ask; else it gives up its slot, and is due later."""

has_slot: ContextVar[bool] = ContextVar("has_slot", default=False)
"""Whether the caller holds a slot of a loop, which others wait for."""

Job = TypeVar("Job")
Kind = Literal["chat", "service"]
Name = str | int


class Claims(Protocol):
    """Exclusive claims on chats and services; see `storage.engines.claims`."""

    def take(self, kind: Kind, names: Iterable[Name]) -> Awaitable[set[Name]]:
        """Claim `names`; return those that this process holds now."""

    def holding(self, kind: Kind, name: Name) -> AbstractContextManager[None]:
        """Keep a claim while the block runs."""


class Strikes(Protocol):
    """Counts of jobs that began and never ended because the process died."""

    async def begin(self, keys: Sequence[str]) -> set[str]:
        """Record that these jobs begin; return the keys that have too many strikes."""

    async def end(self, key: str) -> None:
        """Record that a job ended without killing the process."""


class DueWork(ABC, Generic[Job]):
    """A kind of due jobs, and how to do one."""

    claimed: Kind
    """The kind of claim that a job needs: its chat, or its service."""

    @abstractmethod
    def key(self, job: Job, /) -> str:
        """Return the job's key; of each key one job runs at a time."""

    @abstractmethod
    def claim(self, job: Job, /) -> Name:
        """Return the chat or service to claim for a job."""

    def whose(self, job: Job, /) -> Name:
        """Return whose job it is: of each at most `SLOTS_OF_EACH` run at a time."""
        return self.claim(job)

    @abstractmethod
    async def due(self, now: float, limit: int, busy: Collection[Name], /) -> Sequence[Job]:
        """Select at most `limit` due jobs that are not running, and none of those `busy`."""

    @abstractmethod
    async def next_due_at(self, busy: Collection[Name], /) -> float | None:
        """Return when the next job of others than `busy` is due, in unix seconds.

        None: not before a wake-up.
        """

    async def begin(self, jobs: Sequence[Job], now: float, /) -> Sequence[Job]:
        """Record that these jobs begin; return those to work on."""
        del now
        return jobs

    @abstractmethod
    async def work(self, job: Job, /) -> None:
        """Do a job. Errors are logged; the job is due again when its stored state says so."""

    async def set_aside(self, job: Job, /) -> None:
        """Give up a job during which the process died too often."""
        raise NotImplementedError


class DueLoop(Generic[Job]):
    """Runs due jobs, at most `at_once` concurrently, and sleeps until the next is due."""

    def __init__(
        self,
        name: str,
        work: DueWork[Job],
        *,
        at_once: int,
        clock: Clock,
        claims: Claims,
        wake_up: WakeUp,
        strikes: Strikes | None = None,
    ) -> None:
        self._work = work
        self._strikes = strikes
        self._clock = clock
        self._claims = claims
        self.worker = Worker(name, self.step, clock)
        self.pool = WorkerPool(name, at_once, when_done=self.worker.wake)
        self._whose: dict[object, Name] = {}  # the running jobs, by their key
        wake_up.subscribe(self.worker.wake)

    async def step(self) -> float | None:
        """Begin the due jobs; return when the next is due."""
        now = self._clock.now()
        found = await self._work.due(now, self.pool.free, self._busy())
        names = {self._work.claim(job) for job in found}
        ours = await self._claims.take(self._work.claimed, names) if names else set()
        claimed = [job for job in found if self._work.claim(job) in ours]
        chosen = self._chosen(claimed)
        if chosen:
            await self._begin(chosen, now)
        if not self.pool.free:
            return None  # the end of a job wakes the loop
        if chosen and len(chosen) < len(claimed):
            return now  # the jobs of one may have hidden those of others
        at = await self._work.next_due_at(self._busy())
        if len(claimed) < len(found):
            again = self._clock.now() + CLAIM_AGAIN_SECONDS
            return again if at is None else min(at, again)
        return at

    def _slots(self) -> Counter[Name]:
        """Count the slots that each has now."""
        self._whose = {key: self._whose[key] for key in self.pool.keys()}  # noqa: SIM118
        return Counter(self._whose.values())

    def _busy(self) -> list[Name]:
        """Return those who have as many as each may."""
        return [name for name, slots in self._slots().items() if slots >= SLOTS_OF_EACH]

    def _chosen(self, jobs: Sequence[Job]) -> list[Job]:
        slots, chosen = self._slots(), []
        for job in jobs:
            slots[self._work.whose(job)] += 1
            if slots[self._work.whose(job)] <= SLOTS_OF_EACH:
                chosen.append(job)
        return chosen

    async def _begin(self, jobs: Sequence[Job], now: float) -> None:
        deadly: set[str] = set()
        if self._strikes is not None:
            deadly = await self._strikes.begin([self._work.key(job) for job in jobs])
        for job in jobs:
            if self._work.key(job) in deadly:
                await self._work.set_aside(job)
                if self._strikes is not None:
                    await self._strikes.end(self._work.key(job))
        harmless = [job for job in jobs if self._work.key(job) not in deadly]
        for job in await self._work.begin(harmless, now):
            self._whose[self._work.key(job)] = self._work.whose(job)
            self.pool.start(self._work.key(job), self._run(job))

    async def _run(self, job: Job) -> None:
        has_slot.set(True)  # for this job's own task
        with self._claims.holding(self._work.claimed, self._work.claim(job)):
            try:
                await self._work.work(job)
            finally:
                if self._strikes is not None:
                    await finished(self._strikes.end(self._work.key(job)))
