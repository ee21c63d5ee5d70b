"""Time for tests: it stands still, and jumps to the next sleeper when nothing else happens."""

import asyncio
import heapq
import itertools

NOON = 1_795_348_800.0  # 2026-11-22 12:00 UTC


class StoryClock:
    """A clock that a story moves. `sleep` ends when it was moved far enough."""

    def __init__(self, now: float = NOON) -> None:
        self._now = now
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self.stirred = 0  # grows whenever a sleep begins or ends

    def now(self) -> float:
        """Return the time in Unix seconds."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock was moved that far."""
        self.stirred += 1
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        done = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + seconds, next(self._numbers), done))
        await done
        self.stirred += 1

    def jump(self, seconds: float) -> None:
        """Move by `seconds` (backwards too), ending only the sleeps that are due."""
        self._now += seconds
        self._wake()

    def to_next_sleeper(self) -> bool:
        """Move to the moment the next sleeper waits for; return False if nothing sleeps."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        if not self._sleepers:
            return False
        self._now = max(self._now, self._sleepers[0][0])
        self._wake()
        return True

    def _wake(self) -> None:
        while self._sleepers and self._sleepers[0][0] <= self._now:
            done = heapq.heappop(self._sleepers)[2]
            if not done.done():
                done.set_result(None)
