"""`make soak`: two minutes of people, faults and deaths; exits 1 if the audit finds something."""

import argparse
import asyncio
import base64
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot.playground.settings import sandbox_settings
from bot.settings import Settings
from sandbox.http.clock import FastClock
from sandbox.people.person import Person
from sandbox.world import World
from soak.audit import audit
from soak.keeper import Keeper
from soak.life import SPEED
from soak.people import Customer, Diary
from soak.planted import ERRORS
from soak.servers import Server, running
from soak.troubles import Troubles

IN_GROUP = 5  # every how manieth person is met in the group instead of in private
PAUSE = 200.0  # of the lookup service's limit, in everybody's seconds
LEASE = 3.0  # of a replica, in real seconds
QUIET_SECONDS = 120.0  # real ones, for what was begun to come to its end


@dataclass(frozen=True, slots=True)
class Plan:
    """How long (real seconds), with how many people, from which seed, with which planted error."""

    seconds: float
    people: int
    seed: int
    error: str | None
    replicas: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """What happened, and what the audit found."""

    findings: list[str]
    kills: int
    struck_off: int
    faults: Counter[str]
    outcomes: Counter[str]
    questions: int


async def soak(plan: Plan, home: Path) -> Report:
    """Run it, and audit it."""
    home.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 # before anything runs
    clock, chance, diary = FastClock(time.time(), SPEED), random.Random(plan.seed), Diary()
    log = home / "bot.log"
    async with AsyncExitStack() as stack:
        server = None
        if plan.replicas > 1:
            server = stack.enter_context(running(home / "postgres"))
        world = await stack.enter_async_context(
            World(clock, seed=plan.seed, deadline=90, instances=2)
        )
        for instance in world.green.instances:
            instance.pause = PAUSE
        people = [world.person(f"P{place:02}") for place in range(plan.people)]
        each = _settings(world, home, people[0], plan, server)
        async with Keeper(each, clock, log, plan.error, chance) as keeper:
            troubles = Troubles(world, keeper, chance, server)
            ends_at = time.monotonic() + plan.seconds

            def over() -> bool:
                return time.monotonic() > ends_at

            customers = [Customer(world, each, chance, diary) for each in _placed(world, people)]
            raging = asyncio.create_task(troubles.rage(over))
            living = [asyncio.create_task(each.lives(over)) for each in customers]
            await raging
            troubles.end()
            await asyncio.gather(*living)
            findings = await _comes_to_rest(lambda: audit(world, diary, log, keeper.cut_off))
        outcomes = Counter(order.outcome for order in diary.orders)
        return Report(
            findings,
            keeper.kills,
            keeper.struck_off,
            troubles.staged,
            outcomes,
            len(diary.questions),
        )


def _settings(
    world: World, home: Path, owner: Person, plan: Plan, server: Server | None
) -> list[Settings]:
    """Those of each bot."""
    common: dict[str, object] = {
        "access": "open",
        "poll_fastest_seconds": 3.0,
        "poll_slowest_seconds": 10.0,
        "green_pause_seconds": PAUSE,
    }
    if server is not None:
        common["database_url"] = server.url
        common["data_key"] = SecretStr(base64.b64encode(bytes(32)).decode())
        common["lease_seconds"] = LEASE
    return [
        sandbox_settings(world, home / f"data{place}", [owner.id]).model_copy(update=common)
        for place in range(plan.replicas)
    ]


def _placed(world: World, people: list[Person]) -> list[Person]:
    """Most of them in private chats, some in a group that somebody added the bot to."""
    in_group = people[1::IN_GROUP]
    if not in_group:
        return people
    group = world.group("Team", in_group[0], in_group[1:], kind="supergroup", bot="left")
    group.adds_bot(in_group[0])
    return [each.within(group) if each in in_group else each for each in people]


async def _comes_to_rest(found: Callable[[], list[str]]) -> list[str]:
    """What the audit finds when what was begun has had the time that it may take."""
    ends_at = time.monotonic() + QUIET_SECONDS
    while (findings := found()) and time.monotonic() < ends_at:  # noqa: ASYNC110 # only it knows
        await asyncio.sleep(0.5)
    return findings


def main() -> int:
    """Read the flags, run, print."""
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seed", type=int, default=None, help="as a run before printed it")
    parser.add_argument("--plant", choices=sorted(ERRORS), help="an error the audit has to find")
    parser.add_argument("--replicas", type=int, default=1, help="more than 1: on PostgreSQL")
    parser.add_argument("--keep", type=Path, help="a new folder for the bot's data and log")
    given = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if given.seed is None else given.seed
    plan = Plan(given.seconds, given.people, seed, given.plant, given.replicas)
    print(
        f"{plan.people} people, {plan.seconds:g} s, seed {seed}, planted: {plan.error}, "
        f"bots: {plan.replicas}"
    )
    with tempfile.TemporaryDirectory() as folder:
        report = asyncio.run(soak(plan, given.keep or Path(folder)))
    print(f"survived {report.kills} kills and {report.faults.total()} faults:")
    if plan.replicas > 1:
        print(f"  {report.struck_off:4} replicas came back too late, and began anew")
    for name, count in sorted(report.faults.items()):
        print(f"  {count:4} {name}")
    print(f"{report.outcomes.total()} lists:")
    for name, count in sorted(report.outcomes.items()):
        print(f"  {count:4} {name}")
    print(f"{report.questions} lookups")
    for line in report.findings:
        print(f"FOUND: {line}")
    if report.findings:
        return 1
    print("0 lost, 0 paid twice, 0 files doubled, nobody left waiting")
    return 0


if __name__ == "__main__":
    sys.exit(main())
