"""aiohttp through a proxy."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Sequence

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.tracing import Trace

from runtime.proxies.address import ProxyAddress
from runtime.proxies.dial import ProxyError, dial

CONNECT_SECONDS = 30.0

LookUp = Callable[[str, int], Awaitable[list[str]]]
"""Finds the addresses of a host that the proxy is asked for, in their order."""


class ProxyConnector(aiohttp.BaseConnector):
    """Connections of an aiohttp session that lead through a proxy.

    look_up: None: the proxy resolves names.
    """

    def __init__(
        self,
        proxy: ProxyAddress,
        trusted: ssl.SSLContext,
        *,
        limit: int,
        look_up: LookUp | None = None,
    ) -> None:
        super().__init__(limit=limit)
        self._proxy = proxy
        self._trusted = trusted
        self._look_up = look_up

    async def _create_connection(
        self, req: aiohttp.ClientRequest, traces: Sequence[Trace], timeout: aiohttp.ClientTimeout
    ) -> ResponseHandler:
        """Connect; aiohttp calls it when none of its connections is free. Raises its errors."""
        del traces
        key = req.connection_key
        host, port = key.host, key.port or (443 if key.is_ssl else 80)
        try:
            transport = await self._tunnel(host, port, timeout.sock_connect or CONNECT_SECONDS)
        except ProxyError as error:
            # Its second word is what aiohttp shows.
            told = OSError(error.errno, f"the proxy {error}")
            raise aiohttp.ClientProxyConnectionError(key, told) from error
        except OSError as error:
            raise aiohttp.ClientConnectorError(key, error) from error
        answers = self._factory()
        if not key.is_ssl:
            transport.set_protocol(answers)
        else:
            try:
                over_tls = await self._loop.start_tls(
                    transport, answers, self._trusted, server_hostname=host
                )
            except ssl.CertificateError as error:
                raise aiohttp.ClientConnectorCertificateError(key, error) from error
            except OSError as error:
                raise aiohttp.ClientConnectorError(key, error) from error
            assert over_tls is not None
            transport = over_tls
        answers.connection_made(transport)
        return answers

    async def _tunnel(self, host: str, port: int, seconds: float) -> asyncio.Transport:
        """Try each address of the host. Raises what the last one met, an OSError."""
        error: OSError = OSError("no address")
        for address in await self._look_up(host, port) if self._look_up else [host]:
            try:
                return (await dial(self._proxy, address, port, seconds)).transport
            except ProxyError as met:
                error = met
        raise error
