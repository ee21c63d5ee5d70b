"""Track whether the services accept our key, and notify the owners once when that changes."""

import math

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from checking.services import errors
from checking.services.bulk import Service
from runtime.clock import Clock
from runtime.wake_up import WakeUp
from runtime.worker import Worker
from storage.database import Database
from storage.engines.claims import LOOK_AGAIN
from storage.records import services as stored

PROBE_SECONDS = 600.0
PROBE_ID = "numberdesk-probe"  # an id that no service knows: the request is free

log = structlog.get_logger("service")


class KeyHealth:
    """The health of our key at each service, stored, and probed while a service refuses it."""

    def __init__(
        self,
        *,
        database: Database,
        services: dict[str, Service],
        clock: Clock,
        wake_up: WakeUp,
        owners: list[int],
    ) -> None:
        self._database = database
        self._services = services
        self._clock = clock
        self._wake_up = wake_up
        self._owners = owners
        self.worker = Worker("key health", self.step, clock)

    async def paused(self) -> dict[str, float]:
        """Return the services that refuse our key, with the unix time of their next probe."""
        async with self._database.read() as connection:
            return await stored.paused(connection)

    async def key_refused(self, name: str) -> None:
        """Pause a service that answered 401 or 403: offer none of its checks, probe it seldom."""
        now = self._clock.now()
        async with self._database.write() as connection:
            news = await stored.pause(connection, name, now, now + PROBE_SECONDS)
            if news:
                await self.note(connection, "owner-key-refused", {"service": name})
        if news:
            log.warning("key refused", service=name)
            self.worker.wake()
            self._wake_up.notify()

    async def key_taken(self, name: str) -> None:
        """Resume a service that accepts our key."""
        async with self._database.write() as connection:
            news = await stored.resume(connection, name)
            if news:
                await self.note(connection, "owner-key-taken", {"service": name})
        if news:
            log.info("key accepted again", service=name)
            self._wake_up.notify()

    async def recover(self, before: float = math.inf) -> None:
        """Probe at once what was last asked before this unix time: a start may bring a new key."""
        for name, probe_at in (await self.paused()).items():
            if probe_at - PROBE_SECONDS < before:
                await self._probe(name)

    async def step(self) -> float | None:
        """Probe the paused services that are due; return the time of the next probe."""
        paused = await self.paused()
        due = [name for name, probe_at in paused.items() if probe_at <= self._clock.now()]
        for name in await self._database.claims.take("service", due):
            await self._probe(str(name))
        # Services of other replicas stay due until they are probed there.
        soonest = self._clock.now() + LOOK_AGAIN
        return min((max(at, soonest) for at in (await self.paused()).values()), default=None)

    async def _probe(self, name: str) -> None:
        service = self._services.get(name)
        accepted = service is not None
        if service is not None:
            try:
                await service.flavours["tasks_v1"].status(PROBE_ID)
            except errors.ServiceError as error:
                # Any other refusal means that the key is known, and only the task is not.
                refused = isinstance(error, errors.RefusedError)
                accepted = refused and not isinstance(error, errors.KeyRefusedError)
        if accepted:
            await self.key_taken(name)
        else:
            await self.key_refused(name)  # which also sets the time of the next probe

    async def note(self, connection: AsyncConnection, key: str, values: dict[str, str]) -> None:
        """Leave the owners a message: a text key and its values.

        Uses the transaction of the change it reports, so that a crash can't separate the two.
        """
        await stored.note_owners(
            connection,
            self._database.vault,
            self._owners,
            key=key,
            values=values,
            now=self._clock.now(),
        )
