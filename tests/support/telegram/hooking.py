"""A webhook on its own, and a client that posts to it as Telegram does."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx

from bot.telegram.webhook import SECRET_HEADER, Webhook
from storage.database import Database
from tests.support.processes.ports import free_port
from tests.support.telegram.fetching import Desk
from tests.support.telegram.line import Line

SECRET = "a-secret-of-the-operators"
HEADERS = {SECRET_HEADER: SECRET}


class Hooked:
    """A webhook, its intake, and a client that posts to it."""

    def __init__(self, line: Line, database: Database, client: httpx.AsyncClient) -> None:
        port = self.port = free_port()
        self.line, self.client = line, client
        self.desk = Desk(line, database)
        self.url = f"http://127.0.0.1:{port}/updates/here"
        self.webhook = Webhook(
            intake=self.desk.intake,
            bot=line.bot,
            clock=line.clock,
            url=self.url,
            secret=SECRET,
            host="127.0.0.1",
            port=port,
        )

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[None]:
        """Listen during the block; time moves when a caller waits."""
        work = asyncio.create_task(self.webhook.run())
        self.line.world.patience = self._patience
        try:
            await self.line.world.until(self.known, "Telegram knows the webhook")
            yield
        finally:
            self.line.world.patience = None
            self.webhook.stop()
            await asyncio.wait([work], timeout=5)
            await self.desk.stops()
        work.result()

    def known(self) -> bool | None:
        """Tell whether Telegram has the address."""
        return self.line.world.state.webhook.get("url") == self.url or None

    async def _patience(self) -> None:
        if not self.line.world.busy:
            self.line.clock.to_next_sleeper()

    async def posts(self, body: object, **headers: str) -> int:
        """Post as Telegram does; return the status."""
        answer = await self.client.post(self.url, json=body, headers={**HEADERS, **headers})
        return answer.status_code
