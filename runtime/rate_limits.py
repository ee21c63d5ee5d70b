"""Rate limits, by an injected clock."""

import asyncio
from collections import deque

from runtime.clock import Clock


class TokenBucket:
    """A burst of `burst` at once, then one every `every` seconds."""

    def __init__(self, clock: Clock, every: float, burst: int = 1) -> None:
        self._clock = clock
        self._whole_every = self._every = every
        self._whole_burst = self._burst = burst
        self._free_at = 0.0  # when the bucket is full again, in unix seconds

    def share(self, part: float) -> None:
        """Use only this fraction of the limit; other replicas use the rest."""
        self._every = self._whole_every / part
        self._burst = max(int(self._whole_burst * part), 1)

    def wait(self) -> float:
        """Return the seconds until the next one may be taken."""
        now = self._clock.now()
        # A clock that was set back must not add the lost time to the wait.
        self._free_at = min(self._free_at, now + self._every * (self._burst + 1))
        return max(self._free_at - (self._burst - 1) * self._every - now, 0.0)

    @property
    def idle(self) -> bool:
        """True if the whole burst is available."""
        return self._free_at <= self._clock.now()

    def take(self) -> None:
        """Take one now; call `wait` first."""
        self._free_at = max(self._free_at, self._clock.now()) + self._every


class SlidingWindow:
    """At most `most` in any period of `seconds`."""

    def __init__(self, clock: Clock, most: int, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._most = most
        self._taken: deque[float] = deque(maxlen=most)

    def share(self, part: float) -> None:
        """Use only this fraction of the limit; other replicas use the rest."""
        most = max(int(self._most * part), 1)
        if most != self._taken.maxlen:
            self._taken = deque(self._taken, most)

    def wait(self) -> float:
        """Return the seconds until the next one may be taken."""
        now = self._clock.now()
        if self._taken and self._taken[-1] > now:
            # The clock was set back: count them as taken now; one whole period is enough.
            self._taken = deque((min(at, now) for at in self._taken), self._taken.maxlen)
        if len(self._taken) < (self._taken.maxlen or 0):
            return 0.0
        return max(self._seconds - (now - self._taken[0]), 0.0)

    @property
    def idle(self) -> bool:
        """True if nothing was taken in the last period."""
        return not self._taken or self._taken[-1] + self._seconds <= self._clock.now()

    def take(self) -> None:
        """Take one now; call `wait` first."""
        self._taken.append(self._clock.now())

    @property
    def taken(self) -> int:
        """The number taken in the last period."""
        since = self._clock.now() - self._seconds
        return sum(at > since for at in self._taken)


class Hold:
    """A pause that was asked for: nothing until it is over."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seconds = 0.0
        self._until = 0.0  # in unix seconds

    def set(self, seconds: float) -> None:
        """Hold for so many seconds from now."""
        self._seconds = seconds
        self._until = self._clock.now() + seconds

    def wait(self) -> float:
        """Return the seconds until it is over."""
        now = self._clock.now()
        # A clock that was set back must not add the lost time to the wait.
        self._until = min(self._until, now + self._seconds)
        return max(self._until - now, 0.0)

    @property
    def idle(self) -> bool:
        """True if it is over."""
        return not self.wait()

    def take(self) -> None:
        """Do nothing: it counts no calls."""


class RateLimiter:
    """Several limits at once. Waiters are served in order."""

    def __init__(self, clock: Clock, *limits: TokenBucket | SlidingWindow) -> None:
        self._clock = clock
        self._limits = limits
        self._turns = asyncio.Lock()  # the first waiter waits for time, the others for the lock

    async def turn(self) -> None:
        """Wait until every limit allows one, and take it."""
        async with self._turns:
            while (seconds := max(limit.wait() for limit in self._limits)) > 0:
                await self._clock.sleep(seconds)
            for limit in self._limits:
                limit.take()

    def share(self, part: float) -> None:
        """Use only this fraction of the limit; other replicas use the rest."""
        for limit in self._limits:
            limit.share(part)
