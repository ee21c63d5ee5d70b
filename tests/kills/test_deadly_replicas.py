"""Several replicas, and a list that kills each one that reads it."""

import base64
import multiprocessing
import os
import signal
import time
from collections.abc import Hashable, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.playground.settings import sandbox_settings
from bot.settings import Settings
from runtime.confined.files import read
from sandbox.http.clock import FastClock
from sandbox.world import World
from sheets.glass.answers import ColumnQuestion
from sheets.glass.glass import Glass
from sheets.glass.shapes import ListRead, Part, Refused, Words
from soak import life
from tests.support.databases.engines import address
from tests.support.processes.fork_server import start_fork_server
from tests.support.stories.lists import numbers

REPLICAS = 3
LEASE = 3.0
DEADLY = b"+10000000001\n"


def live(settings: Settings, clock: FastClock, log: Path) -> None:
    """Run a replica that dies whenever it reads a deadly list."""
    read_list = Glass.read_list

    async def dies(
        self: Glass,
        given: int,
        parts: Sequence[Part],
        region: str | None,
        words: Words,
        *,
        of: Hashable,
        **also: Any,
    ) -> ListRead | ColumnQuestion | Refused:
        if DEADLY in read(given):
            os.kill(os.getpid(), signal.SIGKILL)
        return await read_list(self, given, parts, region, words, of=of, **also)

    Glass.read_list = dies  # type: ignore[method-assign]
    life.live(settings, clock, log, None)


def _begin(world: World, clock: FastClock, home: Path, url: str) -> list[BaseProcess]:
    start_fork_server()
    context = multiprocessing.get_context("forkserver")
    shared = {
        "access": "open",
        "database_url": url,
        "data_key": SecretStr(base64.b64encode(bytes(32)).decode()),
        "lease_seconds": LEASE,
    }
    lives = []
    for place in range(REPLICAS):
        settings = sandbox_settings(world, home / f"data{place}", [1]).model_copy(update=shared)
        process = context.Process(target=live, args=(settings, clock, home / f"log{place}"))
        process.start()
        lives.append(process)
    return lives


async def test_two_replicas_die_and_the_others_live(tmp_path: Path) -> None:
    """Protects a cluster from one file: it is read twice, then told of, and the next is read."""
    clock = FastClock(time.time(), life.SPEED)
    async with (
        address("postgresql", tmp_path) as url,
        World(clock, seed=1, deadline=120.0) as world,
    ):
        world.telegram.flood.on = False  # its seconds are longer than theirs
        anna, ben = world.person("Anna"), world.person("Ben")
        replicas = _begin(world, clock, tmp_path, url)
        try:
            await anna.uploads("deadly.txt", DEADLY)
            await anna.sees("I stumbled over this list")
            await ben.uploads("numbers.txt", "\n".join(numbers(20)).encode())
            await ben.sees("20 numbers ready")
            died = [each.exitcode for each in replicas if each.exitcode is not None]
            assert died == [-signal.SIGKILL] * 2
        finally:
            for each in replicas:
                each.kill()
                each.join()
