"""One life of the bot, in a process of its own, until it is killed."""

import asyncio
import multiprocessing
import os
import sys
from pathlib import Path

from bot.app import build_app
from bot.logs import configure
from bot.settings import Settings
from sandbox.clock import FastClock
from soak import planted

SPEED = 20
"""How many of everybody's seconds go by in a real one."""


def live(settings: Settings, clock: FastClock, log: Path, error: str | None) -> None:
    """Run the bot until this process ends; `error` is a planted one, see `planted`."""
    lines = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(lines, 1)
    os.dup2(lines, 2)
    sys.stdout, sys.stderr = os.fdopen(1, "w", buffering=1), os.fdopen(2, "w", buffering=1)
    configure("info", "text", settings.secrets)
    if error is not None:
        planted.plant(error)
    asyncio.run(_run(settings, clock))


async def _run(settings: Settings, clock: FastClock) -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    # Should the parent be killed, nobody is left to end this one.
    asyncio.get_running_loop().add_reader(parent.sentinel, os._exit, 1)
    async with build_app(settings, clock=clock, consent_version=0) as app:
        await app.run(asyncio.Event())
