"""Bots in processes of their own, on one sandbox that stays: ours, and a bare one beside it.

The pace that Telegram asks for (30 messages a second) would be all that is measured. So the
sandbox, which holds bots to it, lives by a clock that runs SPEED times as fast, and ours is
allowed to send as fast as it can. Everything else is as in real life.
"""

import asyncio
import multiprocessing
import signal
import tempfile
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

from bot import telegram
from bot.app import build_app
from bot.collector import spare_the_collector
from bot.logs import configure
from bot.settings import Settings
from sandbox import clock
from sandbox.people import Person
from sandbox.world import World

SPEED = 500
PATIENCE = 120.0  # real seconds


@dataclass(frozen=True, slots=True)
class FastClock(clock.FastClock):
    """Of the speed of these bots, where no other is asked for."""

    speed: float = SPEED


Main = Callable[..., Coroutine[Any, Any, None]]


def _live(main: Main, values: Sequence[Any]) -> None:
    configure("error", "text", secrets=[])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asyncio.run(main(*values))


@contextmanager
def _process(main: Main, *values: Any) -> Any:
    process = multiprocessing.get_context("spawn").Process(target=_live, args=(main, values))
    process.start()
    try:
        yield process
    finally:
        process.terminate()
        process.join()


def echo(world: World) -> AbstractContextManager[Any]:
    """A bare aiogram bot: its own polling, one handler that answers."""
    return _process(_echo, world.bot_token, world.telegram_url)


def ours(settings: Settings) -> AbstractContextManager[Any]:
    """Numberdesk."""
    return _process(_ours, settings)


async def _echo(token: str, url: str) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url), limit=100)
    bot, dispatcher = Bot(token, session=session), Dispatcher()

    async def answer(message: Message) -> None:
        await message.answer(f"You said: {message.text}")

    dispatcher.message.register(answer)
    await dispatcher.start_polling(bot, handle_signals=False)


async def _ours(settings: Settings) -> None:
    telegram.CHAT_EVERY = telegram.OVERALL_EVERY = 0.0
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with build_app(settings, consent_version=0) as app:
        spare_the_collector()
        await app.run(stop)


async def answered(
    world: World, people: Sequence[Person], texts: Sequence[str], *, times: int
) -> float:
    """Everybody says something, and again when it is answered; gives answers a second."""
    left = dict.fromkeys(range(len(people)), times)
    said = [0] * len(people)
    began = time.perf_counter()

    def heard() -> list[int] | None:
        return [each for each in left if len(people[each].chat.messages) >= said[each] + 2] or None

    async def says(each: int) -> None:
        said[each] = len(people[each].chat.messages)
        await people[each].sends(texts[each])

    for each in left:
        await says(each)
    while left:
        for each in await world.until(heard, "somebody is answered", within=PATIENCE):
            left[each] -= 1
            if left[each]:
                await says(each)
            else:
                del left[each]
    return len(people) * times / (time.perf_counter() - began)


@contextmanager
def home() -> Any:
    """A folder for a database."""
    with tempfile.TemporaryDirectory(prefix="numberdesk-bench-") as folder:
        yield Path(folder)
