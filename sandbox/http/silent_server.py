"""A server that can vanish without a word: a proxy that passes no bytes any more."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


class SilentServer:
    """Passes bytes between a port and the server's socket, until it is silent."""

    def __init__(self, socket: str) -> None:
        self.port = 0
        self.url = ""
        """The address of a database, for whoever knows one."""
        self._socket = socket
        self._heard = asyncio.Event()
        self._heard.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: list[asyncio.StreamWriter] = []

    def vanishes(self) -> None:
        """Pass nothing any more, and close nothing."""
        self._heard.clear()

    def is_back(self) -> None:
        """Serve new connections. Those from before stay silent, as after a failover."""
        self._heard = asyncio.Event()
        self._heard.set()

    def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self._writers.append(writer)
        self._tasks.add(asyncio.create_task(self._serve(reader, writer, self._heard)))

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, heard: asyncio.Event
    ) -> None:
        await heard.wait()
        try:
            theirs, ours = await asyncio.open_unix_connection(self._socket)
        except OSError:  # it restarts
            writer.transport.abort()
            return
        self._writers.append(ours)
        await asyncio.gather(_pass(reader, ours, heard), _pass(theirs, writer, heard))

    async def close(self) -> None:
        """End everything."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.sleep(0)  # in which they are closed


async def _pass(
    source: asyncio.StreamReader, target: asyncio.StreamWriter, heard: asyncio.Event
) -> None:
    with contextlib.suppress(OSError):
        while data := await source.read(65536):
            await heard.wait()
            target.write(data)
            await target.drain()
        target.close()


@asynccontextmanager
async def silent_before(socket: str) -> AsyncGenerator[SilentServer]:
    """Serve a free port of 127.0.0.1 in front of a Unix socket inside the block."""
    server = SilentServer(socket)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        await server.close()
