"""Keeps the bot's process: starts it, and starts it again when it has died, as systemd does.

The bot is forked from a process that has imported everything, which alone takes seconds.
"""

import asyncio
import contextlib
import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from multiprocessing.forkserver import ensure_running

from bot.settings import Settings
from sandbox.http.clock import MovableClock
from sandbox.http.processes import ended

AGAIN_SECONDS = 3.0
"""Between a death and the next start."""
STOP_SECONDS = 15.0
"""For a bot to bring what it began to its end."""


def prepare() -> None:
    """Begin to import what the bot needs, in the process that it will be forked from."""
    multiprocessing.set_forkserver_preload(["bot.playground.child"])
    ensure_running()


class Supervisor:
    """The bot of `settings`, in a process of its own, by the clock of this one."""

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
        """Keep it alive until cancelled; then stop it."""
        try:
            while True:
                process = await self._start()
                await ended(process)
                self._buried(process)
                if not self._at_once:
                    await asyncio.sleep(AGAIN_SECONDS)
                self._at_once = False
        finally:
            await self._stop()

    async def restart(self) -> None:
        """Stop it as an operator does; it is started again at once."""
        if self._process is not None:
            self._at_once = True
            await self._stop()

    async def kill(self) -> None:
        """End it with SIGKILL, in the middle of whatever it does."""
        process = self._process
        if process is not None and self._starting is not None:
            await self._starting
            process.kill()
            await ended(process)

    def clock_moved(self) -> None:
        """Tell the bot how far the clock is ahead now; one that is dead hears it at its start."""
        if self._pipe is not None:
            with contextlib.suppress(OSError):
                self._pipe.send(self._clock.offset)

    async def _start(self) -> ForkServerProcess:
        context = multiprocessing.get_context("forkserver")
        self._pipe, its_end = context.Pipe()
        told = (self._settings, self._members, self._clock.offset, its_end)
        process = context.Process(target=_live, args=told)
        # It waits for the imports, and is waited for even if we are to stop meanwhile.
        self._starting = asyncio.ensure_future(asyncio.to_thread(process.start))
        self._starting.add_done_callback(lambda _: its_end.close())
        self._process = process
        await asyncio.shield(self._starting)
        return process

    def _buried(self, process: ForkServerProcess) -> None:
        process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

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
