"""10,000 open tasks: cost at the start and in memory, polling, and delivery.

They are checks of 2,000 people at two services. Each card shows the progress of its task, and the
services make no progress until the benchmark finishes a task. The start lasts from the birth of the
process until a person who wrote meanwhile is answered. Polling runs on a clock four times as fast,
also in the bot, so that a real second holds the work of four; its times are those of that clock.
A service is polled at most five times a second, so it takes long until each of its tasks was
polled once. The goal for a single result is the promise of POLL_SLOWEST_SECONDS, which doesn't
depend on the number of tasks.
"""

import asyncio
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from bench import bots, peers
from bench.filling import Open, fill, let_results_wait
from bench.measures import row
from bench.processes import family_megabytes
from bot.playground.settings import sandbox_settings
from bot.settings import Settings
from sandbox.telegram.methods import SAID
from sandbox.telegram.store.chats import Chat, Message
from sandbox.world import World

PEOPLE, EACH = 2_000, 5
TURNS = 5
SPEED = 4
SINGLES, BETWEEN = 20, 30.0
SETTLED = 20.0
RATE, TELEGRAM = 5.0, 30.0
WINDOW = 10.0
FASTEST, SLOWEST = 3.0, 60.0
PATIENCE = 1_800.0  # real seconds
OPEN = f"{PEOPLE * EACH:,} open tasks"


def run() -> Iterator[str]:
    """Measure and yield the lines to print."""
    yield from asyncio.run(_starts())
    yield from asyncio.run(_follows())
    yield from asyncio.run(_waiting_results())


def _settings(world: World, home: Path) -> Settings:
    change = {
        "access": "open",
        "poll_fastest_seconds": FASTEST,
        "poll_slowest_seconds": SLOWEST,
    }
    return sandbox_settings(world, home, [1]).model_copy(update=change)


async def _starts() -> list[str]:
    """Measure the time from the start of a process to its first answer, and its memory later."""
    seconds: dict[str, list[float]] = {"full": [], "empty": []}
    memory: dict[str, float] = {}
    with bots.home() as full, bots.home() as empty:
        async with World(deadline=bots.PATIENCE) as world:
            homes = {"full": _settings(world, full), "empty": _settings(world, empty)}
            await fill(world, homes["full"], PEOPLE, EACH)
            for turn in range(TURNS):
                for name, settings in homes.items():
                    began = time.perf_counter()
                    with bots.ours(settings, paced=True) as bot:
                        await bots.answered(world, [world.person("Anna")], ["/help"], times=1)
                        seconds[name].append(time.perf_counter() - began)
                        if turn == TURNS - 1:
                            await asyncio.sleep(SETTLED)
                            memory[name] = family_megabytes(bot.pid)
            with peers.aiogram_echo(world.bot_token, world.telegram_url) as bot:
                await bots.answered(world, [world.person("Anna")], ["/help"], times=1)
                await asyncio.sleep(SETTLED)
                memory["bare"] = family_megabytes(bot.pid)
    more = (statistics.median(seconds["full"]) - statistics.median(seconds["empty"])) * 1000
    above = memory["full"] - memory["bare"]
    return [
        row(
            f"{OPEN}: from the start of the process to the first answer",
            peer=f"empty database: {statistics.median(seconds['empty']) * 1000:,.0f} ms",
            ours=f"{statistics.median(seconds['full']) * 1000:,.0f} ms",
            ratio=f"{more:+,.0f} ms",
            goal="at most 250 ms more",
            met=more <= 250,
        ),
        row(
            f"{OPEN}: memory, {SETTLED:.0f} s after the start",
            peer=f"bare aiogram bot: {memory['bare']:.0f} MB",
            ours=f"{memory['full']:.0f} MB",
            ratio=f"{above:+.0f} MB",
            goal="at most 60 MB more",
            met=above <= 60,
        ),
        f"Memory of ours with an empty database: {memory['empty']:.0f} MB.",
    ]


class Deliveries:
    """The times when each person got a file, on the world's clock."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.at: dict[int, float] = {}
        world.watch(self)

    def __call__(self, _kind: str, chat: Chat, message: Message) -> None:
        """Note a file of the bot; the sandbox calls this at each change."""
        if message.by_bot and message.document is not None:
            self.at.setdefault(chat.id, self._world.clock.now())

    async def of(self, chosen: list[Open]) -> list[float]:
        """Wait until all of them got a file; return the times."""
        people = [each.person.id for each in chosen]

        def all_there() -> list[float] | None:
            if any(person not in self.at for person in people):
                return None
            return [self.at[person] for person in people]

        return await self._world.until(all_there, "all results are there", within=PATIENCE)


async def _follows() -> list[str]:
    clock = bots.FastClock(time.time(), SPEED)
    with bots.home() as home:
        async with World(clock, deadline=bots.PATIENCE) as world:
            settings = _settings(world, home)
            found = await fill(world, settings, PEOPLE, EACH)
            deliveries = Deliveries(world)
            with bots.ours(settings, clock, paced=True):
                await world.until(lambda: world.ekyc.polls or None, "the bot is there")
                began = clock.now()
                delays = await _one_by_one(world, deliveries, found[:SINGLES])
                lines = _rates(world, began) + _singles(delays)
                lines += await _many_at_once(world, deliveries, found[PEOPLE : 2 * PEOPLE])
    return lines


def _rates(world: World, began: float) -> list[str]:
    """Return rows with the poll rate of each service since then, without its first burst."""
    lines = []
    for name, service in (("ekyc", world.ekyc), ("checknumber", world.checknumber)):
        times = [poll.time for poll in service.polls if poll.time > began + WINDOW]
        mean = len(times) / (world.clock.now() - began - WINDOW)
        most = _most_within(times) / WINDOW
        lines.append(
            row(
                f"{OPEN}: polls of {name} a second",
                peer=f"its rate: {RATE:.0f}",
                ours=f"{mean:.2f} on average, {most:.1f} in the busiest {WINDOW:.0f} s",
                ratio=f"{mean / RATE:.2f}",
                goal="within the rate",
                met=most <= RATE,
            )
        )
    return lines


def _most_within(times: list[float]) -> int:
    most = first = 0
    for last, at in enumerate(times):
        while times[first] <= at - WINDOW:
            first += 1
        most = max(most, last - first + 1)
    return most


async def _one_by_one(world: World, deliveries: Deliveries, chosen: list[Open]) -> list[float]:
    """Finish one task after the other; return the sorted seconds until each is delivered."""
    ready = []
    for each in chosen:
        each.remote.finished = True
        ready.append(world.clock.now())
        await world.clock.sleep(BETWEEN)
    there = await deliveries.of(chosen)
    return sorted(there[place] - at for place, at in enumerate(ready))


def _singles(delays: list[float]) -> list[str]:
    return [
        row(
            f"{OPEN}: from ready at the service to delivered, one at a time ({len(delays)})",
            peer=f"poll interval: {SLOWEST:.0f} s",
            ours=f"{statistics.median(delays):,.1f} s median, {delays[-1]:,.1f} s at most",
            ratio=f"{delays[-1] - SLOWEST:+,.1f} s",
            goal="at most the poll interval and 1 s",
            met=delays[-1] <= SLOWEST + 1,
        ),
        (
            f"At {RATE:.0f} polls a second of each of two services, {PEOPLE * EACH:,} tasks are "
            f"polled once in {PEOPLE * EACH / 2 / RATE:,.0f} s."
        ),
    ]


async def _many_at_once(world: World, deliveries: Deliveries, chosen: list[Open]) -> list[str]:
    deliveries.at.clear()
    for each in chosen:
        each.remote.finished = True
    began = world.clock.now()
    there = await deliveries.of(chosen)
    return [_pace(world, f"{len(chosen):,} results ready at once, found by polling", began, there)]


async def _waiting_results() -> list[str]:
    """Measure delivery without polling: the bot stopped after it had polled the results."""
    with bots.home() as home:
        async with World(deadline=bots.PATIENCE) as world:
            settings = _settings(world, home)
            found = await fill(world, settings, PEOPLE, EACH)
            await let_results_wait(world, settings, found[:PEOPLE])
            deliveries = Deliveries(world)
            with bots.ours(settings, paced=True):
                await world.until(lambda: world.telegram.calls or None, "the bot is there")
                began = world.clock.now()
                there = await deliveries.of(found[:PEOPLE])
            return [_pace(world, f"{PEOPLE:,} results that wait at a start", began, there)]


def _pace(world: World, what: str, began: float, there: list[float]) -> str:
    """Return a row with messages and edits per second until the last result."""
    ended = max(there)
    said = sum(call.method in SAID and began <= call.time <= ended for call in world.telegram.calls)
    pace = said / (ended - began)
    return row(
        f"{OPEN}: {what}: messages and edits a second until the last was delivered",
        peer=f"Telegram's own pace: {TELEGRAM:.0f}",
        ours=f"{pace:.1f} ({len(there):,} files in {ended - began:,.0f} s, {said:,} calls)",
        ratio=f"{pace / TELEGRAM:.2f}",
        goal="at least 0.9",
        met=pace >= 0.9 * TELEGRAM,
    )
