"""Downloads of result files, by aiohttp: over https, from public addresses alone, without our key.

The link is a stranger's. Every address that its host has is examined in the lookup that the
connection is made by, so it can't be another one a moment later. aiohttp tries all of them as
Happy Eyeballs does (RFC 8305), and sends the link's own host as Host and SNI.
"""

import ipaddress
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

import aiohttp
from aiohttp.abc import ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from checking.services.http import CONNECT_SECONDS, trusted
from runtime.proxies.address import ProxyAddress
from runtime.proxies.connector import ProxyConnector

READ_SECONDS = 30.0  # without a byte

DownloadErrors = (aiohttp.ClientError, TimeoutError)

_AS_IT_IS = "!#$%&'()*+,/:;=?@[]~"  # what may stand in a link (RFC 3986); the rest is quoted

# Below 1024 everything else is no web server. Of the others those that browsers block, too
# (https://fetch.spec.whatwg.org/#port-blocking).
_HTTPS, _PRIVILEGED = 443, 1024
_BLOCKED = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6679, 6697, 10080}
    | set(range(6665, 6670))
)

# Where one version of Python or another takes them for global: protocols, relays of 6to4.
_NOT_PUBLIC_4 = tuple(map(ipaddress.IPv4Network, ("192.0.0.0/24", "192.88.99.0/24")))
# All that is assigned to hosts, and within it what isn't: Teredo, benchmarks and the like,
# documentation, 6to4. So NAT64 and mapped IPv4 addresses are left out, too.
_HOSTS_6 = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
)


class AddressError(Exception):
    """The link leads to where no result may come from."""


class _PublicResolver(ThreadedResolver):
    """Resolves names all of whose addresses are public."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await super().resolve(host, port, family)
        if not found:
            raise OSError("no address")
        if not all(is_public(each["host"]) for each in found):
            raise AddressError
        return found


def _public_socket(info: Any) -> socket.socket:
    """Open the socket of a connection. Addresses that stand in a link meet no resolver."""
    family, kind, protocol, _, address = info
    if not is_public(address[0]):
        raise AddressError
    return socket.socket(family, kind, protocol)


def is_public(text: str) -> bool:
    """Tell whether this is a host's address in the internet, and no gateway's for others."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        special = any(address in network for network in _NOT_PUBLIC_4)
        return address.is_global and not address.is_multicast and not special
    return address in _HOSTS_6 and not any(address in network for network in _NOT_PUBLIC_6)


def _connector(proxy: ProxyAddress | None, *, is_ours: bool) -> aiohttp.BaseConnector:
    public = _PublicResolver()

    async def look_up(host: str, port: int) -> list[str]:
        return [each["host"] for each in await public.resolve(host, port)]

    if proxy is not None:
        return ProxyConnector(proxy, trusted(), limit=1, look_up=None if is_ours else look_up)
    if is_ours:
        return aiohttp.TCPConnector(ssl=trusted())
    return aiohttp.TCPConnector(ssl=trusted(), resolver=public, socket_factory=_public_socket)


@asynccontextmanager
async def open_download(
    url: str, origins: frozenset[str], proxy: ProxyAddress | None = None
) -> AsyncGenerator[aiohttp.ClientResponse]:
    """GET `url` as a stream; redirects are not followed. Raises AddressError and DownloadErrors.

    origins: Permitted whatever they are; see RESULT_ORIGINS.
    proxy: It is told an address that was examined here, so that a name can't lead into its network.
    """
    try:
        # A signature may hold for the link as it was written: yarl would write it anew.
        link = URL(quote(url, safe=_AS_IT_IS), encoded=True)
        port = link.port
    except ValueError:
        raise AddressError from None
    is_ours = f"{link.scheme}://{link.raw_authority}" in origins
    if not is_ours:
        if link.scheme != "https" or not link.raw_host or "@" in link.raw_authority:
            raise AddressError
        if port != _HTTPS and (port is None or port < _PRIVILEGED or port in _BLOCKED):
            raise AddressError
    async with aiohttp.ClientSession(
        connector=_connector(proxy, is_ours=is_ours),
        timeout=aiohttp.ClientTimeout(
            total=None,
            connect=3 * CONNECT_SECONDS,
            sock_connect=CONNECT_SECONDS,
            sock_read=READ_SECONDS,
        ),
        headers={"Accept-Encoding": "identity", "User-Agent": "numberdesk"},
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
    ) as session:
        try:
            response = await session.get(link, allow_redirects=False)
        except (UnicodeError, aiohttp.InvalidURL):  # no valid host name
            raise AddressError from None
        async with response:
            yield response
