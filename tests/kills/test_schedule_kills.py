"""kill -9 while a list begins anew by itself, and is started."""

import asyncio
import sqlite3
import time
from pathlib import Path

import pytest

from bot.playground.settings import sandbox_settings
from sandbox.world import World
from tests.support.processes.killing import SIDES, Kill
from tests.support.processes.supervisor import Supervisor
from tests.support.stories.schedules import LIST, finishes, schedules

DEADLINE = 60.0  # real seconds for anything Anna waits for, on a machine busy with other tests
TRIES = 3
DUE = "UPDATE schedules SET told_at = 1, next_at = 1, due_at = ?"
"""The schedule's day has come: it was told of a day before."""

# The commits of the second list, by their names in the first life.
BOUNDARIES = [
    "parts=2 list=reading",
    "list=working task=confirmed #2",
]


async def live_through(home: Path, kill: Kill) -> list[str]:
    """Have a list begin anew with this death in it; if it never came, return what did."""
    async with World(seed=1, deadline=DEADLINE) as world:
        anna, ekyc = world.person("Anna"), world.ekyc
        world.telegram.flood.on = False
        ekyc.pace.pending = ekyc.pace.export = 0.0
        ekyc.pace.per_second = 1e9
        settings = sandbox_settings(world, home / "data", [anna.id]).model_copy(
            update={"poll_fastest_seconds": 3.0, "poll_slowest_seconds": 3.0, "first_file": "raw"}
        )

        async def story() -> None:
            await finishes(anna)
            await schedules(anna)
            with sqlite3.connect(home / "data" / "numberdesk.db", timeout=30) as database:
                database.execute(DUE, [time.time()])
            database.close()
            await anna.sees("The list is begun anew")
            await anna.receives_file()
            await anna.sees("hecks", after=await anna.sends("/tasks"))

        async with Supervisor(settings, home, kill) as bot:
            await bot.keep_alive(story())
            paid = [sorted(post.numbers) for post in ekyc.posts if post.charged]
            assert paid == [sorted(LIST.decode().split())] * 2, "each list once"
            assert not bot.errors(), "a death is no reason for errors afterwards"
        return [*bot.missed(), *bot.commits(1)] if bot.missed() else []


@pytest.mark.parametrize("boundary", BOUNDARIES)
async def test_killed_while_a_list_begins_anew(tmp_path: Path, boundary: str) -> None:
    """Protects money from a crash on either side of a commit: one list, and one check of it."""
    async with asyncio.TaskGroup() as both:
        for side in SIDES:
            both.create_task(_reaching(tmp_path / side, Kill(side, boundary)))


async def _reaching(home: Path, kill: Kill) -> None:
    """Live through this kill; repeat until it has happened."""
    passed: list[str] = []
    for number in range(TRIES):
        passed = await live_through(home / str(number), kill)
        if not passed:
            return
    raise AssertionError("never came: " + "; ".join(passed))
