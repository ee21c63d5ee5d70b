"""Sees to it that a clock that was set back makes nothing wait for longer than it does anyway."""

import structlog

from checking import key_health, poller
from checking.lookups import instances
from checking.posting import submit
from checking.results import fetch
from checking.services import errors, http
from handlers.intake import hand_in, reader
from handlers.outgoing import lookup_screen
from runtime.clock import Clock
from runtime.wake_up import WakeUp
from runtime.worker import Worker
from storage.database import Database
from storage.upkeep import due_times
from storage.upkeep.due_times import LongestWaits

BACKWARDS = 5.0  # seconds that the clock may go back without consequence
AGAIN_SECONDS = 60.0  # for which it is looked after what was reckoned before and stored since

log = structlog.get_logger("app")


class ClockGuard:
    """Looks at the clock, and corrects what is stored: at the start, and when it was set back."""

    def __init__(
        self, *, database: Database, clock: Clock, wake_up: WakeUp, slowest_poll: float
    ) -> None:
        self._database = database
        self._clock = clock
        self._wake_up = wake_up
        self._seen: float | None = None
        self._back = self._until = 0.0
        self._longest = LongestWaits(
            gathering=hand_in.SETTLE_AFTER_FULL_TEXT,
            reading=reader.BACKOFF.longest,
            submitting=submit.BACKOFF.longest,
            busy=http.LONGEST_WAIT,
            polling=max(slowest_poll, poller.CLAIM_SECONDS),
            fetching=fetch.CLAIM_SECONDS,
            lookup=instances.BACKOFF.longest,
            lookup_card=lookup_screen.LONGEST_BETWEEN_LOOKS,
            probe=key_health.PROBE_SECONDS,
            busy_reason=errors.BusyError.reason,
        )
        self.worker = Worker("clock", self.step, clock)
        wake_up.subscribe(self.worker.wake)

    async def step(self) -> None:
        """Look at the clock; the loop comes back after its longest sleep."""
        now, before = self._clock.now(), self._seen
        self._seen = now
        if before is not None and before - now > BACKWARDS:
            self._back, self._until = before - now, now + AGAIN_SECONDS
            log.warning("clock set back", seconds=round(self._back))
        if before is not None and not 0 <= self._until - now <= AGAIN_SECONDS:
            return
        async with self._database.write() as connection:
            now = self._clock.now()  # what was planned since may wait for as long as any other
            changed = await due_times.pull_back(connection, now, self._back, self._longest)
        self._back = 0.0  # once: after that, what waits for too long is only cut
        if changed:
            log.info("times corrected", count=changed)
            self._wake_up.wake_all()
