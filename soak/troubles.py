"""Random faults: of Telegram, of the services, and of the bots themselves."""

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import Callable

from sandbox.http import faults
from sandbox.http.silent_server import SilentServer
from sandbox.world import World
from soak.servers import Server
from soak.supervisor import Supervisor
from soak.turns import Turns
from soak.watcher import Watcher

LONGEST_STALL = 9.0  # real seconds; some stalls are longer than a lease
LONGEST_SILENCE = 4.0  # the same of the database's server
SOON = 0.2  # of the deaths come while a bot may still be starting
LONGEST_START = 60.0  # real seconds that bots are given to start
LONGEST_LIFE = 30.0  # and then to say
MOST_WORDS = 60  # before one dies
WORDS_WITHOUT = 15  # faults: else a slow machine has nothing else
DEATHS = {"kill": 6, "order": 1}
OF_REPLICAS = {"stall": 4, "silence": 1, "restart": 1}  # and of their database
SENDS = ("sendMessage", "editMessageText", "editMessageMedia", "sendDocument", "sendPhoto")


class Troubles:
    """Stages faults at random, and counts them."""

    def __init__(
        self,
        world: World,
        supervisor: Supervisor,
        watcher: Watcher,
        chance: random.Random,
        *,
        server: Server | None = None,
        proxy: SilentServer | None = None,
    ) -> None:
        self.staged = Counter[str]()
        self._world = world
        self._supervisor = supervisor
        self._watcher = watcher
        self._chance = chance
        self._server = server  # the shared database, if there is one
        self._proxy = proxy  # in front of it
        self._kinds = DEATHS | OF_REPLICAS if server else DEATHS
        self._turns = Turns(chance, list(self._kinds))

    async def rage(self, over: Callable[[], bool]) -> None:
        """Stage faults one after the other, and kill a bot every few seconds."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self._faults(over))
            both.create_task(self._deaths(over))

    async def _deaths(self, over: Callable[[], bool]) -> None:
        while self._turns.due(self._kinds) or not over():
            if self._chance.random() > SOON:
                await self._get_something_done()
            await asyncio.sleep(self._chance.uniform(0.5, 5.0))
            if self._turns.due(self._kinds) or not over():
                await self._disturb(self._turns.next(self._kinds))

    async def _get_something_done(self) -> None:
        """Let bots start and say something, so that a slow machine isn't all deaths."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_START):
                await self._supervisor.all_up()
        await self._words(MOST_WORDS)

    async def _words(self, most: int) -> None:
        """Let bots say something, at random up to so often; on a slow machine that takes time."""
        enough = self._watcher.words + self._chance.randrange(most)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_LIFE):
                while self._watcher.words < enough:  # noqa: ASYNC110 # of other processes
                    await asyncio.sleep(0.1)

    async def _disturb(self, what: str) -> None:
        match what:
            case "kill":
                self._supervisor.kill()
            case "order":
                self.staged["a bot is told to end"] += 1
                self._supervisor.restart()
            case "stall":
                self.staged["a replica is stopped"] += 1
                await self._supervisor.stall(self._chance.uniform(0.5, LONGEST_STALL))
            case "silence":
                assert self._proxy is not None
                self.staged["PostgreSQL vanishes"] += 1
                began = self._world.clock.now()
                self._proxy.vanishes()
                await asyncio.sleep(self._chance.uniform(0.5, LONGEST_SILENCE))
                self._proxy.is_back()
                self._supervisor.cut_off.append((began, self._world.clock.now()))
            case _:
                assert self._server is not None
                self.staged["PostgreSQL restarts"] += 1
                began = self._world.clock.now()
                await asyncio.to_thread(self._server.restart)
                self._supervisor.cut_off.append((began, self._world.clock.now()))

    async def _faults(self, over: Callable[[], bool]) -> None:
        while not over():
            await asyncio.sleep(self._chance.uniform(0.1, 1.0))
            await self._words(WORDS_WITHOUT)
            kind = self._chance.choice((self._of_telegram, self._of_creating, self._of_following))
            await self._chance.choices((kind, self._an_outage, self._a_limit), (12, 1, 3))[0]()

    async def _of_telegram(self) -> None:
        fault = self._chance.choice(
            (
                faults.bad_gateway(),
                faults.Dropped(),
                faults.ReplyLost(),
                faults.Flood(2),
                faults.Slow(5),
            )
        )
        place = self._chance.choice((*SENDS, "getUpdates", "getFile", "answerCallbackQuery"))
        if isinstance(fault, faults.ReplyLost) and place not in SENDS:
            fault = faults.Dropped()
        self._world.telegram.faults.add(place, fault, times=self._chance.randint(1, 2))
        self._count(place, fault)

    async def _of_creating(self) -> None:
        fault = self._chance.choice(
            (
                faults.Dropped(),
                faults.ReplyLost(),
                faults.server_error(),
                faults.error_page(carried_out=True),
                faults.bad_gateway(carried_out=True),
                faults.not_json(),
                faults.too_many(20),
                faults.refused(402, "insufficient_balance"),
                faults.Slow(10),
            )
        )
        service = self._chance.choice((self._world.ekyc, self._world.checknumber))
        service.faults.add("create", fault)
        self._count("create", fault)

    async def _of_following(self) -> None:
        place, fault = self._chance.choice(
            (
                ("status", faults.Stuck()),
                ("status", faults.Backwards()),
                ("status", faults.Word("thinking")),
                ("status", faults.server_error()),
                ("status", faults.Dropped()),
                ("result", faults.Expired()),
                ("result", faults.Truncated()),
                ("result", faults.server_error()),
                ("result", faults.Dropped()),
            )
        )
        service = self._chance.choice((self._world.ekyc, self._world.checknumber))
        service.faults.add(place, fault, times=self._chance.randint(1, 2))
        self._count(place, fault)

    async def _an_outage(self) -> None:
        service = self._chance.choice((self._world.ekyc, self._world.checknumber))
        await service.goes_down()
        await asyncio.sleep(self._chance.uniform(0.2, 1.0))
        await service.comes_back()
        self.staged["a service is down"] += 1

    async def _a_limit(self) -> None:
        instance = self._chance.choice(self._world.green.instances)
        instance.limit = 0
        for _ in range(20):
            await asyncio.sleep(0.1)
            if instance.paused_until > self._world.clock.now():
                self.staged["the lookups' limit"] += 1
                break
        instance.limit = 50

    def _count(self, place: str, fault: faults.Fault) -> None:
        self.staged[f"{place}: {type(fault).__name__}"] += 1

    def end(self) -> None:
        """Switch off all faults."""
        for part in (self._world.telegram, self._world.ekyc, self._world.checknumber):
            part.faults.clear()
