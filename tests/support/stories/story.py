"""A story: the sandbox's world, the real bot in it, and people who talk to it.

The bot is built by `bot.app.build_app` as in production; only the clock is the story's, and
it jumps to the next sleeper whenever a person waits and nothing else happens.
"""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiogram.client.session.aiohttp import AiohttpSession

from bot.app import App, build_app
from bot.playground.settings import sandbox_settings
from bot.settings import Settings
from sandbox.people.person import Person
from sandbox.world import World
from tests.support.clocks import StoryClock
from tests.support.confinement import shared_pool
from tests.support.painting import resume_painting, skip_painting
from tests.support.shared_setup import place_database
from tests.support.stillness import Stillness
from tests.support.stories.shortcuts import take_no_shortcuts, take_shortcuts


async def _close(session: AiohttpSession) -> None:
    if session._session is not None and not session._session.closed:
        await session._session.close()


# aiogram waits a quarter of a second for TLS to close; the sandbox uses none.
AiohttpSession.close = _close  # type: ignore[method-assign]

STEPS = 30  # into which a longer time is divided


class Story:
    """The bot in its world. `settings` passed to `starts` override the sandbox's.

    `instances` is the number of the lookup service's instances. `consent_version` is that of the
    terms that people accept before their first check; 0: none are shown, unlike in production.
    `pool` reads what people send. `with_menus`: a start sets the command menus.
    """

    def __init__(
        self, home: Path, *, instances: int = 1, with_menus: bool = False, **settings: Any
    ) -> None:
        self.clock = StoryClock()
        self.home = home
        # Most stories look at the service's file; `test_first_file.py` has the default.
        self.settings = {"first_file": "raw", **settings}
        self.with_menus = with_menus
        self.consent_version = 0
        self.pool = shared_pool()
        self.world = World(self.clock, seed=1, deadline=60, instances=instances)
        self.stillness = Stillness(self.world, self.clock, self._is_busy)
        self.world.patience = self.stillness.passes
        self.world.look_again = 0.0  # patience has waited for what there is to see
        self.app: App | None = None
        self.made: Settings | None = None
        self._stop = asyncio.Event()
        self._stack = AsyncExitStack()
        self._work: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        skip_painting()
        take_shortcuts(with_menus=self.with_menus)
        self.stillness.__enter__()
        await self.world.__aenter__()
        self.anna = self.world.person("Anna")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        resume_painting()
        take_no_shortcuts()
        await self.stops()
        await self.world.__aexit__(kind, error, trace)
        self.stillness.__exit__(kind, error, trace)

    async def starts(self, **settings: Any) -> App:
        """Start the bot."""
        self.settings |= settings
        base = sandbox_settings(self.world, self.home, [self.anna.id])
        made = self.made = base.model_copy(update=self.settings)
        if not made.is_shared:
            place_database(self.home / "numberdesk.db")
        self._stop = asyncio.Event()
        building = build_app(
            made, clock=self.clock, consent_version=self.consent_version, pool=self.pool
        )
        self.app = await self._stack.enter_async_context(building)
        self._work = asyncio.create_task(self.app.run(self._stop))
        return self.app

    async def stops(self) -> None:
        """Stop the bot as SIGTERM does."""
        if self._work is not None:
            self._stop.set()
            work, self._work = self._work, None
            while not work.done():
                await self.stillness.passes()  # the last calls may have to wait for their turn
            await work
        await self._stack.aclose()

    async def restarts(self, **settings: Any) -> None:
        """Stop the bot and start it again on the same database."""
        await self.stops()
        await self.starts(**settings)

    async def says_hello(self) -> Person:
        """Start the bot, and let Anna open the chat."""
        await self.starts()
        await self.anna.sends("/start")
        await self.anna.sees("I check lists")
        return self.anna

    async def passes(self, seconds: float) -> None:
        """Let that much time pass in steps, and everybody do what they do meanwhile."""
        step = max(1.0, seconds / STEPS)
        left = seconds
        while left > 0:
            await self.stillness.comes()
            self.clock.jump(min(step, left))
            left -= step
        await self.stillness.comes()

    def _is_busy(self) -> bool:
        """Tell whether a query or a thread is running, however slow the machine is."""
        if self.app is not None and self.app.database.engine.busy:
            return True
        executor = getattr(asyncio.get_running_loop(), "_default_executor", None)
        if executor is None:
            return False
        idle = executor._idle_semaphore._value
        return bool(executor._work_queue.qsize()) or idle < len(executor._threads)
