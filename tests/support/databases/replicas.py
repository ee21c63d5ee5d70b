"""Several replicas on one real PostgreSQL, in one process, with leases on a test clock."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from storage.database import Database
from storage.replicas.leases import Replica
from storage.schema.tables import replicas
from tests.support.databases.engines import address
from tests.support.databases.temporary import opened_at

LEASE = 10.0


class Watch:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Return the seconds since an arbitrary moment."""
        return self.now


class Others:
    """Opens as many replicas as a test needs."""

    def __init__(self, url: str, stack: AsyncExitStack) -> None:
        self.watch = Watch()
        self._url = url
        self._stack = stack

    async def another(self, *, joins: bool = True) -> Database:
        """Open one more, with its own connections; `joins`: it takes part, and may claim."""
        database = await self._stack.enter_async_context(opened_at(self._url))
        replica = Replica(database, LEASE, self.watch)
        database.claims = replica
        if joins:
            await replica.join()
            self.watch.now += 0.6 * LEASE  # a newcomer waits until the others have seen it
            await self.renew(database)
        return database

    async def renew(self, *databases: Database) -> None:
        """Renew the leases of these replicas."""
        for database in databases:
            await replica_of(database).renew()

    async def runs_out(self, database: Database) -> None:
        """Let the lease of this one expire, as if it had stood still for longer."""
        query = replicas.update().where(replicas.c.id == replica_of(database).replica)
        async with database.write() as connection:
            await connection.execute(query.values(until=0.0))


def replica_of(database: Database) -> Replica:
    """Return the replica that this database belongs to."""
    assert isinstance(database.claims, Replica)
    return database.claims


@asynccontextmanager
async def several(folder: Path) -> AsyncGenerator[Others]:
    """Yield replicas on an empty database."""
    async with address("postgresql", folder) as url, AsyncExitStack() as stack:
        yield Others(url, stack)
