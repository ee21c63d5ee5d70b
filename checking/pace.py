"""Doing things not faster than so many in a time, by an injected clock."""

from checking.clock import Clock


class Bucket:
    """`burst` at once, then one each `every` seconds. Waiters are served in order."""

    def __init__(self, clock: Clock, every: float, burst: int = 1) -> None:
        self._clock = clock
        self._every = every
        self._burst = burst
        self._free_at = 0.0  # when the bucket is full again, in unix seconds

    def wait(self) -> float:
        """Seconds until the next one may be taken."""
        now = self._clock.now()
        # A clock that was set back must not make everybody wait for the time it lost.
        self._free_at = min(self._free_at, now + self._every * (self._burst + 1))
        return max(self._free_at - (self._burst - 1) * self._every - now, 0.0)

    def take(self) -> None:
        """Take one now; ask `wait` first."""
        self._free_at = max(self._free_at, self._clock.now()) + self._every

    async def turn(self) -> None:
        """Wait until one may be taken, and take it."""
        while (seconds := self.wait()) > 0:
            await self._clock.sleep(seconds)
        self.take()
