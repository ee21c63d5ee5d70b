"""Time, handed in, so that a test can make two hours pass at once."""

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """What the program asks of time."""

    def now(self) -> float:
        """Unix seconds, UTC."""

    async def sleep(self, seconds: float) -> None:
        """Come back after that long."""


class SystemClock:
    """The machine's own time."""

    def now(self) -> float:
        """Unix seconds, UTC."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Come back after that long."""
        await asyncio.sleep(seconds)
