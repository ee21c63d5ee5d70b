"""PostgreSQL's NOTIFY listener: wake-ups between replicas, on a connection of its own.

A notification only says that something changed. A lost one means a delay: every replica also
polls.
"""

from collections.abc import Callable
from typing import Any

import structlog

from storage.engines.base import AwayError, Engine
from storage.engines.postgres import PostgresEngine
from storage.engines.postgres_errors import translated

CHANNEL = "numberdesk"

log = structlog.get_logger("replica")


class NotifyListener:
    """Receive notifications from other replicas, and send our own."""

    def __init__(self, engine: Engine, heard: Callable[[], None]) -> None:
        assert isinstance(engine, PostgresEngine)
        self._engine = engine
        self._heard = heard
        self._connection: Any = None

    async def listen(self) -> None:
        """Connect and LISTEN, unless connected."""
        if self._connection is not None and not self._connection.is_closed():
            return
        connection = None
        try:
            connection = await self._engine.connect()
            with translated(), self._engine.calling():
                await connection.add_listener(CHANNEL, self._on_notice)
        except AwayError:
            log.warning("listen failed")
            if connection is not None:
                connection.terminate()
        else:
            self._connection = connection

    async def tell(self, me: str) -> None:
        """Notify the others. `me` is the sender's id: a replica ignores its own notifications."""
        if self._connection is None or self._connection.is_closed():
            return
        try:
            await self._engine.run(self._connection, "SELECT pg_notify($1, $2)", CHANNEL, me)
        except AwayError:
            self._connection.terminate()  # it may not know that the server is gone

    def _on_notice(self, _connection: Any, _process: int, _channel: str, sender: str) -> None:
        if sender != self._engine.replica:
            self._heard()

    async def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.terminate()
