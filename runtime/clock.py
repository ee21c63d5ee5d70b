"""An injectable clock: a test lets two hours pass at once."""

import asyncio
import time
from typing import Protocol


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
