"""An intake on its own, with a handler that records its messages."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import sqlalchemy as sa
from aiogram import Dispatcher
from aiogram.types import Message

from bot.telegram.chat_queues import ChatQueues
from bot.telegram.polling import Intake
from checking.metrics import Metrics
from runtime.wake_up import WakeUp
from storage.database import Database
from storage.schema.tables import inbox
from tests.support.telegram.line import Line


class Desk:
    """An intake with a handler that records its messages; a text in `closed` has to wait."""

    def __init__(self, line: Line, database: Database) -> None:
        self.line, self.database = line, database
        self.begun: list[str] = []
        self.done: list[str] = []
        self.closed: dict[str, asyncio.Event] = {}
        dispatcher = Dispatcher()
        dispatcher.message.register(self._handle)
        metrics = Metrics()
        self.chat_queues = ChatQueues(
            database=database,
            bot=line.bot,
            dispatcher=dispatcher,
            clock=line.clock,
            metrics=metrics,
        )
        self.intake = Intake(
            database=database,
            bot=line.bot,
            chat_queues=self.chat_queues,
            clock=line.clock,
            metrics=metrics,
            wake_up=WakeUp(),
        )

    async def _handle(self, message: Message) -> None:
        text = message.text or ""
        self.begun.append(text)
        if text == "breaks":
            raise ZeroDivisionError
        if text in self.closed:
            await self.closed[text].wait()
        self.done.append(text)

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[asyncio.Task[None]]:
        """Fetch and handle during the block; time moves when a caller waits."""
        work = asyncio.create_task(self.intake.run())
        self.line.world.patience = self._patience
        try:
            yield work
        finally:
            self.line.world.patience = None
            work.cancel()
            await asyncio.wait([work])
            await self.stops()

    async def _patience(self) -> None:
        self.line.clock.to_next_sleeper()

    async def handles(self, *texts: str) -> None:
        """Wait until these are handled, in any order."""
        wanted = sorted(texts)
        look = self.line.world.until
        await look(lambda: sorted(self.done) == wanted or None, f"{wanted} are handled")
        await look(lambda: self.chat_queues.idle or None, "all is written down")

    async def stops(self) -> None:
        """End as a killed process does: nothing in memory is left."""
        self.chat_queues._queues.clear()
        self.chat_queues._broken_off = _dead  # type: ignore[method-assign]
        await self.chat_queues.pool.drain(0)

    async def stored(self) -> dict[int, bool]:
        """Return the inbox, by update id: whether it is handled."""
        query = sa.select(inbox.c.update_id, inbox.c.handled_at).order_by(inbox.c.update_id)
        async with self.database.read() as connection:
            rows = (await connection.execute(query)).all()
        return {row.update_id: row.handled_at is not None for row in rows}


async def _dead(_: int) -> None:
    """Write nothing: who is dead can't."""
