"""The HTTP server for /healthz (Docker, systemd) and /metrics (Prometheus).

/healthz checks that updates arrive, the database writes and the workers run.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError

from bot.gauges import Gauges
from bot.telegram.source import Source
from runtime.clock import Clock
from runtime.errors import CutOffError
from runtime.web import serving
from runtime.worker import Worker
from storage.database import Database, proves_writing

UPDATES_SECONDS = 120.0  # a long poll takes 25, so an outage shows after four
TURN_SECONDS = 120.0
DATABASE_SECONDS = 5.0  # whoever asks, as Docker, waits for ten


class Health:
    """Answers 200 and `ok`, or 503 and one problem per line."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        workers: list[Worker],
        source: Source,
        gauges: Gauges,
        host: str,
        port: int,
    ) -> None:
        self._database = database
        self._clock = clock
        self._workers = workers
        self._source = source
        self._gauges = gauges
        self._host, self._port = host, port
        self._probe: asyncio.Task[str | None] | None = None

    @asynccontextmanager
    async def serve(self) -> AsyncGenerator[None]:
        """Serve while the block runs; do nothing if the port is 0."""
        if not self._port:
            yield
            return

        async def healthz(_: web.Request) -> web.Response:
            found = await self.problems()
            text = "\n".join(found or ["ok"]) + "\n"
            return web.Response(text=text, status=503 if found else 200)

        async def metrics(_: web.Request) -> web.Response:
            page = await self._gauges.page()
            return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE_LATEST})

        app = web.Application()
        app.router.add_get("/healthz", healthz)
        app.router.add_get("/metrics", metrics)
        try:
            async with serving(app, self._host, self._port, setting="HEALTH"):
                yield
        finally:
            if self._probe is not None:
                self._probe.cancel()
                await asyncio.wait([self._probe])

    async def problems(self) -> list[str]:
        """Return what is wrong, in words for the operator."""
        now = self._clock.now()
        found = []
        silent = now - self._source.fetched_at
        if silent > UPDATES_SECONDS:
            found.append(f"{self._source.silence} for {silent:.0f} s")
        found += [
            f"the {worker.name} loop has not turned for {now - worker.turned_at:.0f} s"
            for worker in self._workers
            if now - worker.turned_at > TURN_SECONDS
        ]
        if self._probe is None or self._probe.done():
            self._probe = asyncio.create_task(self._prove_writing(), name="health")
        # One that hangs goes on: the next who asks waits for it, too, and none is added.
        await asyncio.wait([self._probe], timeout=DATABASE_SECONDS)
        if not self._probe.done():
            found.append(f"the database hasn't answered for {DATABASE_SECONDS:g} s")
        elif problem := self._probe.result():
            found.append(problem)
        return found

    async def _prove_writing(self) -> str | None:
        try:
            async with self._database.write() as connection:
                await proves_writing(connection)  # an empty transaction needs no room
        except (SQLAlchemyError, CutOffError, OSError) as error:
            return f"the database doesn't write: {type(error).__name__}"
        return None
