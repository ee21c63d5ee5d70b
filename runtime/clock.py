"""An injectable clock: a test lets two hours pass at once."""

import asyncio
import time
from typing import Protocol

# It goes on while the machine sleeps, unlike Python's monotonic clock on Linux and macOS.
_THROUGH_SLEEP = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class Clock(Protocol):
    """The time, and a way to wait."""

    def now(self) -> float:
        """Return unix seconds, UTC."""

    async def sleep(self, seconds: float) -> None:
        """Wait that long."""


class SystemClock:
    """The system clock."""

    def now(self) -> float:
        """Return unix seconds, UTC."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Wait that long."""
        await asyncio.sleep(seconds)


def since_boot() -> float:
    """Return seconds since an arbitrary moment, those included in which the machine slept."""
    return time.clock_gettime(_THROUGH_SLEEP)
