"""Whether the services take our key, and telling the owners once when that changes."""

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from checking.clock import Clock
from checking.reporter import Reporter
from storage import services
from storage.database import Database

PROBE_SECONDS = 600.0

log = structlog.get_logger("service")


class Standing:
    """Our standing with each service, kept in the database."""

    def __init__(
        self, database: Database, clock: Clock, reporter: Reporter, owners: list[int]
    ) -> None:
        self._database = database
        self._clock = clock
        self._reporter = reporter
        self._owners = owners

    async def paused(self) -> dict[str, float]:
        """Services that refuse our key, and when each may be probed (unix seconds)."""
        async with self._database.read() as connection:
            return await services.paused(connection)

    async def key_refused(self, name: str) -> None:
        """The service answered 401 or 403: offer none of its checks, ask it seldom."""
        now = self._clock.now()
        async with self._database.write() as connection:
            news = await services.pause(connection, name, now, now + PROBE_SECONDS)
            if news:
                await self._note(connection, "owner-key-refused", {"service": name})
        if news:
            log.warning("key refused", service=name)
            self._reporter.news()

    async def key_taken(self, name: str) -> None:
        """The service answered as to somebody it knows."""
        async with self._database.write() as connection:
            news = await services.resume(connection, name)
            if news:
                await self._note(connection, "owner-key-taken", {"service": name})
        if news:
            log.info("key taken again", service=name)
            self._reporter.news()

    async def tell_owners(self, key: str, values: dict[str, str]) -> None:
        """Leave the owners a message: a key of texts and what stands in it."""
        async with self._database.write() as connection:
            await self._note(connection, key, values)
        self._reporter.news()

    async def _note(self, connection: AsyncConnection, key: str, values: dict[str, str]) -> None:
        await services.note_owners(
            connection,
            self._database.vault,
            self._owners,
            key=key,
            values=values,
            now=self._clock.now(),
        )
