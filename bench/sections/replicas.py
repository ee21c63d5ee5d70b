"""One process on SQLite, one on PostgreSQL, three on PostgreSQL: speed, takeover, and queries.

All three get the same on one sandbox, in turn: an unknown command, as in `updates`, and small lists
that are submitted at once. The PostgreSQL server syncs every commit to disk, like SQLite, and
shares the machine with the rest: on two cores three bots can't be faster than one, they can only
cost little. The takeover runs on the system clock with the default lease: the replica with the
claim on a chat is killed at the moment of a message there. Queries are counted on a database with a
thousand finished checks and on one with a million.
"""

import asyncio
import base64
import itertools
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import sqlalchemy as sa
from pydantic import SecretStr

from bench import bots
from bench.measures import row
from bench.sections import statements
from bot.playground.settings import sandbox_settings
from bot.settings import Settings
from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from sandbox.world import World
from soak.servers import Server, running
from storage.database import Database
from storage.schema.replica_tables import claims, replicas
from storage.sealing.vault import Vault

PEOPLE, TIMES, WARM_UP, TURNS = 150, 8, 3, 2
LISTS = 40
KEY = bytes(range(32))
LEASE = 10.0
DEATHS = 3
SETTLED = 6.0  # seconds after which new replicas have begun to work
NAMES = {"sqlite": "one on SQLite", "one": "one on PostgreSQL", "three": "three on PostgreSQL"}


def run() -> Iterator[str]:
    """Measure and yield the lines to print."""
    with bots.home() as home, running(home / "postgres") as server:
        yield from asyncio.run(_speeds(home, server))
        yield from asyncio.run(_delays(home, server))
        yield from asyncio.run(_takeovers(home, server))
        yield from asyncio.run(statements.rows(home, server, settings_of))


def settings_of(world: World, home: Path, url: str | None) -> Settings:
    """Return the settings of a bot; `url` is its PostgreSQL database, if it has one."""
    made = sandbox_settings(world, home, [1]).model_copy(update={"access": "open"})
    if url is None:
        return made
    return made.model_copy(
        update={"database_url": url, "data_key": SecretStr(base64.b64encode(KEY).decode())}
    )


async def _speeds(home: Path, server: Server) -> list[str]:
    rates: dict[str, list[float]] = {name: [] for name in NAMES}
    counter = itertools.count()
    async with World(bots.FastClock(time.time()), deadline=bots.PATIENCE) as world:
        people = [world.person(f"Person {index}") for index in range(PEOPLE)]
        for _ in range(TURNS):
            for name in NAMES:
                url = None if name == "sqlite" else server.make(f"speed{next(counter)}")
                with ExitStack() as stack:
                    for place in range(3 if name == "three" else 1):
                        folder = home / f"{next(counter)}-{place}"
                        stack.enter_context(bots.ours(settings_of(world, folder, url)))
                    await bots.answered(world, people, ["/hello"] * PEOPLE, times=WARM_UP)
                    await asyncio.sleep(SETTLED)
                    rates[name].append(
                        await bots.answered(world, people, ["/hello"] * PEOPLE, times=TIMES)
                    )
    return list(_compared("updates stored and answered a second", rates, "/s"))


async def _delays(home: Path, server: Server) -> list[str]:
    """Measure deliveries on the system clock, within Telegram's rate limits."""
    delays: dict[str, list[float]] = {name: [] for name in NAMES}
    for turn, name in itertools.product(range(TURNS), NAMES):
        url = None if name == "sqlite" else server.make(f"delay{turn}{name}")
        async with World(deadline=bots.PATIENCE) as world:
            world.checknumber.balance = 1e9
            people = [world.person(f"Person {index}") for index in range(LISTS)]
            with ExitStack() as stack:
                for place in range(3 if name == "three" else 1):
                    folder = home / f"delay{turn}{name}{place}"
                    stack.enter_context(bots.ours(settings_of(world, folder, url), paced=True))
                await bots.answered(world, people[:1], ["/hello"], times=1)
                await asyncio.sleep(SETTLED)
                delays[name].append(await _delivers(world, people))
    measure = f"{LISTS} lists submitted at once, until the last file is there"
    return list(_compared(measure, delays, " s"))


async def _delivers(world: World, people: list[Person]) -> float:
    """Return the seconds from the first list to the last file."""
    began = time.perf_counter()

    async def submits(person: Person, first: int) -> None:
        numbers = "\n".join(f"+{first + 3 * line}" for line in range(30))
        message = await person.uploads("list.txt", numbers.encode())
        card = await person.sees("numbers ready", after=message)
        await person.presses("Active number", on=card)
        await person.presses("Start", on=card)
        await world.until(
            lambda: _has_file(person, message) or None, "a file is there", within=bots.PATIENCE
        )

    whose = enumerate(people)
    await asyncio.gather(*(submits(each, 447_400_000_000 + at * 1000) for at, each in whose))
    return time.perf_counter() - began


def _has_file(person: Person, message: Message) -> bool:
    return any(each.document and each.reply_to is message for each in person.messages)


def _compared(measure: str, found: dict[str, list[float]], unit: str) -> Iterator[str]:
    middle = {name: statistics.median(each) for name, each in found.items()}
    for name in ("one", "three"):
        yield row(
            f"{measure}, {NAMES[name]}",
            peer=f"{NAMES['sqlite']}: {middle['sqlite']:,.1f}{unit}",
            ours=f"{middle[name]:,.1f}{unit}",
            ratio=f"{middle[name] / middle['sqlite']:.2f}",
        )


async def _takeovers(home: Path, server: Server) -> list[str]:
    waits: list[float] = []
    url = server.make("takeover")
    async with World(deadline=bots.PATIENCE) as world:
        anna = world.person("Anna")
        for death in range(DEATHS):
            with ExitStack() as stack:
                lives = [
                    stack.enter_context(
                        bots.ours(
                            settings_of(world, home / f"taken{death}-{place}", url), paced=True
                        )
                    )
                    for place in range(3)
                ]
                await asyncio.sleep(LEASE)
                said = await anna.sends("/hello")
                await anna.sees("know that command", after=said)
                killed = await _owner(url, anna.id)
                for life in lives:
                    if killed == str(life.pid):
                        life.kill()
                began = time.perf_counter()
                said = await anna.sends("/hello")
                await anna.sees("know that command", after=said)
                waits.append(time.perf_counter() - began)
    worst = max(waits)
    return [
        row(
            "from the death of the replica with the claim on a chat to the next answer there",
            peer=f"the lease: {LEASE:.0f} s",
            ours=f"{worst:.1f} s (the longest of {DEATHS})",
            goal="at most the lease + 1 s",
            met=worst <= LEASE + 1,
        )
    ]


async def _owner(url: str, chat_id: int) -> str:
    """Return the id of the process with the claim on this chat."""
    database = Database(url, Vault(KEY))
    query = (
        sa.select(replicas.c.name)
        .join(claims, claims.c.owner == replicas.c.id)
        .where(claims.c.kind == "chat", claims.c.name == str(chat_id))
    )
    async with database.read() as connection:
        where = (await connection.execute(query)).scalar_one()
    await database.close()
    return str(where).rpartition(":")[2]
