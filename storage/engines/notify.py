"""News between replicas: LISTEN and NOTIFY, over a connection of its own.

A notice says only that something changed. One that is lost delays things until somebody looks
by himself, which everybody does again and again.
"""

import contextlib
from collections.abc import Callable
from typing import Any

import structlog

from storage.engines.base import AwayError, Engine
from storage.engines.postgres import PostgresEngine

CHANNEL = "numberdesk"

log = structlog.get_logger("replica")


class NotifyListener:
    """Hears what the others tell, and tells them."""

    def __init__(self, engine: Engine, heard: Callable[[], None]) -> None:
        assert isinstance(engine, PostgresEngine)
        self._engine = engine
        self._heard = heard
        self._connection: Any = None

    async def listen(self) -> None:
        """Hear the others, if we don't yet or no longer do."""
        if self._connection is not None and not self._connection.is_closed():
            return
        try:
            self._connection = await self._engine.connect()
            await self._connection.add_listener(CHANNEL, self._on_notice)
        except AwayError:
            log.warning("no news from the other replicas for now")

    async def tell(self, me: str) -> None:
        """Something changed. `me` is who says so, and need not hear it."""
        if self._connection is None or self._connection.is_closed():
            return
        with contextlib.suppress(AwayError):
            await self._engine.run(self._connection, "SELECT pg_notify($1, $2)", CHANNEL, me)

    def _on_notice(self, _connection: Any, _process: int, _channel: str, who: str) -> None:
        if who != self._engine.replica:
            self._heard()

    async def close(self) -> None:
        """Hear nothing more."""
        if self._connection is not None:
            self._connection.terminate()
