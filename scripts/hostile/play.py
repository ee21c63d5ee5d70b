"""Each hostile file against the real bot, while an honest person sends a list of their own."""

import asyncio
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sandbox.http import faults
from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from sandbox.world import World
from scripts.hostile.bot import Bot, Seen
from scripts.hostile.case import Case, lines, say

PATIENCE = 240.0
HONEST_NUMBERS = 20
TRIES = 3
SETTLE = 0.3
CHECK, UNSAFE = "Telegram activity", "isn't what it should be"
CARD, READING = "📄", "Reading…"

GROWTH_MB, CHILD_MB, P99_MS, STALL_MS, HONEST_SECONDS = 50.0, 768 * 1.048576, 10.0, 100.0, 5.0


@dataclass(frozen=True, slots=True)
class Played:
    """What became of a file: the answer, what was seen, seconds of the honest list and of all."""

    case: Case
    size: int
    answer: str
    fault: str
    seen: Seen
    honest: float
    seconds: float
    tries: int

    def broken(self) -> list[str]:
        """The bounds that it broke."""
        seen = self.seen
        p99, most = seen.late.p99 - seen.idle.p99, seen.late.most - seen.idle.most
        bounds = (
            (self.fault, bool(self.fault)),
            (f"the bot grew by {seen.growth:.0f} MB", seen.growth > GROWTH_MB),
            (f"a child took {seen.child:.0f} MB", seen.child > CHILD_MB),
            (f"the loop was {p99:.1f} ms later than an idle one at p99", p99 > P99_MS),
            (f"the loop was {most:.0f} ms later than an idle one at most", most > STALL_MS),
            (f"the honest list took {self.honest:.1f} s", self.honest > HONEST_SECONDS),
        )
        return [what for what, is_broken in bounds if is_broken]


async def play(lists: Sequence[Case], of_services: Sequence[Case]) -> list[Played]:
    """Play all files; after a fault of ours the bot starts anew."""
    waiting = deque([*((case, True) for case in lists), *((case, False) for case in of_services)])
    found: list[Played] = []
    async with World(deadline=PATIENCE) as world:
        world.ekyc.pace.per_second = 10_000.0
        while waiting:
            with (
                tempfile.TemporaryDirectory(prefix="numberdesk-hostile-") as home,
                Bot(world, Path(home)) as bot,
            ):
                stage = Stage(world, bot)
                await stage.warms_up()
                while waiting and not bot.fault():
                    case, is_list = waiting.popleft()
                    found.append(await stage.tries(case, is_list=is_list))
                    _show(found[-1])
    return found


class Stage:
    """A bot and its world."""

    def __init__(self, world: World, bot: Bot) -> None:
        self._world = world
        self._bot = bot

    async def warms_up(self) -> None:
        """Read the first lists ever, which load what all later ones use."""
        self._bot.begin()
        for count in (HONEST_NUMBERS, 100_000):
            await self._as_list("first.txt", lines(count))
        self._bot.end()

    async def tries(self, case: Case, *, is_list: bool) -> Played:
        """Play it; again where a bound broke, in case the machine was busy with something else."""
        data = await asyncio.to_thread(case.make)
        for turn in range(1, TRIES + 1):
            await asyncio.sleep(SETTLE)
            self._bot.begin()
            send = self._as_list(case.name, data) if is_list else self._as_result(data)
            began = time.monotonic()
            answer, honest = await asyncio.gather(send, self._honest())
            seconds = time.monotonic() - began
            seen, fault = self._bot.end(), self._bot.fault()
            played = Played(case, len(data), answer, fault, seen, honest, seconds, turn)
            if fault or not played.broken():
                break
        return played

    async def _honest(self) -> float:
        """Seconds until an honest list is ready."""
        anna = self._world.person("Anna")
        began = time.monotonic()
        await anna.uploads("honest.txt", lines(HONEST_NUMBERS))
        try:
            await anna.sees(f"{HONEST_NUMBERS} numbers ready", within=PATIENCE)
        except AssertionError:
            return PATIENCE
        return time.monotonic() - began

    async def _as_list(self, name: str, data: bytes) -> str:
        mallory = self._world.person("Mallory")
        await mallory.uploads(name, data)

        def card(message: Message) -> bool:
            return CARD in message.shown and READING not in message.shown

        return await self._answer(mallory, name, card)

    async def _as_result(self, data: bytes) -> str:
        mallory, planned = self._world.person("Mallory"), self._world.ekyc.faults
        await mallory.uploads("list.txt", lines(HONEST_NUMBERS))
        await mallory.sees(f"{HONEST_NUMBERS} numbers ready")
        planned.clear()
        planned.add("result", faults.Content(data))
        await mallory.presses(CHECK)
        await mallory.presses("Start")

        def result(message: Message) -> bool:
            return message.document is not None or UNSAFE in message.shown

        before = len(self._world.storage.fetches)
        answer = await self._answer(mallory, "list.txt", result)
        is_one = len(self._world.storage.fetches) - before == 1
        return answer if is_one else f"fetched again; then: {answer}"

    async def _answer(self, person: Person, name: str, is_it: Callable[[Message], bool]) -> str:
        """Wait for the answer; a fault of ours is one, too."""

        def look() -> str | None:
            shown = [each.shown for each in person.messages if each.by_bot and is_it(each)]
            if shown:
                return _short(shown[-1], name)
            return "none: a fault of ours" if self._bot.fault() else None

        try:
            return await self._world.until(look, "an answer", within=PATIENCE)
        except AssertionError:
            return f"none in {PATIENCE:.0f} s"


def _short(shown: str, name: str) -> str:
    text = shown.replace(name, "", 1).strip(f"☣️✅ {CARD}:·\n")
    first = text.removeprefix(CHECK).strip().partition("\n")[0]
    return first.partition(". ")[0].rstrip(".")


def _show(played: Played) -> None:
    seen, broken = played.seen, played.broken()
    late, idle = seen.late, seen.idle
    figures = f"{played.seconds:5.1f} s +{seen.growth:.0f} MB {seen.child:4.0f} MB "
    figures += f"{late.p99:5.1f} {late.most:4.0f} ms (idle {idle.p99:5.1f} {idle.most:4.0f})"
    told = f"{played.case.name:28} {figures} {played.honest:5.1f} s  {played.answer}"
    say(told + (f"  BROKEN: {'; '.join(broken)}" if broken else ""))
