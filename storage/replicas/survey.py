"""A survey of the replicas on PostgreSQL, for commands: there is no lock file to look at."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import AwayError, CannotOpenError, Database
from storage.schema.replica_tables import replicas
from storage.schema.tables import canary

_now = sa.extract("epoch", sa.func.clock_timestamp())


@dataclass(frozen=True, slots=True)
class Survey:
    """A server's version, and the state of the database on it."""

    version: str
    begun: bool
    """True if our tables exist."""
    replicas: int


async def survey(database: Database) -> Survey:
    """Survey a database, change nothing. Raises CannotOpenError."""
    try:
        await database.engine.check()
        async with database.read() as connection:
            version = (await connection.exec_driver_sql("SHOW server_version")).scalar_one()
            names = await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
            known = replicas.name in names
            count = await _count(connection) if known else 0
    except (DatabaseError, AwayError) as error:
        raise database.engine.explain(error) from error
    return Survey(version, canary.name in names, count)


async def exclude_replicas(connection: AsyncConnection) -> None:
    """Make sure that no replica writes outdated data after this transaction.

    Raises CannotOpenError if any is at work. One with an expired lease may only be asleep: it is
    struck off, so that it ends when it wakes up.
    """
    count = await _count(connection)
    if count:
        raise CannotOpenError(
            f"replicas at work: {count}; stop them all, and if one was killed, "
            "wait until its LEASE_SECONDS are over",
            passing=True,
        )
    await connection.execute(sa.delete(replicas))


async def _count(connection: AsyncConnection) -> int:
    query = sa.select(sa.func.count()).select_from(replicas).where(replicas.c.until > _now)
    return (await connection.execute(query)).scalar_one()
