"""`make soak`: two minutes of people, faults and kills; exits with 1 if the audit fails."""

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
from sandbox.http.silent_server import SilentServer, silent_before
from sandbox.people.person import Person
from sandbox.world import World
from soak.audit import audit
from soak.diary import CENTS, PRICED, QUOTA, Diary
from soak.habits import MINIMUM
from soak.hands import Run
from soak.life import SPEED
from soak.log import read
from soak.owner import Owner
from soak.people import Customer
from soak.planted import ERRORS
from soak.servers import running
from soak.supervisor import Supervisor
from soak.troubles import Troubles
from soak.turns import DUE, Turns
from soak.watcher import Watcher

DAY = 86_400.0
IN_GROUP = 5  # every fifth person writes in the group instead of in private
PAUSE = 200.0  # of the lookup service's limit, in seconds of the shared clock
PENDING = 40.0  # of the shared clock, in a service's queue: time for people to think again
LOOK_AGAIN = 0.05  # real seconds: many people wait, and each change wakes them
LEASE = 6.0  # of a replica, in real seconds: a busy machine takes long to renew it
QUIET_SECONDS = 40.0  # real seconds without a word, after which nothing more is to come
LONGEST_SECONDS = 300.0  # the same for open work to finish


@dataclass(frozen=True, slots=True)
class Plan:
    """The parameters of a run: real seconds, people, seed, planted error, number of bots."""

    seconds: float
    people: int
    seed: int
    error: str | None
    replicas: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """The counts of a run, and the findings of the audit."""

    findings: list[str]
    kills: int
    struck_off: int
    faults: Counter[str]
    outcomes: Counter[str]
    questions: int
    habits: Counter[str]
    in_vain: list[str]


async def soak(plan: Plan, home: Path) -> Report:
    """Run a soak test and audit it, with files in `home`."""
    home.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 # before anything runs
    clock, chance, diary = _clock(plan.seconds), random.Random(plan.seed), Diary()
    log = home / "bot.log"
    async with AsyncExitStack() as stack:
        server = proxy = None
        if plan.replicas > 1:
            server = stack.enter_context(running(home / "postgres"))
            proxy = await stack.enter_async_context(silent_before(server.socket_file))
        world = await stack.enter_async_context(
            World(clock, seed=plan.seed, deadline=90, instances=2)
        )
        world.look_again = LOOK_AGAIN
        world.ekyc.pace.pending = PENDING
        for instance in world.green.instances:
            instance.pause = PAUSE
        people = [world.person(f"P{place:02}") for place in range(plan.people)]
        owner = Owner(people[0], diary)
        settings = _settings(world, home, people[0], plan, proxy)
        async with Supervisor(settings, clock, log, plan.error, chance) as supervisor:
            watcher = Watcher(world)
            troubles = Troubles(world, supervisor, watcher, chance, server=server, proxy=proxy)
            run = Run(world, owner, chance, diary, Turns(chance, DUE), watcher)
            await asyncio.gather(*map(owner.lets_in, people))
            ends_at = time.monotonic() + plan.seconds

            def over() -> bool:
                return time.monotonic() > ends_at

            customers = [Customer(run, each) for each in _placed(world, people)]
            raging = asyncio.create_task(troubles.rage(over))
            living = [asyncio.create_task(each.lives(over)) for each in customers]
            await raging
            troubles.end()
            await asyncio.gather(*living)
            findings = await _settle(
                watcher, lambda: audit(world, diary, read(log, clock), supervisor.cut_off)
            )
        outcomes = Counter(order.outcome for order in diary.orders)
        return Report(
            findings + supervisor.failures,
            supervisor.kills,
            supervisor.struck_off,
            troubles.staged,
            outcomes,
            len(diary.questions),
            diary.habits,
            diary.in_vain,
        )


def _clock(seconds: float) -> FastClock:
    """Return the shared clock, on which a day (UTC) ends in the middle of the run."""
    now = time.time()
    midnight = (now // DAY + 1) * DAY
    ahead = midnight - seconds * SPEED / 2 - now
    return FastClock(now - ahead / (SPEED - 1), SPEED)


def _settings(
    world: World, home: Path, owner: Person, plan: Plan, proxy: SilentServer | None
) -> list[Settings]:
    """Return the settings of each bot."""
    checks = home / "checkers.toml"
    checks.write_text(f"[viber]\nminimum = {MINIMUM}\n[{PRICED}]\nprice = {CENTS * 10}\n")
    common: dict[str, object] = {
        "checkers_file": checks,
        "access": "invited",
        "daily_numbers": QUOTA,
        "poll_fastest_seconds": 3.0,
        "poll_slowest_seconds": 10.0,
        "green_pause_seconds": PAUSE,
        "first_file": "raw",  # the audit tells results by the bytes that the services made
    }
    if proxy is not None:
        common["database_url"] = f"postgresql+asyncpg://postgres@127.0.0.1:{proxy.port}/postgres"
        common["data_key"] = SecretStr(base64.b64encode(bytes(32)).decode())
        common["lease_seconds"] = LEASE
    return [
        sandbox_settings(world, home / f"data{place}", [owner.id]).model_copy(update=common)
        for place in range(plan.replicas)
    ]


def _placed(world: World, people: list[Person]) -> list[Person]:
    """Return most people in their private chats, some in a group to which one adds the bot."""
    in_group = people[1::IN_GROUP]
    if not in_group:
        return people
    group = world.group("Team", in_group[0], in_group[1:], kind="supergroup", bot="left")
    group.adds_bot(in_group[0])
    return [each.within(group) if each in in_group else each for each in people]


async def _settle(watcher: Watcher, check: Callable[[], list[str]]) -> list[str]:
    """Return the findings, once there are none or bots have been silent for a while."""
    ends_at = time.monotonic() + LONGEST_SECONDS
    while (  # noqa: ASYNC110 # there is no event for it
        (findings := check())
        and time.monotonic() < ends_at
        and watcher.quiet_seconds() < QUIET_SECONDS
    ):
        await asyncio.sleep(0.5)
    return findings


def _print_counts(counts: Counter[str]) -> None:
    for name, count in sorted(counts.items()):
        print(f"  {count:4} {name}")


def main() -> int:
    """Parse the flags, run and print the report; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seed", type=int, default=None, help="the seed of an earlier run")
    parser.add_argument("--plant", choices=sorted(ERRORS), help="an error that the audit must find")
    parser.add_argument("--replicas", type=int, default=1, help="more than 1: on PostgreSQL")
    parser.add_argument("--keep", type=Path, help="a new folder for the bot's data and log")
    args = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if args.seed is None else args.seed
    plan = Plan(args.seconds, args.people, seed, args.plant, args.replicas)
    print(
        f"{plan.people} people, {plan.seconds:g} s, seed {seed}, planted: {plan.error}, "
        f"bots: {plan.replicas}"
    )
    with tempfile.TemporaryDirectory() as folder:
        report = asyncio.run(soak(plan, args.keep or Path(folder)))
    print(f"survived {report.kills} kills and {report.faults.total()} faults:")
    if plan.replicas > 1:
        print(
            f"  {report.struck_off:4} replicas came back after their lease expired, and restarted"
        )
    _print_counts(report.faults)
    print(f"{report.outcomes.total()} lists:")
    _print_counts(report.outcomes)
    print(f"{report.questions} lookups")
    _print_counts(report.habits)
    for line in report.in_vain:
        print(line)
    for line in report.findings:
        print(f"FOUND: {line}")
    if report.findings:
        return 1
    print("0 lost, 0 paid twice, 0 files sent twice, nobody left waiting")
    return 0


if __name__ == "__main__":
    sys.exit(main())
