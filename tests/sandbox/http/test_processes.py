"""Bots in their own processes, and the clock that they share with their observers."""

import asyncio
import multiprocessing
import signal
import time

import time_machine

from sandbox.http.clock import FastClock
from sandbox.http.processes import ended

PATIENCE = 30.0  # real seconds for a process to start and to end


async def test_all_who_wait_hear_of_an_end() -> None:
    """Protects the chat page's controls: its supervisor and its killer await one death at once."""
    process = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(60,))
    process.start()
    waiting = asyncio.gather(ended(process), ended(process))
    await asyncio.sleep(0)
    process.kill()
    async with asyncio.timeout(PATIENCE):
        assert await waiting == [-signal.SIGKILL, -signal.SIGKILL]


def test_a_fast_clock_is_the_same_for_all() -> None:
    """Protects stories of several lives: they share one clock, twenty times as fast."""
    with time_machine.travel(1000.0, tick=False) as machine:
        first, second = FastClock(1000.0, 20), FastClock(1000.0, 20)
        machine.shift(3)
        assert first.now() == second.now() == 1060.0
