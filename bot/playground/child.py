"""The bot as a child of `numberdesk chat`, which can be killed while the sandbox lives on.

Its parent sends the clock's offset through a pipe each time the clock is put forward. When the
parent is gone the pipe ends, and so does the bot.
"""

import asyncio
import signal
from multiprocessing.connection import Connection

from bot.app import App, build_app
from bot.logs import configure
from bot.settings import Settings
from sandbox.http.clock import MovableClock


async def live(
    settings: Settings, members: dict[int, str], offset: float, parent: Connection
) -> None:
    """Be the bot until SIGTERM, or until the parent is gone; `members` are let in."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then stops us
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    configure(settings.log_level, settings.log_format, settings.secrets)
    clock = MovableClock(offset)

    def heard() -> None:
        try:
            while parent.poll():
                clock.move_to(parent.recv())
        except (EOFError, OSError):
            loop.remove_reader(parent.fileno())
            stop.set()

    loop.add_reader(parent.fileno(), heard)
    async with build_app(settings, clock=clock) as app:
        await _let_in(app, settings.owner_ids[0], members)
        await app.run(stop)


async def _let_in(app: App, owner: int, members: dict[int, str]) -> None:
    people = app.ctx.people
    for person_id, name in members.items():
        if not await people.may_use(person_id):
            await people.use_code(person_id, name, await people.invite(owner))
