"""The loop of due work: what is begun, in which order, and what happens to a deadly job."""

import asyncio
from collections.abc import Collection, Generator, Iterable, Sequence
from contextlib import contextmanager

import pytest

from runtime.due_loop import CLAIM_AGAIN_SECONDS, DueLoop, DueWork, Kind, Name
from runtime.wake_up import WakeUp
from tests.support.clocks import StoryClock


class Work(DueWork[str]):
    """Jobs are strings that start with the name of their chat."""

    claimed = "chat"

    def __init__(self, *jobs: str) -> None:
        self.waiting = list(jobs)
        self.begun: list[str] = []
        self.aside: list[str] = []
        self.go_on = asyncio.Event()
        self.fails = False
        self.next_at: float | None = None

    def key(self, job: str, /) -> str:
        """Return the job as its own key."""
        return job

    def claim(self, job: str, /) -> str:
        """Return the first word of the job."""
        return job.split(maxsplit=1)[0]

    async def due(self, now: float, limit: int, busy: Collection[Name], /) -> list[str]:
        """Return the jobs that were not begun."""
        del now
        left = [job for job in self.waiting if job not in self.begun]
        return [job for job in left if self.whose(job) not in busy][:limit]

    async def next_due_at(self, busy: Collection[Name], /) -> float | None:
        """Return the time that the test has set."""
        del busy
        return self.next_at

    async def work(self, job: str, /) -> None:
        """Wait until the test lets the job end."""
        self.begun.append(job)
        await self.go_on.wait()
        if self.fails:
            raise ZeroDivisionError

    async def set_aside(self, job: str, /) -> None:
        """Record the job."""
        self.waiting.remove(job)
        self.aside.append(job)


class Claims:
    """Claims of this replica; `held` is what it holds now."""

    def __init__(self, *others: str) -> None:
        self.others = set(others)
        self.held: list[Name] = []

    async def take(self, kind: Kind, names: Iterable[Name]) -> set[Name]:
        """Return all keys but those of other replicas."""
        del kind
        return set(names) - self.others

    @contextmanager
    def holding(self, kind: Kind, name: Name) -> Generator[None]:
        """Record the key while it is held."""
        del kind
        self.held.append(name)
        yield
        self.held.remove(name)


class Strikes:
    """Work that was begun and not ended; `deadly` are the jobs given up."""

    def __init__(self, *deadly: str) -> None:
        self.deadly = set(deadly)
        self.open: list[str] = []

    async def begin(self, keys: Sequence[str]) -> set[str]:
        """Record what is begun."""
        self.open += keys
        return self.deadly & set(keys)

    async def end(self, key: str) -> None:
        """Record what ended."""
        self.open.remove(key)


def loop_of(
    work: Work, *, at_once: int = 2, claims: Claims | None = None, strikes: Strikes | None = None
) -> DueLoop[str]:
    """Return a due loop around the work, on a clock that stands still."""
    return DueLoop(
        "test",
        work,
        at_once=at_once,
        clock=StoryClock(),
        claims=claims or Claims(),
        wake_up=WakeUp(),
        strikes=strikes,
    )


async def test_no_more_at_once_than_may() -> None:
    """Protects the machine, and the order: the third job begins once one of the two has ended."""
    work = Work("a 1", "b 1", "c 1")
    loop = loop_of(work)
    assert await loop.step() is None
    await asyncio.sleep(0)
    assert work.begun == ["a 1", "b 1"]
    work.go_on.set()
    await loop.pool.drain(1)
    assert await loop.step() is None
    assert work.begun == ["a 1", "b 1"]  # a drained pool begins nothing


async def test_one_chat_leaves_slots_to_the_others() -> None:
    """Protects everybody from a chat with much to bring: it gets two slots, and nobody waits."""
    work = Work(*(f"a {n}" for n in range(9)), "b 1", "b 2", "b 3", "c 1")
    loop = loop_of(work, at_once=5)
    steps = [await loop.step() for _ in range(3)]
    await asyncio.sleep(0)
    assert work.begun == ["a 0", "a 1", "b 1", "b 2", "c 1"]
    assert steps == [loop._clock.now(), loop._clock.now(), None]
    work.go_on.set()
    await loop.pool.drain(1)


async def test_what_another_replica_has_is_left_to_it() -> None:
    """Protects against doing work twice: ours is held, that of others is looked for again soon."""
    claims = Claims("b")
    work = Work("a 1", "b 1")
    loop = loop_of(work, claims=claims)
    at = await loop.step()
    assert at is not None
    assert at == loop._clock.now() + CLAIM_AGAIN_SECONDS
    await asyncio.sleep(0)
    assert (work.begun, claims.held) == (["a 1"], ["a"])
    work.go_on.set()
    await loop.pool.drain(1)
    assert claims.held == []


@pytest.mark.parametrize("fails", [False, True], ids=["done", "broken"])
async def test_a_strike_stands_while_work_goes_on(fails: bool) -> None:  # noqa: FBT001 - a case
    """Protects the next life: exactly the work in progress at a death is known."""
    strikes = Strikes()
    work = Work("a 1")
    work.fails = fails
    loop = loop_of(work, strikes=strikes)
    await loop.step()
    await asyncio.sleep(0)
    assert (work.begun, strikes.open) == (["a 1"], ["a 1"])
    work.go_on.set()
    await loop.pool.drain(1)
    assert strikes.open == []


async def test_a_deadly_job_is_set_aside() -> None:
    """Protects everybody else from a job that kills the program each time it is begun."""
    work = Work("a 1", "b 1")
    loop = loop_of(work, strikes=Strikes("a 1"))
    await loop.step()
    await asyncio.sleep(0)
    assert (work.aside, work.begun) == (["a 1"], ["b 1"])
    work.go_on.set()
    await loop.pool.drain(1)
