"""What the page's panel shows and moves: the services, their faults, the clock, the bot's life."""

import asyncio
from typing import Protocol

from sandbox.chat_page.scene import UnfitError
from sandbox.http import faults
from sandbox.http.clock import MovableClock
from sandbox.http.fault_plans import Planned
from sandbox.services.account import Ledger
from sandbox.telegram.store.chats import Json
from sandbox.world import World

SPEEDS = {"still": 0.0, "slow": 40.0, "normal": 450.0, "fast": 20_000.0}
"""Numbers a second."""
LIMIT, DOWN, LOST, EXPIRED, SLOW = "limit", "down", "lost", "expired", "slow"
FAULTS = (LIMIT, DOWN, LOST, EXPIRED, SLOW)
SHOWN_POSTS = 30
STEPS = 20
"""Into which a leap of the clock is cut, so that nothing between is leapt over."""
STEP_SECONDS = 0.03
_DRIP = faults.Drip(size=2_500, seconds=0.4)


class Program(Protocol):
    """The bot's process, whoever keeps it; it may die and be started again."""

    @property
    def state(self) -> str:
        """Tell whether it is `up` or `down`."""
        ...

    async def restart(self) -> None:
        """Stop it as an operator does, and start it again."""
        ...

    async def kill(self) -> None:
        """End it at once, in the middle of whatever it does."""
        ...

    def clock_moved(self) -> None:
        """Hear that the clock was put forward."""
        ...


class Controls:
    """The levers of the panel, and what stands on it."""

    def __init__(self, world: World, clock: MovableClock, program: Program) -> None:
        self._world, self._clock, self._program = world, clock, program
        self._checkers = {"ekycpro": world.ekyc, "checknumber": world.checknumber}
        self._planned: dict[str, list[Planned]] = {}
        self._down = False
        self._moving = asyncio.Lock()
        self._speed = "normal"
        self.set_speed(self._speed)

    def shown(self) -> Json:
        """Tell how everything stands."""
        self._lost_once()
        up = self._program.state == "up"
        listening = up and self._world.telegram.polling.listening
        return {
            "bot": "running" if listening else "starting" if up else "down",
            "offset": self._clock.offset,
            "speed": self._speed,
            "faults": {name: self._is_on(name) for name in FAULTS},
            "services": [_service(name, ledger) for name, ledger in self._checkers.items()],
            "posts": self._posts(),
            "lookups": self._lookups(),
        }

    def set_speed(self, name: object) -> None:
        """Let the checkers work faster or slower from now on."""
        if name not in SPEEDS:
            raise UnfitError("There is no such speed.")
        self._speed = str(name)
        for ledger in self._checkers.values():
            ledger.pace.per_second = SPEEDS[self._speed]

    async def set_fault(self, name: object, *, on: bool) -> None:
        """Switch a fault on or off."""
        if name not in FAULTS:
            raise UnfitError("There is no such fault.")
        for planned in self._planned.pop(str(name), []):
            planned.off()
        if name == LIMIT:
            self._limit(on=on)
        elif name == DOWN:
            await self._goes_down(down=on)
        elif on:
            self._planned[str(name)] = self._plan(str(name))
        self._world.pulse.beat()

    async def move_clock(self, seconds: float) -> None:
        """Put the clock forward, in steps."""
        async with self._moving:
            for _ in range(STEPS):
                self._clock.move_to(self._clock.offset + seconds / STEPS)
                self._program.clock_moved()
                self._world.pulse.beat()
                await asyncio.sleep(STEP_SECONDS)

    async def restart(self) -> None:
        """Restart the bot."""
        await self._program.restart()

    async def kill(self) -> None:
        """Kill the bot."""
        await self._program.kill()

    def _is_on(self, name: str) -> bool:
        if name == DOWN:
            return self._down
        if name == LIMIT:
            return any(
                each.paused_until > self._clock.now() for each in self._world.green.instances
            )
        return name in self._planned

    def _lost_once(self) -> None:
        """Switch the lost reply off when it has happened, whichever service was asked first."""
        planned = self._planned.get(LOST, [])
        if any(each.hits for each in planned):
            for each in self._planned.pop(LOST):
                each.off()

    def _limit(self, *, on: bool) -> None:
        for instance in self._world.green.instances:
            instance.paused_until = self._clock.now() + instance.pause if on else 0.0
            instance.told = False

    async def _goes_down(self, *, down: bool) -> None:
        self._down = down
        for service in self._checkers.values():
            await (service.goes_down() if down else service.comes_back())

    def _plan(self, name: str) -> list[Planned]:
        place, fault = {
            LOST: ("create", faults.ReplyLost()),
            EXPIRED: ("result", faults.Expired()),
            SLOW: ("result", _DRIP),
        }[name]
        times = 1 if name == LOST else None
        return [each.faults.add(place, fault, times=times) for each in self._checkers.values()]

    def _posts(self) -> list[Json]:
        made = [
            {
                "time": post.time,
                "service": name,
                "check": post.task_type,
                "numbers": len(post.numbers),
                "outcome": post.outcome,
                "charged": post.charged,
            }
            for name, ledger in self._checkers.items()
            for post in ledger.posts
        ]
        return sorted(made, key=lambda post: float(str(post["time"])))[-SHOWN_POSTS:]

    def _lookups(self) -> Json:
        green, now = self._world.green, self._clock.now()
        paused = max((each.paused_until for each in green.instances), default=0.0)
        answered = sum(each.status == 200 for each in green.asked)  # noqa: PLR2004 - HTTP's OK
        return {
            "asked": len(green.asked),
            "answered": answered,
            "paused_until": paused if paused > now else None,
        }


def _service(name: str, ledger: Ledger) -> Json:
    charged = [post for post in ledger.posts if post.charged]
    twice = len(charged) - len({(post.task_type, *post.numbers) for post in charged})
    return {
        "name": name,
        "balance": ledger.balance,
        "posts": len(ledger.posts),
        "charged": len(charged),
        "twice": twice,
        "cost": round(sum(len(post.numbers) for post in charged) * ledger.price, 6),
    }
