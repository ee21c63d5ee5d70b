"""Whether the services take our key, and telling the owners once when that changes."""

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
PROBE_ID = "numberdesk-probe"  # a task that no service knows: asking for it costs nothing

log = structlog.get_logger("service")


class KeyHealth:
    """Our standing with each service, kept in the database and probed while it is bad."""

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
        self.worker = Worker("standing", self.step, clock)

    async def paused(self) -> dict[str, float]:
        """Services that refuse our key, and when each is probed next (unix seconds)."""
        async with self._database.read() as connection:
            return await stored.paused(connection)

    async def key_refused(self, name: str) -> None:
        """The service answered 401 or 403: offer none of its checks, ask it seldom."""
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
        """The service answered as to somebody it knows."""
        async with self._database.write() as connection:
            news = await stored.resume(connection, name)
            if news:
                await self.note(connection, "owner-key-taken", {"service": name})
        if news:
            log.info("key taken again", service=name)
            self._wake_up.notify()

    async def recover(self) -> None:
        """At a start: the operator may just have put a new key in. Probe at once."""
        for name in await self.paused():
            await self._probe(name)

    async def step(self) -> float | None:
        """Probe the paused services that are due; give the time of the next."""
        paused = await self.paused()
        due = [name for name, probe_at in paused.items() if probe_at <= self._clock.now()]
        for name in await self._database.claims.take("service", due):
            await self._probe(str(name))
        # Those of other replicas stay due until they are probed there.
        soonest = self._clock.now() + LOOK_AGAIN
        return min((max(at, soonest) for at in (await self.paused()).values()), default=None)

    async def _probe(self, name: str) -> None:
        service = self._services.get(name)
        if service is not None and await self._takes_key(service):
            await self.key_taken(name)
        else:
            await self.key_refused(name)  # which also sets the time of the next probe

    async def _takes_key(self, service: Service) -> bool:
        try:
            await service.flavours["tasks_v1"].status(PROBE_ID)
        except errors.KeyRefusedError:
            return False
        except errors.RefusedError:
            return True  # it knows us, just not that task
        except errors.ServiceError:
            return False
        return True

    async def note(self, connection: AsyncConnection, key: str, values: dict[str, str]) -> None:
        """Leave the owners a message: a key of texts and what stands in it.

        It belongs into the commit of what it tells of, so that no crash comes in between.
        """
        await stored.note_owners(
            connection,
            self._database.vault,
            self._owners,
            key=key,
            values=values,
            now=self._clock.now(),
        )
