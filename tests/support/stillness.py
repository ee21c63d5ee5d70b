"""Tells when nothing goes on in a world any more, and lets its time move then.

A loop waits when none of its callbacks is ready. If no byte has come then either, and no request,
query or thread is on its way, only time can change anything. The loop asks its selector at just
that moment, and there we look: a slow machine takes longer to get there, and that is all.
"""

import asyncio
import selectors
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, cast

from sandbox.world import World
from tests.support.clocks import StoryClock

LOOK_AGAIN = 0.004
"""Real seconds between two looks at what doesn't wake the loop when it is done."""
HANGING_SECONDS = 0.005
"""Real ones from one such moment to the next, while a request waits for real seconds."""

Found = list[tuple[selectors.SelectorKey, int]]


class Stillness:
    """Watches the running loop during the block; `is_busy` tells what else it waits for."""

    def __init__(
        self, world: World, clock: StoryClock, is_busy: Callable[[], bool] = lambda: False
    ) -> None:
        self._world, self._clock, self._is_busy = world, clock, is_busy
        self._waiting: list[asyncio.Future[None]] = []
        self._hurrying = 0  # of these, how many want time to move
        self._events = 0
        self._last: object = None
        self._still_at = 0.0

    def __enter__(self) -> Self:
        self._loop = cast("Any", asyncio.get_running_loop())
        self._wait = self._loop._selector.select
        self._loop._selector.select = self._select
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop._selector.select = self._wait

    async def comes(self) -> None:
        """Wait until nothing goes on."""
        done = self._loop.create_future()
        self._waiting.append(done)
        await done

    async def passes(self) -> None:
        """Wait until nothing goes on; move time to the next sleeper if that was so before, too.

        Called between two looks of everybody who waits for something: before time moves, each of
        them has looked at the world while it stood still.
        """
        self._hurrying += 1
        try:
            await self.comes()
        finally:
            self._hurrying -= 1

    def _select(self, timeout: float | None = None) -> Found:
        found: Found
        if timeout is not None and timeout <= 0:
            found = self._wait(timeout)
            self._events += bool(found) or not self._loop._ready  # the latter: a timer is due
            return found
        found = self._wait(0) if self._waiting else self._wait(timeout)
        if not found and self._waiting:
            if self._is_still():
                return found
            is_timer = timeout is not None and timeout <= LOOK_AGAIN
            found = self._wait(timeout if is_timer else LOOK_AGAIN)
            self._events += bool(found) or is_timer
            return found
        self._events += 1
        return found

    def _is_still(self) -> bool:
        """Wake everybody who waits for this moment, unless something goes on."""
        real = self._loop.time()
        is_early = self._world.hanging and real < self._still_at + HANGING_SECONDS
        if is_early or self._world.busy or self._is_busy():
            return False
        self._still_at = real
        now = (self._events, self._world.pulse.beats, self._clock.stirred)
        is_known, self._last = now == self._last, now
        if is_known and self._hurrying:
            self._last = None
            if not self._clock.to_next_sleeper():
                return False
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            if not each.done():
                each.set_result(None)
        return True
