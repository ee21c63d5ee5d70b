"""Strikes: work that was begun and never ended, because the process died in the middle of it.

A row is written before the work begins and deleted when it ends, with or without an error. One
that another life of the program left behind counts as a death.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from runtime.clock import Clock
from storage.database import Database
from storage.schema.tables import strikes
from storage.schema.upserts import insert

MOST_DEATHS = 2
"""Deaths in the middle of the same work after which it is set aside."""


class Strikes:
    """The strikes of one kind of work; what is worked on has a key of its own."""

    def __init__(self, database: Database, kind: str, clock: Clock) -> None:
        self._database = database
        self._kind = kind
        self._clock = clock

    async def begin(self, keys: Sequence[str]) -> set[str]:
        """Write down that these are begun; gives those that were at work at too many deaths."""
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

    async def end(self, key: str) -> None:
        """This one ended, and nobody died of it."""
        ended = sa.delete(strikes).where(strikes.c.kind == self._kind, strikes.c.key == key)
        async with self._database.write() as connection:
            await connection.execute(ended)
