"""The queue of calls to one chat."""

import asyncio
import itertools
import math
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import EditMessageCaption, EditMessageReplyMarkup, EditMessageText

from runtime.clock import Clock
from runtime.due_loop import LONGEST_IN_A_SLOT, has_slot
from runtime.finishing import take_error
from runtime.rate_limits import Hold, SlidingWindow, TokenBucket

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
        self.has_slot = has_slot.get()
        self.done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.done.add_done_callback(take_error)  # its caller may have been cancelled


class SendQueue:
    """The calls to one chat, edits last, otherwise in order, and the chat's rate limits."""

    def __init__(self, clock: Clock, *, is_group: bool, sent: int = 0) -> None:
        self._hold = Hold(clock)
        self._limits: list[TokenBucket | SlidingWindow | Hold] = [
            TokenBucket(clock, CHAT_EVERY, CHAT_BURST),
            self._hold,
        ]
        self.minute = SlidingWindow(clock, GROUP_MOST, GROUP_SECONDS)
        for _ in range(sent):
            self.minute.take()
        if is_group:
            self._limits.append(self.minute)
        self._numbers = itertools.count()
        self.waiting: list[QueuedCall] = []

    def add(self, method: Any, call: Call) -> asyncio.Future[Any]:
        """Queue a call. A newer edit of a message replaces one that still waits.

        In a chat that is held back for long, the call of a job that holds a slot fails at once.
        """
        rank = 1 if isinstance(method, EDITS) else 0
        queued = QueuedCall(method, call, (rank, next(self._numbers)))
        if isinstance(method, EditMessageText):
            for each in self.waiting:
                same = isinstance(each.method, EditMessageText) and each.has_slot is queued.has_slot
                if same and each.method.message_id == method.message_id:
                    each.method, each.call = method, call
                    return each.done
        self.waiting.append(queued)
        self._give_up_slots()
        return queued.done

    def hold(self, queued: QueuedCall, seconds: float) -> None:
        """Make this call again, and the others, in so many seconds."""
        self._hold.set(seconds)
        self.waiting.append(queued)
        self._give_up_slots()

    def _give_up_slots(self) -> None:
        """While the chat is held back for long, let jobs that hold a slot end and come again."""
        seconds = self._hold.wait()
        if seconds <= LONGEST_IN_A_SLOT:
            return
        for each in [each for each in self.waiting if each.has_slot]:
            self.waiting.remove(each)
            if not each.done.done():
                error = TelegramRetryAfter(each.method, "held back", math.ceil(seconds))
                each.done.set_exception(error)

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
