"""The bot as a child process of `numberdesk chat`.

The parent sends the clock's offset through a pipe each time the clock is moved. When the parent
ends, the pipe closes and the bot stops.
"""

import asyncio
import signal
from multiprocessing.connection import Connection

from bot.app import build_app
from bot.logs import configure
from bot.settings import Settings
from sandbox.http.clock import MovableClock


async def live(
    settings: Settings, members: dict[int, str], offset: float, parent: Connection
) -> None:
    """Run the bot until SIGTERM, or until the parent ends; give `members` access."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # on Ctrl-C the parent stops this process
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    configure(settings.log_level, settings.log_format, settings.secrets)
    clock = MovableClock(offset)

    def read_pipe() -> None:
        try:
            while parent.poll():
                clock.move_to(parent.recv())
        except (EOFError, OSError):
            loop.remove_reader(parent.fileno())
            stop.set()

    loop.add_reader(parent.fileno(), read_pipe)
    async with build_app(settings, clock=clock) as app:
        people = app.ctx.people
        for person_id, name in members.items():
            if not await people.may_use(person_id):
                code = await people.invite(settings.owner_ids[0])
                await people.use_code(person_id, name, code)
        await app.run(stop)
