"""One look into the database for everybody who asks the same at the same moment."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")


class BatchedReads(Generic[Key, Found]):
    """Asks about single keys, and looks for all that wait at once.

    `look` gets the keys and gives what it found, for each of them; what it raises, everybody
    who asked gets. Whoever asks while a look is under way is part of the next one, so nobody is
    told what was true before they asked.
    """

    def __init__(
        self,
        database: Database,
        look: Callable[[AsyncConnection, list[Key]], Awaitable[Mapping[Key, Found]]],
    ) -> None:
        self._database = database
        self._look = look
        self._waiting: dict[Key, asyncio.Future[Found]] = {}
        self._looking: asyncio.Task[None] | None = None

    async def about(self, key: Key) -> Found:
        """What there is about this key."""
        if key not in self._waiting:
            self._waiting[key] = asyncio.get_running_loop().create_future()
        answer = self._waiting[key]
        if self._looking is None:
            self._looking = asyncio.create_task(self._serve(), name="look")
        # Shielded: others may wait for the same answer.
        return await asyncio.shield(answer)

    async def _serve(self) -> None:
        try:
            while self._waiting:
                asked: dict[Key, asyncio.Future[Found]] = {}
                try:
                    async with self._database.read() as connection:
                        asked, self._waiting = self._waiting, {}
                        found = await self._look(connection, list(asked))
                except Exception as error:  # noqa: BLE001 # everybody who asked is told
                    if not asked:  # the database gave no connection
                        asked, self._waiting = self._waiting, {}
                    for answer in asked.values():
                        answer.set_exception(error)
                else:
                    for key, answer in asked.items():
                        answer.set_result(found[key])
        finally:
            self._looking = None
