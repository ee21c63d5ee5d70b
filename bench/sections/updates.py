"""Updates stored and answered per second, beside bare echo bots on the same sandbox.

The echo bots confirm updates before they handle them, and store nothing: a crash loses them. Ours
stores, confirms, handles and marks. All get the same unknown command. In ours it takes the longest
way, past every handler to the last, and its answer is one sentence, about as short as an echo. So
the comparison is about the way of an update through the bot, and not about the cost of a check.
"""

import asyncio
import statistics
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from multiprocessing.process import BaseProcess

from bench import bots, peers
from bench.measures import row
from bench.processes import cpu_seconds
from bot.playground.settings import sandbox_settings
from sandbox.people.person import Person
from sandbox.world import World

PEOPLE = 300
WARM_UP, TIMES, TURNS = 4, 10, 3
SAID = "/hello"
OURS, AIOGRAM, PTB = "Numberdesk", "aiogram", "python-telegram-bot"

Measured = dict[str, list[tuple[float, float]]]
"""By bot: updates per second, and the share of a core that its process used."""


def run() -> Iterator[str]:
    """Measure and yield the lines to print."""
    found = asyncio.run(_measure())
    rates = {name: statistics.median(rate for rate, _ in each) for name, each in found.items()}
    for peer in (AIOGRAM, PTB):
        yield row(
            f"updates stored and answered, {PEOPLE} people who say something again and again",
            peer=f"{peer} (echo): {rates[peer]:,.0f}/s",
            ours=f"{rates[OURS]:,.0f}/s",
            ratio=f"{rates[OURS] / rates[peer]:.2f}",
            goal=f"at least {bots.ENOUGH}/s",
            met=rates[OURS] >= bots.ENOUGH,
        )
    busy = (
        f"{name} {statistics.median(share for _, share in each):.0%}"
        for name, each in found.items()
    )
    yield f"Of one core, the bots' processes took meanwhile: {', '.join(busy)}."
    yield f"Medians of {TURNS} turns; in each, every bot was started anew on the same sandbox."


async def _measure() -> Measured:
    found: Measured = {name: [] for name in (OURS, AIOGRAM, PTB)}
    with bots.home() as home:
        async with World(bots.FastClock(time.time()), deadline=bots.PATIENCE) as world:
            people = [world.person(f"Person {index}") for index in range(PEOPLE)]
            settings = sandbox_settings(world, home, [1]).model_copy(update={"access": "open"})
            place = (world.bot_token, world.telegram_url)
            for _ in range(TURNS):
                for name, bot in (
                    (AIOGRAM, peers.aiogram_echo(*place)),
                    (OURS, bots.ours(settings)),
                    (PTB, peers.ptb_echo(*place)),
                ):
                    found[name].append(await _rate(world, people, bot))
    return found


async def _rate(
    world: World, people: list[Person], bot: AbstractContextManager[BaseProcess]
) -> tuple[float, float]:
    said = [SAID] * len(people)
    with bot as running:
        await bots.answered(world, people, said, times=WARM_UP)
        began, busy = time.perf_counter(), cpu_seconds(running.pid)
        rate = await bots.answered(world, people, said, times=TIMES)
        took = time.perf_counter() - began
        return rate, (cpu_seconds(running.pid) - busy) / took
