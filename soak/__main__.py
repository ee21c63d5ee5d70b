"""`make soak`: two minutes of people, faults and deaths; exits 1 if the audit finds something."""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.sandboxed import sandbox_settings
from sandbox.clock import FastClock
from sandbox.people import Person
from sandbox.world import World
from soak.audit import audit
from soak.keeper import Keeper
from soak.life import SPEED
from soak.people import Customer, Diary
from soak.planted import ERRORS
from soak.troubles import Troubles

IN_GROUP = 5  # every how manieth person is met in the group instead of in private
PAUSE = 200.0  # of the lookup service's limit, in everybody's seconds
QUIET_SECONDS = 120.0  # real ones, for what was begun to come to its end


@dataclass(frozen=True, slots=True)
class Plan:
    """How long (real seconds), with how many people, from which seed, with which planted error."""

    seconds: float
    people: int
    seed: int
    error: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """What happened, and what the audit found."""

    findings: list[str]
    kills: int
    faults: Counter[str]
    outcomes: Counter[str]
    questions: int


async def soak(plan: Plan, home: Path) -> Report:
    """Run it, and audit it."""
    home.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 # before anything runs
    clock, chance, diary = FastClock(time.time(), SPEED), random.Random(plan.seed), Diary()
    log = home / "bot.log"
    async with World(clock, seed=plan.seed, deadline=90, instances=2) as world:
        for instance in world.green.instances:
            instance.pause = PAUSE
        people = [world.person(f"P{place:02}") for place in range(plan.people)]
        settings = sandbox_settings(world, home / "data", [people[0].id]).model_copy(
            update={
                "access": "open",
                "poll_fastest_seconds": 3.0,
                "poll_slowest_seconds": 10.0,
                "green_pause_seconds": PAUSE,
            }
        )
        async with Keeper(settings, clock, log, plan.error) as keeper:
            troubles = Troubles(world, keeper, chance)
            ends_at = time.monotonic() + plan.seconds

            def over() -> bool:
                return time.monotonic() > ends_at

            customers = [Customer(each, chance, diary) for each in _placed(world, people)]
            raging = asyncio.create_task(troubles.rage(over))
            living = [asyncio.create_task(each.lives(over)) for each in customers]
            await raging
            troubles.end()
            await asyncio.gather(*living)
            findings = await _comes_to_rest(lambda: audit(world, diary, log, keeper.killed_at))
        outcomes = Counter(order.outcome for order in diary.orders)
        return Report(
            findings, len(keeper.killed_at), troubles.staged, outcomes, len(diary.questions)
        )


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
    parser.add_argument("--keep", type=Path, help="a new folder for the bot's data and log")
    given = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if given.seed is None else given.seed
    plan = Plan(given.seconds, given.people, seed, given.plant)
    print(f"{plan.people} people, {plan.seconds:g} s, seed {seed}, planted: {plan.error}")
    with tempfile.TemporaryDirectory() as folder:
        report = asyncio.run(soak(plan, given.keep or Path(folder)))
    print(f"survived {report.kills} kills and {report.faults.total()} faults:")
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
