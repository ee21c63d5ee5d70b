"""Lookups per second from the lookup cache, end to end, beside a bare echo bot."""

import asyncio
import statistics
import time
from collections.abc import Iterator

from bench import bots, peers
from bench.measures import row
from bot.playground.settings import sandbox_settings
from bot.settings import Settings
from bot.wiring import read_key
from sandbox.people.person import Person
from sandbox.world import World
from storage.database import Database
from storage.lookups import cache
from storage.lookups.lookups import Answer
from storage.sealing.vault import Vault

PEOPLE = 300
TIMES, TURNS = 10, 3
WARM_UP = 4  # rounds in which a bot builds what it needs once


def run() -> Iterator[str]:
    """Measure and yield the lines to print."""
    rates = asyncio.run(_measure())
    ours, echo = (statistics.median(rates[name]) for name in ("ours", "echo"))
    ratio = ours / echo
    yield row(
        f"lookups from the cache, {PEOPLE} people who ask again and again, end to end",
        peer=f"bare echo bot: {echo:,.0f}/s",
        ours=f"{ours:,.0f}/s",
        ratio=f"{ratio:.2f}",
        goal=f"at least {bots.ENOUGH}/s",
        met=ours >= bots.ENOUGH,
    )


async def _measure() -> dict[str, list[float]]:
    began = time.time()
    rates: dict[str, list[float]] = {"ours": [], "echo": []}
    with bots.home() as home:
        async with World(bots.FastClock(began), deadline=bots.PATIENCE) as world:
            people = [world.person(f"Person {index}") for index in range(PEOPLE)]
            settings = sandbox_settings(world, home, [1]).model_copy(update={"access": "open"})
            numbers = [f"+447400{index * 7:06}" for index in range(PEOPLE)]
            await _fill(settings, numbers, began)
            for _ in range(TURNS):
                with peers.aiogram_echo(world.bot_token, world.telegram_url):
                    rates["echo"].append(await _rate(world, people, numbers))
                with bots.ours(settings):
                    rates["ours"].append(await _rate(world, people, numbers))
            assert not world.green.asked, "not everything came from the cache"
    return rates


async def _rate(world: World, people: list[Person], numbers: list[str]) -> float:
    await bots.answered(world, people, numbers, times=WARM_UP)
    return await bots.answered(world, people, numbers, times=TIMES)


async def _fill(settings: Settings, numbers: list[str], now: float) -> None:
    """Put every number into the lookup cache."""
    database = Database(settings.database_url, Vault(read_key(settings)))
    await database.open()
    async with database.write() as connection:
        for number in numbers:
            answer = Answer(found=True, account="10000000", answered_at=now)
            key = cache.key_of(database.vault, number)
            await cache.remember(
                connection, database.vault, key, answer, forget_at=now + 30 * 86400, forced=False
            )
    await database.close()
