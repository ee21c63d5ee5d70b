"""Our bot in a process of its own, against a sandbox in this one, and people who talk to it.

Telegram's rate limit (30 messages a second) would be all that is measured. So the clock of the
sandbox, which enforces it, runs SPEED times as fast, and our bot may send as fast as it can.
Everything else is as in production.
"""

import asyncio
import signal
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

from bench.processes import process
from bot.app import build_app
from bot.logs import configure
from bot.settings import Settings
from bot.telegram import pacer, send_queue
from runtime.clock import Clock
from runtime.memory import spare_the_collector
from sandbox.http import clock
from sandbox.people.person import Person
from sandbox.world import World

SPEED = 500
ENOUGH = 90
"""Answers per second: three times Telegram's rate limit."""
PATIENCE = 120.0  # real seconds


@dataclass(frozen=True, slots=True)
class FastClock(clock.FastClock):
    """A fast clock with SPEED as the default."""

    speed: float = SPEED


def ours(
    settings: Settings, clock: Clock | None = None, *, paced: bool = False
) -> AbstractContextManager[BaseProcess]:
    """Numberdesk on this clock; `paced`: within Telegram's rate limits."""
    return process(_ours, settings, clock, paced)


async def _ours(settings: Settings, clock: Clock | None, paced: bool) -> None:  # noqa: FBT001 - passed to a process by position
    configure("error", "text", secrets=[])
    if not paced:
        send_queue.CHAT_EVERY = pacer.OVERALL_EVERY = pacer.OVERALL_SECONDS = 0.0
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with build_app(settings, clock=clock, consent_version=0) as app:
        spare_the_collector()
        await app.run(stop)


async def answered(
    world: World, people: Sequence[Person], texts: Sequence[str], *, times: int
) -> float:
    """Let each person send a text, again after each answer; return answers per second."""
    left = dict.fromkeys(range(len(people)), times)
    before = [0] * len(people)
    began = time.perf_counter()

    def done() -> list[int] | None:
        return [
            each for each in left if len(people[each].chat.messages) >= before[each] + 2
        ] or None

    async def sends(each: int) -> None:
        before[each] = len(people[each].chat.messages)
        await people[each].sends(texts[each])

    for each in left:
        await sends(each)
    while left:
        for each in await world.until(done, "a person is answered", within=PATIENCE):
            left[each] -= 1
            if left[each]:
                await sends(each)
            else:
                del left[each]
    return len(people) * times / (time.perf_counter() - began)


@contextmanager
def home() -> Generator[Path]:
    """Create a temporary folder for a database."""
    with tempfile.TemporaryDirectory(prefix="numberdesk-bench-") as folder:
        yield Path(folder)
