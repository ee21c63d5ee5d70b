"""Slots that people take in turns: who has much to do delays nobody else."""

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncGenerator, Hashable
from contextlib import asynccontextmanager


class Turns:
    """`slots` at once. One person takes at most all but one of them, and each a turn at a time."""

    def __init__(self, slots: int) -> None:
        self._slots = slots
        self._each = max(slots - 1, 1)
        self._running: Counter[Hashable] = Counter()
        self._waiting: OrderedDict[Hashable, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def turn(self, person: Hashable) -> AsyncGenerator[None]:
        """Wait for a slot, and hold it while the block runs."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(person, deque()).append(mine)
        self._fill()
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self._give_back(person)
            raise
        try:
            yield
        finally:
            self._give_back(person)

    def _give_back(self, person: Hashable) -> None:
        self._running[person] -= 1
        if not self._running[person]:
            del self._running[person]
        self._fill()

    def _fill(self) -> None:
        while self._running.total() < self._slots:
            person = next((p for p in self._waiting if self._running[p] < self._each), None)
            if person is None:
                return
            line = self._waiting.pop(person)
            while line and line[0].cancelled():
                line.popleft()
            if line:
                line.popleft().set_result(None)
                self._running[person] += 1
            if line:
                self._waiting[person] = line  # behind everybody else
