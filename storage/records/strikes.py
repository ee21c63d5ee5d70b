"""Strikes: work that was begun and never ended, because the process died in the middle of it.

A row is written before the work begins and deleted when it ends, with or without an error. A row
left by another life of the program counts as a death.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from runtime.clock import Clock
from runtime.finishing import finished
from storage.database import Database
from storage.schema.tables import strikes
from storage.schema.upserts import insert

MOST_DEATHS = 2
"""After that many deaths in the middle of the same work, it is set aside."""


class Strikes:
    """The strikes of one kind of work; each piece of work has a key."""

    def __init__(self, database: Database, kind: str, clock: Clock) -> None:
        self._database = database
        self._kind = kind
        self._clock = clock

    async def begin(self, keys: Sequence[str]) -> set[str]:
        """Note that this work begins; return the keys with too many deaths."""
        life = self._database.life
        rows = [
            {"kind": self._kind, "key": key, "life": life, "at": self._clock.now()} for key in keys
        ]
        deadly = (
            sa.select(strikes.c.key)
            .where(strikes.c.kind == self._kind, strikes.c.key.in_(keys), strikes.c.life != life)
            .group_by(strikes.c.key)
            .having(sa.func.count() >= MOST_DEATHS)
        )
        async with self._database.write() as connection:
            await connection.execute(insert(strikes).values(rows).on_conflict_do_nothing())
            return set((await connection.execute(deadly)).scalars())

    @asynccontextmanager
    async def during(self, key: str) -> AsyncGenerator[bool]:
        """Note that the block's work begins and ends; gives True where it is to be set aside."""
        try:
            yield bool(await self.begin([key]))
        finally:
            await finished(self.end(key))  # cancelled is not dead

    async def end(self, key: str) -> None:
        """Note that this work ended: also what earlier lives left of it is forgotten."""
        ended = sa.delete(strikes).where(strikes.c.kind == self._kind, strikes.c.key == key)
        async with self._database.write() as connection:
            await connection.execute(ended)


async def forget(connection: AsyncConnection, life: str) -> None:
    """Take back what a life of the program leaves that ends in order: it didn't die of it."""
    await connection.execute(sa.delete(strikes).where(strikes.c.life == life))
