"""httpx through a proxy.

Not by httpx's own means. It counts the bytes that go to the proxy as bytes to the service, so a
proxy that is down would look like a list that may have been taken; and it can't connect to an
address that was checked while the certificate must match the name.
"""

import asyncio
import ssl
from asyncio import StreamWriter
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import httpcore
import httpx

from runtime.proxies.address import ProxyAddress
from runtime.proxies.dial import ProxyError, Tunnel, dial

LONGEST_SECONDS = 30.0  # to connect, where httpx names no limit


class ProxyTransport(httpx.AsyncHTTPTransport):
    """What httpx sends its requests by: each connection leads through the proxy."""

    def __init__(self, proxy: ProxyAddress, trusted: ssl.SSLContext) -> None:
        super().__init__(verify=trusted, trust_env=False)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=trusted,
            keepalive_expiry=httpx.Limits().keepalive_expiry,
            network_backend=_Backend(proxy),
        )


class _Backend(httpcore.AsyncNetworkBackend):
    def __init__(self, proxy: ProxyAddress) -> None:
        self._proxy = proxy

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        del local_address, socket_options  # nobody sets them
        try:
            return _Stream(await dial(self._proxy, host, port, timeout or LONGEST_SECONDS))
        except ProxyError as error:
            raise httpcore.ConnectError(str(error)) from None


class _Stream(httpcore.AsyncNetworkStream):
    def __init__(self, tunnel: Tunnel) -> None:
        self._reader = tunnel.reader
        loop = asyncio.get_running_loop()
        self._writer = StreamWriter(tunnel.transport, tunnel.protocol, tunnel.reader, loop)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        async with _within(timeout, httpcore.ReadTimeout, httpcore.ReadError):
            return await self._reader.read(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        async with _within(timeout, httpcore.WriteTimeout, httpcore.WriteError):
            self._writer.write(buffer)
            await self._writer.drain()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        async with _within(timeout, httpcore.ConnectTimeout, httpcore.ConnectError):
            await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        return self

    async def aclose(self) -> None:
        self._writer.transport.abort()

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":  # by the server, which closed an idle connection: don't use it
            return self._reader.at_eof() or self._writer.transport.is_closing()
        return self._writer.get_extra_info(info)


@asynccontextmanager
async def _within(
    seconds: float | None, too_late: type[Exception], failed: type[Exception]
) -> AsyncGenerator[None]:
    """Turn what asyncio raises into what httpx knows."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise too_late from None
    except OSError as error:  # TLS' errors are such, too
        raise failed(type(error).__name__) from None
