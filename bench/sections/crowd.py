"""200 people submit 10,000 numbers each, all at once, choose a check and start it.

Everything runs on the system clock and within Telegram's rate limits: one message a second in a
chat, thirty in all. Each person of the crowd asks for /tasks once, right after Start. Ten onlookers
ask for it again and again until the last result is delivered. A wait lasts from the message to its
answer in the chat. The pretend Telegram, the pretend services and the people share the machine
with the bot.
"""

import asyncio
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench import bots
from bench.measures import row
from bench.processes import cpu_seconds, family_megabytes
from bot.playground.settings import sandbox_settings
from sandbox.people.person import Person
from sandbox.telegram.methods import SAID
from sandbox.world import World

PEOPLE, NUMBERS = 200, 10_000
ONLOOKERS, EVERY = 10, 2.0
NUMBERS_A_SECOND = 2_000.0
PATIENCE = 600.0
CHECKS = ("Telegram activity", "Active number")


@dataclass(slots=True)
class Seen:
    """The measured values; waits for /tasks in seconds."""

    crowd: list[float] = field(default_factory=list)
    onlookers: list[float] = field(default_factory=list)
    delivered: int = 0
    seconds: float = 0.0
    said: int = 0
    floods: int = 0
    cpu: float = 0.0
    own_cpu: float = 0.0
    memory: float = 0.0


def run() -> Iterator[str]:
    """Measure and yield the lines to print."""
    seen = asyncio.run(_measure())
    waits = sorted(seen.crowd + seen.onlookers)
    yield row(
        f"{PEOPLE} people at once, {NUMBERS:,} numbers each: results delivered",
        ours=f"{seen.delivered} in {seen.seconds:.0f} s",
        goal="all",
        met=seen.delivered == PEOPLE,
    )
    yield row(
        "the longest that anyone waited for an answer to /tasks meanwhile",
        ours=f"{waits[-1]:.2f} s ({statistics.median(waits):.2f} s median of {len(waits):,})",
    )
    yield row(
        "the same, of the people who did nothing else",
        ours=f"{max(seen.onlookers):.2f} s ({statistics.median(seen.onlookers):.2f} s median)",
    )
    yield (
        f"Meanwhile the bot sent and edited {seen.said:,} messages, "
        f"{seen.said / seen.seconds:.1f} a second; Telegram refused {seen.floods} as too many."
    )
    yield (
        f"The bot's process kept a core busy for {seen.cpu / seen.seconds:.0%} of the time, the "
        f"sandbox for {seen.own_cpu / seen.seconds:.0%}; the bot's memory was "
        f"{seen.memory:.0f} MB in the end."
    )


async def _measure() -> Seen:
    seen = Seen()
    with bots.home() as home:
        async with World(deadline=PATIENCE) as world:
            for service in (world.ekyc, world.checknumber):
                service.balance, service.pace.per_second = 1e9, NUMBERS_A_SECOND
            settings = sandbox_settings(world, home, [1]).model_copy(update={"access": "open"})
            with bots.ours(settings, paced=True) as bot:
                await bots.answered(world, [world.person("Anna")], ["/help"], times=1)
                began, cpu, own = time.perf_counter(), cpu_seconds(bot.pid), time.process_time()
                before = len(world.telegram.calls)
                await _crowd(world, seen)
                seen.seconds = time.perf_counter() - began
                seen.cpu = cpu_seconds(bot.pid) - cpu
                seen.own_cpu = time.process_time() - own
                seen.memory = family_megabytes(bot.pid)
            seen.said = sum(call.method in SAID for call in world.telegram.calls[before:])
            seen.floods = len(world.telegram.floods)
    return seen


async def _crowd(world: World, seen: Seen) -> None:
    people = [world.person(f"Person {index}") for index in range(PEOPLE)]
    others = [world.person(f"Onlooker {index}") for index in range(ONLOOKERS)]
    looking = [asyncio.create_task(_looks_on(other, seen)) for other in others]
    await asyncio.gather(*(_submits(person, place, seen) for place, person in enumerate(people)))
    for each in looking:
        each.cancel()
    await asyncio.gather(*looking, return_exceptions=True)


async def _submits(person: Person, place: int, seen: Seen) -> None:
    first = 447_400_000_000 + place * NUMBERS * 7  # so far apart that nobody takes it for a sweep
    numbers = "\n".join(f"+{first + 7 * line}" for line in range(NUMBERS))
    await person.uploads("numbers.txt", numbers.encode())
    await person.presses(CHECKS[place % len(CHECKS)])
    await person.presses("Start")
    seen.crowd.append(await _asks(person, "Your checks"))
    await person.receives_file()
    seen.delivered += 1


async def _looks_on(person: Person, seen: Seen) -> None:
    while True:
        seen.onlookers.append(await _asks(person, "Nothing here"))
        await asyncio.sleep(EVERY)


async def _asks(person: Person, answer: str) -> float:
    """Return the seconds until /tasks is answered."""
    began = time.perf_counter()
    said = await person.sends("/tasks")
    await person.sees(answer, after=said)
    return time.perf_counter() - began
