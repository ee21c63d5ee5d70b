"""The real bot in a process of its own, and what is seen of that process from outside."""

import asyncio
import multiprocessing
import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Self

from bench.processes import megabytes, process
from bot.app import build_app
from bot.logs import configure
from bot.playground.settings import sandbox_settings
from bot.settings import Settings
from runtime.memory import spare_the_collector
from sandbox.http.processes import end_with_parent, write_to
from sandbox.world import World

TICK = 0.005
SAMPLE = 0.02
_OUR_FAULTS = (
    "list not read",
    "result inspection failed",
    "list set aside",
    "process for reading lost",
)


@dataclass(frozen=True, slots=True)
class Late:
    """Milliseconds by which the ticks of an event loop came late."""

    p99: float = 0.0
    most: float = 0.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file did to the bot.

    growth, child: MB by which the bot's peak grew, and the peak of a confined process, without the
    libraries that it shares with the others. late: of the bot's loop. idle: of a loop that has
    nothing else to do, in a process of its own: what the machine does to every loop.
    """

    growth: float
    child: float
    late: Late
    idle: Late


async def _live(settings: Settings, asked: Connection, log: Path) -> None:
    write_to(log)
    end_with_parent()
    configure("warning", "text", secrets=[])
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    with _probing(asked):
        async with build_app(settings, consent_version=0) as app:
            spare_the_collector()
            await app.run(stop)


async def _idle(asked: Connection) -> None:
    end_with_parent()
    with _probing(asked):
        await asyncio.Event().wait()


@contextmanager
def _probing(asked: Connection) -> Generator[None]:
    """Note how late ticks come, and tell it whenever the other side asks."""
    loop = asyncio.get_running_loop()
    late: list[float] = []

    def tell() -> None:
        asked.recv()
        asked.send(sorted(late))
        late.clear()

    async def tick() -> None:
        while True:
            due = loop.time() + TICK
            await asyncio.sleep(TICK)
            late.append(max(0.0, loop.time() - due) * 1000)

    loop.add_reader(asked.fileno(), tell)
    ticking = asyncio.create_task(tick())
    try:
        yield
    finally:
        loop.remove_reader(asked.fileno())
        ticking.cancel()


class Bot:
    """A bot in this world, while the block runs."""

    def __init__(self, world: World, home: Path) -> None:
        settings = sandbox_settings(world, home, owners=[1])
        self.log = home / "log.txt"
        self.log.touch()
        self._mine, theirs = multiprocessing.Pipe()
        self._quiet, quiet = multiprocessing.Pipe()
        values = (settings.model_copy(update={"access": "open"}), theirs, self.log)
        self._running = process(_live, *values)
        self._beside = process(_idle, quiet)
        self._process: BaseProcess
        self._peaks = _Peaks()

    def __enter__(self) -> Self:
        self._process = self._running.__enter__()
        self._beside.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._beside.__exit__(None, None, None)
        self._running.__exit__(None, None, None)

    @property
    def is_alive(self) -> bool:
        """False once its process died."""
        return self._process.is_alive()

    def fault(self) -> str:
        """The first line of the log that tells of a fault of ours, or nothing."""
        if not self.is_alive:
            return f"the bot died, exit code {self._process.exitcode}"
        lines = self.log.read_text("utf-8", "replace").splitlines()
        return next((line for line in lines if any(each in line for each in _OUR_FAULTS)), "")

    def begin(self) -> None:
        """Forget all peaks and delays."""
        _ask(self._mine)
        _ask(self._quiet)
        Path(f"/proc/{self._process.pid}/clear_refs").write_text("5", "ascii")
        self._before = megabytes(self._process.pid, "VmHWM")
        self._peaks = _Peaks(self._process.pid)
        self._peaks.start()

    def end(self) -> Seen:
        """What was seen since `begin`."""
        self._peaks.over.set()
        self._peaks.join()
        if not self.is_alive:
            return Seen(0.0, self._peaks.most, Late(), Late())
        growth = megabytes(self._process.pid, "VmHWM") - self._before
        late, idle = _ask(self._mine), _ask(self._quiet)
        return Seen(max(growth, 0.0), self._peaks.most, late, idle)


def _ask(probe: Connection) -> Late:
    probe.send(None)
    late: list[float] = probe.recv()
    return Late(late[int(len(late) * 0.99)], late[-1]) if late else Late()


class _Peaks(threading.Thread):
    """Looks at the confined processes of a bot, again and again."""

    def __init__(self, pid: int | None = None) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()
        self.most = 0.0
        self._pid = pid

    def run(self) -> None:
        while not self.over.wait(SAMPLE):
            for zygote in _children(self._pid):
                for child in _children(zygote):
                    with suppress(OSError, ValueError):  # it ended while we looked
                        own = megabytes(child, "VmHWM") - megabytes(child, "RssFile")
                        self.most = max(self.most, own)


def _children(pid: int | str | None) -> list[str]:
    with suppress(OSError):
        return Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return []
