"""Supervises the bot's process: starts it, and restarts it after it died, as systemd does.

The bot is forked from a process with all imports done, since importing takes seconds.
"""

import asyncio
import contextlib
import multiprocessing
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from multiprocessing.forkserver import ensure_running

from bot.settings import Settings
from sandbox.http.clock import MovableClock
from sandbox.http.processes import ended

AGAIN_SECONDS = 3.0
"""Delay before the restart."""
STOP_SECONDS = 15.0
"""Time for the bot to shut down."""


def prepare() -> None:
    """Start the process that the bot is forked from, and its imports."""
    multiprocessing.set_forkserver_preload(["bot.playground.child"])
    ensure_running()


class Supervisor:
    """Keeps a bot running in its own process, with the clock of this one."""

    def __init__(self, settings: Settings, members: dict[int, str], clock: MovableClock) -> None:
        self._settings, self._members, self._clock = settings, members, clock
        self._process: ForkServerProcess | None = None
        self._pipe: Connection | None = None
        self._starting: asyncio.Future[None] | None = None
        self._at_once = False

    @property
    def state(self) -> str:
        """`up` or `down`."""
        return "up" if self._process is not None else "down"

    async def run(self) -> None:
        """Keep the bot running until cancelled; then stop it."""
        context = multiprocessing.get_context("forkserver")
        try:
            while True:
                self._pipe, its_end = context.Pipe()
                args = (self._settings, self._members, self._clock.offset, its_end)
                self._process = process = context.Process(target=_live, args=args)
                # Shielded: a process that has begun to start is awaited before it is stopped.
                self._starting = asyncio.ensure_future(asyncio.to_thread(process.start))
                self._starting.add_done_callback(partial(lambda end, _: end.close(), its_end))
                await asyncio.shield(self._starting)
                await ended(process)
                self._pipe.close()
                self._process = self._pipe = None
                if not self._at_once:
                    await asyncio.sleep(AGAIN_SECONDS)
                self._at_once = False
        finally:
            await self._stop()

    async def restart(self) -> None:
        """Stop the bot as an operator does, and start it again at once."""
        if self._process is not None:
            self._at_once = True
            await self._stop()

    async def kill(self) -> None:
        """Kill the bot with SIGKILL."""
        process = self._process
        if process is not None and self._starting is not None:
            await self._starting
            process.kill()
            await ended(process)

    def clock_moved(self) -> None:
        """Send the clock's offset to the bot; a dead one gets it at its start."""
        if self._pipe is not None:
            with contextlib.suppress(OSError):
                self._pipe.send(self._clock.offset)

    async def _stop(self) -> None:
        process = self._process
        if process is None or self._starting is None:
            return
        await self._starting
        process.terminate()
        try:
            await asyncio.wait_for(ended(process), STOP_SECONDS)
        except TimeoutError:
            process.kill()
            await ended(process)


def _live(settings: Settings, members: dict[int, str], offset: float, parent: Connection) -> None:
    from bot.playground.child import live  # noqa: PLC0415 # in the child only

    asyncio.run(live(settings, members, offset, parent))
