"""`numberdesk chat`: the bot in a browser on this machine, without a token.

The sandbox and its page run in this process and the bot in a child process, which can be killed
and restarted. No number is checked for real or leaves the machine.
"""

import asyncio
import contextlib
import signal
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.playground.settings import charge_as_listed, sandbox_settings
from bot.playground.supervisor import Supervisor, prepare
from sandbox.chat_page.controls import Controls
from sandbox.chat_page.scene import LET_IN, OLGA, Scene
from sandbox.chat_page.server import Pages
from sandbox.http.clock import MovableClock
from sandbox.world import World


async def chat(port: int) -> int:
    """Serve the page until Ctrl-C; return the exit code."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    try:
        async with open_chat(port) as opened:
            print("A pretend Telegram, pretend services, the real bot. No real number is checked.")
            print(f"\n    {opened.address}\n\nOpen it in a browser. Ctrl-C ends it.", flush=True)
            await stop.wait()
    except OSError as error:
        print(f"The page can't be served: {error.strerror or error}")
        return 2
    return 0


@dataclass(frozen=True, slots=True)
class Opened:
    """The address of a served chat page, and its sandbox."""

    address: str
    world: World


@asynccontextmanager
async def open_chat(port: int = 0) -> AsyncGenerator[Opened]:
    """Run the sandbox, its page and the bot during the block."""
    prepare()
    clock = MovableClock()
    with tempfile.TemporaryDirectory(prefix="numberdesk-") as home:
        async with World(clock) as world:
            charge_as_listed(world)
            scene = Scene(world)
            people = scene.people
            settings = sandbox_settings(world, Path(home), [people[OLGA.key].id])
            members = {people[role.key].id: role.name for role in LET_IN}
            supervisor = Supervisor(
                settings.model_copy(update={"log_level": "error"}), members, clock
            )
            keeping = asyncio.create_task(supervisor.run())
            try:
                async with Pages(scene, Controls(world, clock, supervisor), port) as pages:
                    yield Opened(pages.address, world)
            finally:
                keeping.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await keeping
