"""The panel of the page: the services and their faults, the clock, and the bot's process."""

import asyncio
from http import HTTPStatus
from typing import Protocol

from sandbox.chat_page.scene import UnfitError
from sandbox.http import faults
from sandbox.http.clock import MovableClock
from sandbox.http.fault_plans import Planned
from sandbox.services.account import Account
from sandbox.telegram.store.chats import Json
from sandbox.world import World

SPEEDS = {"still": 0.0, "slow": 40.0, "normal": 450.0, "fast": 20_000.0}
"""Numbers per second."""
LIMIT, DOWN, LOST = "limit", "down", "lost"
PLANS: dict[str, tuple[str, faults.Fault, int | None]] = {
    LOST: ("create", faults.ReplyLost(), 1),
    "expired": ("result", faults.Expired(), None),
    "slow": ("result", faults.Drip(size=2_500, seconds=0.4), None),
}
"""Faults planned at both checkers: place, fault, and how often it happens."""
FAULTS = (LIMIT, DOWN, *PLANS)
SHOWN_POSTS = 30
LONGEST_MOVE = 7 * 86_400
STEPS = 20
"""Steps of a move of the clock, so that everything due on the way happens in order."""
STEP_SECONDS = 0.03


class Program(Protocol):
    """The bot's process; it may die and be started again."""

    @property
    def state(self) -> str:
        """The state: `up` or `down`."""
        ...

    async def restart(self) -> None:
        """Stop it as an operator does, and start it again."""
        ...

    async def kill(self) -> None:
        """Kill it at once, in the middle of its work."""
        ...

    def clock_moved(self) -> None:
        """Note that the clock was moved."""
        ...


class Controls:
    """The controls of the panel, and the figures that it shows."""

    def __init__(self, world: World, clock: MovableClock, program: Program) -> None:
        self._world, self._clock, self._program = world, clock, program
        self._checkers = {"ekycpro": world.ekyc, "checknumber": world.checknumber}
        self._planned: dict[str, list[Planned]] = {}
        self._down = False
        self._moving = asyncio.Lock()
        self._speed = "normal"
        self.set_speed(self._speed)

    def shown(self) -> Json:
        """Return the state of everything on the panel."""
        if any(planned.hits for planned in self._planned.get(LOST, [])):
            # One reply is lost, by the service that is asked first.
            for planned in self._planned.pop(LOST):
                planned.off()
        up, green = self._program.state == "up", self._world.green
        listening = up and self._world.telegram.polling.listening
        paused_until = max((each.paused_until for each in green.instances), default=0.0)
        paused = paused_until > self._clock.now()
        planned_faults = {name: name in self._planned for name in PLANS}
        return {
            "bot": "running" if listening else "starting" if up else "down",
            "offset": self._clock.offset,
            "speed": self._speed,
            "faults": {LIMIT: paused, DOWN: self._down, **planned_faults},
            "services": [_service(name, account) for name, account in self._checkers.items()],
            "posts": self._posts(),
            "lookups": {
                "asked": len(green.asked),
                "answered": sum(each.status == HTTPStatus.OK for each in green.asked),
                "paused_until": paused_until if paused else None,
            },
        }

    def set_speed(self, name: object) -> None:
        """Set the speed of the checkers."""
        if name not in SPEEDS:
            raise UnfitError("There is no such speed.")
        self._speed = str(name)
        for account in self._checkers.values():
            account.pace.per_second = SPEEDS[self._speed]
        self._world.pulse.beat()

    async def set_fault(self, name: object, *, on: bool) -> None:
        """Switch a fault on or off."""
        if name not in FAULTS:
            raise UnfitError("There is no such fault.")
        for planned in self._planned.pop(str(name), []):
            planned.off()
        if name == LIMIT:
            for instance in self._world.green.instances:
                instance.paused_until = self._clock.now() + instance.pause if on else 0.0
                instance.told = False
        elif name == DOWN:
            self._down = on
            for service in self._checkers.values():
                await (service.goes_down() if on else service.comes_back())
        elif on:
            place, fault, times = PLANS[str(name)]
            self._planned[str(name)] = [
                service.faults.add(place, fault, times=times) for service in self._checkers.values()
            ]
        self._world.pulse.beat()

    async def move_clock(self, seconds: object) -> None:
        """Move the clock forward, in steps."""
        if not isinstance(seconds, int) or not 0 < seconds <= LONGEST_MOVE:
            raise UnfitError("The clock goes forward, a week at most.")
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
            for name, account in self._checkers.items()
            for post in account.posts
        ]
        return sorted(made, key=lambda post: float(str(post["time"])))[-SHOWN_POSTS:]


def _service(name: str, account: Account) -> Json:
    charged = [post for post in account.posts if post.charged]
    twice = len(charged) - len({(post.task_type, *post.numbers) for post in charged})
    return {
        "name": name,
        "balance": account.balance,
        "posts": len(account.posts),
        "charged": len(charged),
        "twice": twice,
        "cost": float(sum(account.cost_of(post) for post in charged)),
    }
