"""The time the sandbox lives by, and the waiting for something to change in it."""

import asyncio
import contextlib
import time
from dataclasses import dataclass
from typing import Protocol


class Clock(Protocol):
    """What the sandbox asks of a clock; tests hand in one that they move themselves."""

    def now(self) -> float:
        """Tell the time in seconds since 1970-01-01 UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return when `seconds` have gone by on this clock."""
        ...


class RealClock:
    """The machine's own clock."""

    def now(self) -> float:
        """Tell the time in seconds since 1970-01-01 UTC."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Sleep for `seconds`."""
        await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class FastClock:
    """The machine's clock, `speed` times as fast since `began`; processes may share it."""

    began: float
    speed: float

    def now(self) -> float:
        """Tell the time in seconds since 1970-01-01 UTC."""
        return self.began + (time.time() - self.began) * self.speed

    async def sleep(self, seconds: float) -> None:
        """Sleep for `seconds` of this clock."""
        await asyncio.sleep(seconds / self.speed)


class MovableClock:
    """The machine's own clock, put forward by `offset` seconds; who sleeps that long wakes."""

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset
        self._moved = asyncio.Event()

    def now(self) -> float:
        """Tell the time in seconds since 1970-01-01 UTC."""
        return time.time() + self.offset

    async def sleep(self, seconds: float) -> None:
        """Return when `seconds` have gone by, or the clock was put forward that far."""
        until = self.now() + seconds
        await asyncio.sleep(0)
        while (left := until - self.now()) > 0:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._moved.wait()

    def move_to(self, offset: float) -> None:
        """Be so many seconds ahead of the machine from now on."""
        self.offset = offset
        self._moved.set()
        self._moved = asyncio.Event()


class Pulse:
    """Beats at each change in a world, and wakes whoever waits for one."""

    def __init__(self) -> None:
        self.beats = 0
        self._changed = asyncio.Event()

    def beat(self) -> None:
        """Say that something changed."""
        self.beats += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def next(self, within: float) -> bool:
        """Wait for the next beat, `within` real seconds at most; tell whether there was one."""
        changed = self._changed
        try:
            async with asyncio.timeout(within):
                await changed.wait()
        except TimeoutError:
            return False
        return True
