"""Strikes: work that was begun and never ended, because the process died in the middle of it.

A row is written before the work begins and deleted when it ends, with or without an error. A row
left by an earlier run of the program counts as a death.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

import sqlalchemy as sa

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
        count = sa.case((strikes.c.life == life, strikes.c.deaths), else_=strikes.c.deaths + 1)
        begun = (
            insert(strikes)
            .values(rows)
            .on_conflict_do_update(
                index_elements=["kind", "key"], set_={"deaths": count, "life": life}
            )
            .returning(strikes.c.key, strikes.c.deaths)
        )
        async with self._database.write() as connection:
            found = await connection.execute(begun)
            return {row.key for row in found if row.deaths >= MOST_DEATHS}

    @asynccontextmanager
    async def during(self, key: str) -> AsyncGenerator[bool]:
        """Note that the block's work begins and ends; gives True where it is to be set aside."""
        try:
            yield bool(await self.begin([key]))
        finally:
            await finished(self.end(key))  # cancelled is not dead

    async def end(self, key: str) -> None:
        """Note that this work ended."""
        ended = sa.delete(strikes).where(strikes.c.kind == self._kind, strikes.c.key == key)
        async with self._database.write() as connection:
            await connection.execute(ended)
