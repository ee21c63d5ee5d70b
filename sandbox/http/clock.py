"""The clocks of the sandbox, and a signal for changes in it."""

import asyncio
import contextlib
import time
from dataclasses import dataclass
from typing import Protocol


class Clock(Protocol):
    """What the sandbox needs of a clock; tests pass one that they move themselves."""

    def now(self) -> float:
        """Return the time in Unix seconds."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return when `seconds` have passed on this clock."""
        ...


class RealClock:
    """The system clock."""

    def now(self) -> float:
        """Return the time in Unix seconds."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Sleep for `seconds`."""
        await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class FastClock:
    """The system clock, `speed` times as fast since `began`; processes may share it."""

    began: float
    speed: float

    def now(self) -> float:
        """Return the time in Unix seconds."""
        return self.at(time.time())

    def at(self, real: float) -> float:
        """Return the time of this clock at a time of the system clock."""
        return self.began + (real - self.began) * self.speed

    async def sleep(self, seconds: float) -> None:
        """Sleep for `seconds` of this clock."""
        await asyncio.sleep(seconds / self.speed)


class MovableClock:
    """The system clock plus `offset` seconds; moving it wakes sleepers that are due."""

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset
        self._moved = asyncio.Event()

    def now(self) -> float:
        """Return the time in Unix seconds."""
        return time.time() + self.offset

    async def sleep(self, seconds: float) -> None:
        """Return when `seconds` have passed or the clock was moved that far."""
        until = self.now() + seconds
        await asyncio.sleep(0)
        while (left := until - self.now()) > 0:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._moved.wait()

    def move_to(self, offset: float) -> None:
        """Set the offset from the system clock, in seconds."""
        self.offset = offset
        self._moved.set()
        self._moved = asyncio.Event()


class Pulse:
    """Beats at each change in a world and wakes the tasks that wait for one."""

    def __init__(self) -> None:
        self.beats = 0
        self._changed = asyncio.Event()

    def beat(self) -> None:
        """Signal a change."""
        self.beats += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def next(self, within: float) -> bool:
        """Wait for the next beat, at most `within` real seconds; return True if there was one."""
        changed = self._changed
        try:
            async with asyncio.timeout(within):
                await changed.wait()
        except TimeoutError:
            return False
        return True
