"""The bot's connection to the pretend Telegram, without the bot behind it; time as in a story."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession

from bot.telegram.pacer import Pacer, build_bot
from checking.metrics import Metrics
from sandbox.people.person import Person
from sandbox.world import World
from storage.engines.claims import Alone
from tests.support.clocks import StoryClock
from tests.support.stillness import Stillness


class Line:
    """A world, and a bot that calls it through its pacer."""

    def __init__(self, world: World, clock: StoryClock, bot: Bot, pacer: Pacer) -> None:
        self.world, self.clock, self.bot, self.pacer = world, clock, bot, pacer
        self.began = clock.now()

    async def meets(self, name: str) -> Person:
        """Return a person who has written to the bot."""
        person = self.world.person(name)
        await person.sends("/start")
        return person

    async def finish(self, *work: Awaitable[Any]) -> list[Any]:
        """Let time pass until all of this is done; return results and exceptions."""
        together = asyncio.gather(*work, return_exceptions=True)
        with Stillness(self.world, self.clock) as stillness:
            async with asyncio.timeout(30):
                while not together.done():
                    await stillness.passes()
        return await together

    def times(self, chat_id: int, method: str = "sendMessage") -> list[float]:
        """Return when calls in a chat were made, in seconds from the beginning."""
        made = self.world.telegram.made(method)
        return [round(call.time - self.began, 3) for call in made if call.chat_id == chat_id]


@asynccontextmanager
async def lined_up(clock: StoryClock, token: str | None = None) -> AsyncGenerator[Line]:
    """Yield a connection; `token` replaces the right one."""
    async with World(clock, seed=1, deadline=10) as world:
        url = world.telegram_url
        bot, pacer = build_bot(
            token or world.bot_token,
            url,
            is_local=False,
            clock=clock,
            metrics=Metrics(),
            claims=Alone(),
        )
        try:
            yield Line(world, clock, bot, pacer)
        finally:
            await pacer.pool.drain(0)
            assert isinstance(bot.session, AiohttpSession)
            if bot.session._session is not None:
                await bot.session._session.close()
