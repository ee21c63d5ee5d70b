"""Telegram's limits: rates of sending and editing, and sizes.

Telegram publishes the rates as rules of thumb (core.telegram.org/bots/faq, "My bot is hitting
limits"). The sandbox enforces these, on the world's clock: in a chat one message or edit a second
after a burst of eight; in a group twenty in any minute; in all chats together thirty a second.
"""

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

MB = 1024 * 1024
UPLOAD_MAX = 50 * MB
PHOTO_MAX = 10 * MB
DOWNLOAD_MAX = 20 * MB
TEXT_MAX = 4096
CAPTION_MAX = 1024
ANSWER_MAX = 200
CALLBACK_DATA_MAX = 64
CALLBACK_SECONDS = 150
BUTTONS_MAX = 100
MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Violation:
    """One call that came too soon."""

    chat_id: int
    method: str
    time: float
    retry_after: int


@dataclass(slots=True)
class FloodBucket:
    """A token bucket: it holds `burst` tokens and refills at `rate` per second."""

    rate: float
    burst: float
    tokens: float
    at: float

    def wait(self, now: float) -> float:
        """Return the seconds until there is a token; 0 if there is one."""
        self.tokens = min(self.burst, self.tokens + max(0.0, now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.rate


@dataclass(slots=True)
class FloodControl:
    """Limits sends and edits. Tests may change the numbers, or switch it off with `on`."""

    on: bool = True
    per_second: float = 1.0
    burst: float = 8.0
    group_per_minute: int = 20
    overall_per_second: float = 30.0
    violations: list[Violation] = field(default_factory=list)
    _chats: dict[int, FloodBucket] = field(default_factory=dict)
    _minutes: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _overall: FloodBucket | None = None
    _held: dict[int, float] = field(default_factory=dict)

    def hold(self, chat_id: int, until: float) -> None:
        """Block a chat until a time in Unix seconds."""
        self._held[chat_id] = until

    def check(self, chat_id: int, method: str, now: float, *, group: bool) -> int:
        """Count a send or edit; return the seconds to wait if it comes too soon, else 0."""
        if not self.on:
            return 0
        if self._overall is None:
            rate = self.overall_per_second
            self._overall = FloodBucket(rate, rate, rate, now)
        bucket = self._chats.setdefault(
            chat_id, FloodBucket(self.per_second, self.burst, self.burst, now)
        )
        passed = self._minutes[chat_id]
        while passed and passed[0] <= now - MINUTE:
            passed.popleft()
        full = group and len(passed) >= self.group_per_minute
        waits = [
            bucket.wait(now),
            self._overall.wait(now),
            self._held.get(chat_id, 0.0) - now,
            passed[-self.group_per_minute] + MINUTE - now if full else 0.0,
        ]
        if max(waits) > 0:
            seconds = max(1, math.ceil(max(waits)))
            self.violations.append(Violation(chat_id, method, now, seconds))
            return seconds
        bucket.tokens -= 1
        self._overall.tokens -= 1
        passed.append(now)
        return 0
