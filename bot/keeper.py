"""Keeps the bot's process: starts it, and starts it again when it has died, as systemd does."""

import asyncio
import contextlib
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process

from bot.child import birth
from bot.settings import Settings
from sandbox.clock import MovableClock

AGAIN_SECONDS = 3.0
"""Between a death and the next start."""
STOP_SECONDS = 15.0
"""For a bot to bring what it began to its end."""


class Keeper:
    """The bot of `settings`, in a process of its own, by the clock of this one."""

    def __init__(self, settings: Settings, members: dict[int, str], clock: MovableClock) -> None:
        self._settings, self._members, self._clock = settings, members, clock
        self._process: Process | None = None
        self._at_once = False

    @property
    def state(self) -> str:
        """`up` or `down`."""
        process = self._process
        return "up" if process is not None and process.returncode is None else "down"

    async def run(self) -> None:
        """Keep it alive until cancelled; then stop it."""
        try:
            while True:
                self._process = await self._start()
                await self._process.wait()
                if not self._at_once:
                    await asyncio.sleep(AGAIN_SECONDS)
                self._at_once = False
        finally:
            await self._stop()

    async def restart(self) -> None:
        """Stop it as an operator does; it is started again at once."""
        if self.state == "up":
            self._at_once = True
            await self._stop()

    async def kill(self) -> None:
        """End it with SIGKILL, in the middle of whatever it does."""
        if self._process is not None and self.state == "up":
            self._process.kill()
            await self._process.wait()

    def clock_moved(self) -> None:
        """Tell the bot how far the clock is ahead now; one that is dead hears it at its start."""
        self._write(f"{self._clock.offset}")

    async def _start(self) -> Process:
        # A session of its own: Ctrl-C in the terminal is for the parent, which then stops it.
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.child", stdin=PIPE, stdout=DEVNULL, start_new_session=True
        )
        self._process = process
        self._write(birth(self._settings, self._members, self._clock.offset))
        return process

    async def _stop(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
            return
        process.kill()
        await process.wait()

    def _write(self, line: str) -> None:
        process = self._process
        if process is not None and process.stdin is not None and process.returncode is None:
            process.stdin.write(f"{line}\n".encode())
