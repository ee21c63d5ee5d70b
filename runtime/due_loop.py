"""One loop for all work that falls due: select, claim, begin, work within bounds, wait."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Generic, Literal, Protocol, TypeVar

from runtime.clock import Clock
from runtime.wake_up import WakeUp
from runtime.worker import Worker, WorkerPool

CLAIM_AGAIN_SECONDS = 1.0
"""Until we look again for what could not be claimed yet."""

Job = TypeVar("Job")
Kind = Literal["chat", "service"]
Name = str | int


class Claims(Protocol):
    """What this process alone works on; see `storage.engines.claims`."""

    def take(self, kind: Kind, names: Iterable[Name]) -> Awaitable[set[Name]]:
        """Claim what nobody has; gives those of `names` that are ours from now on."""

    def holding(self, kind: Kind, name: Name) -> AbstractContextManager[None]:
        """Ours is not given away while the block runs."""


class Strikes(Protocol):
    """What was begun and never ended, because the process died in the middle of it."""

    async def begin(self, keys: Sequence[str]) -> set[str]:
        """Write down that these are begun; gives those that were at work at too many deaths."""

    async def end(self, key: str) -> None:
        """This one ended, and nobody died of it."""


class DueWork(ABC, Generic[Job]):
    """What is due, and what is done about it."""

    claimed: Kind
    """What has to be ours to work on a job: its chat, or its service."""

    @abstractmethod
    def key(self, job: Job, /) -> str:
        """Tell jobs apart: one of a key runs at a time."""

    @abstractmethod
    def claim(self, job: Job, /) -> Name:
        """The chat or the service of a job."""

    @abstractmethod
    async def due(self, now: float, limit: int, /) -> Sequence[Job]:
        """Select at most `limit` jobs whose time has come, without those that are running."""

    @abstractmethod
    async def next_due_at(self) -> float | None:
        """When the next job is due, in unix seconds; None: not before something happens."""

    async def begin(self, jobs: Sequence[Job], now: float, /) -> Sequence[Job]:
        """Write down that these are begun; gives those that still may be worked on."""
        del now
        return jobs

    @abstractmethod
    async def work(self, job: Job, /) -> None:
        """Do it. What it raises is logged, and the job is due again as it is stored."""

    async def set_aside(self, job: Job, /) -> None:
        """Give it up: whole processes died while they worked on it."""
        raise NotImplementedError


class DueLoop(Generic[Job]):
    """Begins what is due, `at_once` jobs side by side, and sleeps until the next is."""

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
        wake_up.subscribe(self.worker.wake)

    async def step(self) -> float | None:
        """Begin the jobs that are due; give the time of the next."""
        now = self._clock.now()
        found = await self._work.due(now, self.pool.free)
        names = {self._work.claim(job) for job in found}
        ours = await self._claims.take(self._work.claimed, names) if names else set()
        mine = [job for job in found if self._work.claim(job) in ours]
        if mine:
            await self._begin(mine, now)
        if not self.pool.free:
            return None  # the end of a job wakes us
        at = await self._work.next_due_at()
        if len(mine) < len(found):
            again = self._clock.now() + CLAIM_AGAIN_SECONDS
            return again if at is None else min(at, again)
        return at

    async def _begin(self, jobs: Sequence[Job], now: float) -> None:
        deadly: set[str] = set()
        if self._strikes is not None:
            deadly = await self._strikes.begin([self._work.key(job) for job in jobs])
        for job in jobs:
            if self._work.key(job) in deadly:
                await self._work.set_aside(job)
        harmless = [job for job in jobs if self._work.key(job) not in deadly]
        for job in await self._work.begin(harmless, now):
            self.pool.start(self._work.key(job), self._run(job))

    async def _run(self, job: Job) -> None:
        with self._claims.holding(self._work.claimed, self._work.claim(job)):
            try:
                await self._work.work(job)
            finally:
                if self._strikes is not None:
                    await self._strikes.end(self._work.key(job))
