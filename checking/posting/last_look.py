"""The last look, just before the first byte of a POST: is it still ours, and still wanted?"""

import asyncio
import time
from collections.abc import Callable

import structlog

from runtime.clock import since_boot
from runtime.finishing import take_error
from storage.database import Database
from storage.tasks import due_tasks
from storage.tasks.tasks import Task

LOOK_SECONDS = 5.0  # for the database to say that a list may leave
SLEPT_SECONDS = 1.0  # more than two clocks differ that are read one after the other

log = structlog.get_logger("submit")


class LastLook:
    """Asks the database, and the machine's clocks."""

    def __init__(
        self,
        database: Database,
        since_boot: Callable[[], float] = since_boot,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._since_boot, self._monotonic = since_boot, monotonic

    def slept(self) -> float:
        """Return for how many seconds the machine has slept since it was started."""
        return self._since_boot() - self._monotonic()

    async def may_leave(self, task: Task, slept_before: float) -> bool:
        """Tell, just before the first byte, whether the list may still leave.

        This process may have stood still since the intent was stored, for hours: others may have
        taken its work over by now, and the person may have decided anew.

        slept_before: What `slept` said when the intent was stored.
        """
        began = self._since_boot()
        look = asyncio.ensure_future(self._is_ours_and_wanted(task))
        look.add_done_callback(take_error)
        await asyncio.wait([look], timeout=LOOK_SECONDS)
        # Nothing is awaited any more from here to the first byte.
        why = None
        if not look.done() or self._since_boot() - began > LOOK_SECONDS:
            why = "no answer in time"
        elif error := look.exception():
            why = type(error).__name__
        elif not (look.result() and self._database.claims.alive):
            why = "not ours, or not wanted any more"
        elif self.slept() - slept_before > SLEPT_SECONDS:
            why = "the machine slept"  # and the connection is dead: a write would be unclear
        if why is not None:
            log.warning("post held back", task=task.id, service=task.service, why=why)
        return why is None

    async def _is_ours_and_wanted(self, task: Task) -> bool:
        # Not on a reader: behind the writers' lock nobody is just taking our work over.
        async with self._database.write() as connection:
            return await self._database.claims.still_alive(
                connection
            ) and await due_tasks.is_wanted(connection, task.id, task.posts)
