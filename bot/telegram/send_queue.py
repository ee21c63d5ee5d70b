"""The queue of calls to one chat."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.methods import EditMessageCaption, EditMessageReplyMarkup, EditMessageText

from runtime.clock import Clock
from runtime.finishing import take_error
from runtime.rate_limits import SlidingWindow, TokenBucket

CHAT_EVERY, CHAT_BURST = 1.0, 3
GROUP_MOST, GROUP_SECONDS = 18, 60.0

EDITS = (EditMessageText, EditMessageCaption, EditMessageReplyMarkup)

Call = Callable[[Any], Awaitable[Any]]


class QueuedCall:
    """A call waiting to be sent."""

    def __init__(self, method: Any, call: Call, order: tuple[int, int]) -> None:
        self.method = method
        self.call = call
        self.order = order
        self.done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.done.add_done_callback(take_error)  # its caller may have been cancelled


class SendQueue:
    """The calls to one chat, edits last, otherwise in order, and the chat's rate limits."""

    def __init__(self, clock: Clock, *, is_group: bool, sent: int = 0) -> None:
        self._limits: list[TokenBucket | SlidingWindow] = [
            TokenBucket(clock, CHAT_EVERY, CHAT_BURST)
        ]
        self.minute = SlidingWindow(clock, GROUP_MOST, GROUP_SECONDS)
        for _ in range(sent):
            self.minute.take()
        if is_group:
            self._limits.append(self.minute)
        self._numbers = itertools.count()
        self.waiting: list[QueuedCall] = []

    def add(self, method: Any, call: Call) -> asyncio.Future[Any]:
        """Queue a call. A newer edit of a message replaces one that still waits."""
        if isinstance(method, EditMessageText):
            for queued in self.waiting:
                same = isinstance(queued.method, EditMessageText)
                if same and queued.method.message_id == method.message_id:
                    queued.method, queued.call = method, call
                    return queued.done
        rank = 1 if isinstance(method, EDITS) else 0
        queued = QueuedCall(method, call, (rank, next(self._numbers)))
        self.waiting.append(queued)
        return queued.done

    def pop(self) -> QueuedCall:
        """Remove and return the next call."""
        queued = min(self.waiting, key=lambda each: each.order)
        self.waiting.remove(queued)
        return queued

    def wait(self) -> float:
        """Return the seconds until the next call may be sent."""
        return max(limit.wait() for limit in self._limits)

    @property
    def idle(self) -> bool:
        """True if no call waits and no earlier one counts towards a limit."""
        return not self.waiting and all(limit.idle for limit in self._limits)

    def take(self) -> None:
        """Count a call that is sent now."""
        for limit in self._limits:
            limit.take()
