"""The bot as a child process that is killed, restarted and started again."""

import asyncio
import contextlib
from pathlib import Path

from bot.playground.settings import sandbox_settings
from bot.playground.supervisor import Supervisor
from sandbox.http.clock import MovableClock
from sandbox.world import World
from tests.support.processes.fork_server import start_fork_server

PATIENCE = 60.0  # real seconds for a process to come up on a busy machine


async def test_a_killed_bot_comes_back_and_answers(tmp_path: Path) -> None:
    """Protects the chat page's controls: a death is noticed, and missed messages are answered."""
    start_fork_server()
    clock = MovableClock()
    async with World(clock, seed=1, deadline=PATIENCE) as world:
        anna, olga = world.person("Anna"), world.person("Olga")
        settings = sandbox_settings(world, tmp_path, [olga.id])
        supervisor = Supervisor(settings, {anna.id: "Anna"}, clock)
        keeping = asyncio.create_task(supervisor.run())
        try:
            await anna.sends("/start")
            await anna.sees("I check lists")
            clock.move_to(86_400.0)
            supervisor.clock_moved()
            await supervisor.kill()
            said = await anna.sends("/help")
            await anna.sees("How it works", after=said)
            await supervisor.restart()
            said = await anna.sends("/tasks")
            await anna.sees("Nothing here yet", after=said)
            assert supervisor.state == "up"
        finally:
            keeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await keeping
        assert not world.telegram.polling.conflicts, "never two at a time"
