"""An HTTP server on 127.0.0.1 that can go down, come back and reset a connection."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable, Iterator

from aiohttp import ClientError, web
from aiohttp.typedefs import Handler

HOST = "127.0.0.1"
LOOK_AGAIN = 0.02
"""Real seconds between two checks that a hanging client is still connected."""
SHUTDOWN = 0.05
"""Real seconds for requests in flight when the server stops."""


class Server:
    """Serves an aiohttp application on a port that it keeps for its whole life; 0: a free one.

    `uncounted` selects requests that only wait, such as long polls: they never count as `busy`.
    """

    def __init__(
        self, app: web.Application, uncounted: Callable[[web.Request], bool], port: int = 0
    ) -> None:
        self.closing = asyncio.Event()
        self.busy = 0
        self.hanging = 0
        """Requests that wait for real seconds now."""
        self._uncounted = uncounted
        app.middlewares.append(self._count)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN)
        self._socket: socket.socket | None = None
        self._listener: asyncio.Server | None = None
        self._port = port

    @property
    def url(self) -> str:
        """The origin without a trailing slash, such as http://127.0.0.1:34567."""
        return f"http://{HOST}:{self._port}"

    async def start(self) -> None:
        """Start listening."""
        await self._runner.setup()
        self._bind()
        await self.comes_back()

    async def stop(self) -> None:
        """Close at once, with requests still open."""
        self.closing.set()
        if self._listener is not None:
            self._listener.close()
        await self._runner.cleanup()
        if self._socket is not None:
            self._socket.close()

    async def goes_down(self) -> None:
        """Drop open connections and refuse new ones from now on.

        The port stays ours: a socket that is bound but doesn't listen refuses every connection.
        """
        if self._listener is None:
            return
        self._listener.close()
        self._listener = None
        if self._runner.server is not None:
            for connection in self._runner.server.connections:
                connection.force_close()
        self._bind()
        await asyncio.sleep(0)

    async def comes_back(self) -> None:
        """Accept connections again, on the same port."""
        if self._listener is not None:
            return
        assert self._runner.server is not None
        assert self._socket is not None
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(self._runner.server, sock=self._socket)

    @contextlib.contextmanager
    def at_rest(self, request: web.Request) -> Iterator[None]:
        """Don't count the request as busy in this block: it waits on purpose."""
        counted = not self._uncounted(request)
        self.busy -= counted
        try:
            yield
        finally:
            self.busy += counted

    async def hang(self, request: web.Request) -> web.Response:
        """Send nothing until the client gives up or the server stops."""
        with self.at_rest(request):
            while not self.closing.is_set() and not gone(request):
                await self.pause(LOOK_AGAIN)
        return cut(request)

    async def pause(self, seconds: float) -> None:
        """Sleep for real seconds, or until the server closes."""
        self.hanging += 1
        try:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.closing.wait(), seconds)
        finally:
            self.hanging -= 1

    def _bind(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((HOST, self._port))
        self._port = self._socket.getsockname()[1]

    @web.middleware
    async def _count(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        counted = not self._uncounted(request)
        self.busy += counted
        try:
            return await handler(request)
        except (ConnectionError, ClientError, web.RequestPayloadError):
            return cut(request)  # the client is gone, such as a killed bot
        finally:
            self.busy -= counted


class Endpoint:
    """A part of the world with an HTTP server of its own."""

    server: Server

    @property
    def url(self) -> str:
        """The base URL."""
        return self.server.url

    async def goes_down(self) -> None:
        """Drop open connections and refuse new ones from now on."""
        await self.server.goes_down()

    async def comes_back(self) -> None:
        """Accept connections again, on the same port."""
        await self.server.comes_back()


def gone(request: web.Request) -> bool:
    """True if the client has closed the connection of this request."""
    return request.transport is None or request.transport.is_closing()


def cut(request: web.Request) -> web.Response:
    """Reset the connection (TCP RST); the returned response is never sent."""
    if request.transport is not None:
        sock = request.transport.get_extra_info("socket")
        if sock is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()
    return web.Response()
