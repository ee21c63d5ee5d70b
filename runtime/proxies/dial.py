"""A connection to a host through a proxy: HTTP CONNECT (also over TLS), and SOCKS5.

Names are resolved by the proxy, with socks5 as with socks5h: where a host is blocked, its name
often is, too. Every failure is a ProxyError, before a byte for the host has left.

Sources: RFC 9110, 9.3.6 (CONNECT); RFC 1928 and 1929 (SOCKS5).
"""

import asyncio
import base64
import ipaddress
import socket
import ssl
from asyncio import (
    IncompleteReadError,
    LimitOverrunError,
    StreamReader,
    StreamReaderProtocol,
    Transport,
)
from typing import NamedTuple

from runtime.proxies.address import ProxyAddress

_OK, _AUTH_WANTED = 200, 407
_NO_AUTH, _PASSWORD = 0, 2  # SOCKS5 methods
_SOCKS_REPLIES = {
    1: "has failed",
    2: "doesn't allow it",
    3: "can't reach its network",
    4: "can't reach that host; perhaps it doesn't know the name",
    5: "was refused there",
    6: "got no answer from there",
}
_WANTS_PASSWORD = "wants a user and a password"  # noqa: S105 # words
_WRONG_PASSWORD = "doesn't accept the user and password"  # noqa: S105


class ProxyError(ConnectionError):
    """There is no way through the proxy; the text says why, after "the proxy …"."""


class NoWayError(ProxyError):
    """The proxy would speak to us, and doesn't let us through to that host."""


def proxy_fault(error: BaseException | None) -> str | None:
    """Return what was wrong with the proxy, if that is behind an error of aiohttp or httpx."""
    while error is not None:
        if isinstance(error, ProxyError):
            return f"the proxy {error}"
        error = error.__cause__ or error.__context__
    return None


class Tunnel(NamedTuple):
    """A connection through which the host is heard and spoken to, without TLS so far."""

    transport: Transport
    reader: StreamReader
    protocol: StreamReaderProtocol


async def dial(proxy: ProxyAddress, host: str, port: int, seconds: float) -> Tunnel:
    """Connect to a host through a proxy, within so many seconds. Raises ProxyError."""
    transport = None
    try:
        async with asyncio.timeout(seconds):
            tunnel = await _connect(proxy)
            transport = tunnel.transport
            if proxy.speaks_socks:
                await _ask_socks(tunnel, proxy, host, port)
            else:
                await _ask_http(tunnel, proxy, host, port)
            transport = None  # the caller's from now on
            return tunnel
    except TimeoutError:
        raise ProxyError("doesn't answer in time") from None
    except (IncompleteReadError, LimitOverrunError):
        raise ProxyError(f"speaks no {proxy.scheme}: it hung up, or said something else") from None
    except ProxyError:
        raise
    except OSError as error:
        raise ProxyError(f"hung up ({type(error).__name__})") from None
    finally:
        if transport is not None:
            transport.abort()


async def _connect(proxy: ProxyAddress) -> Tunnel:
    loop = asyncio.get_running_loop()
    reader = StreamReader()
    try:
        transport, protocol = await loop.create_connection(
            lambda: StreamReaderProtocol(reader),
            proxy.host,
            proxy.port,
            # The system's certificates, among which an office's own ones are.
            ssl=ssl.create_default_context() if proxy.scheme == "https" else None,
        )
    except (socket.gaierror, UnicodeError):
        raise ProxyError("has a name that can't be resolved; check it, and the DNS") from None
    except ConnectionRefusedError:
        raise ProxyError("refuses connections; is it running, and is that its port?") from None
    except ssl.SSLError as error:
        raise ProxyError(f"has no valid certificate, or no TLS ({error.reason})") from None
    except TimeoutError:
        raise
    except OSError as error:
        raise ProxyError(f"can't be reached ({error.strerror or type(error).__name__})") from None
    return Tunnel(transport, reader, protocol)


async def _ask_http(tunnel: Tunnel, proxy: ProxyAddress, host: str, port: int) -> None:
    target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    if proxy.user:
        said = base64.b64encode(f"{proxy.user}:{proxy.password}".encode()).decode("ascii")
        lines.append(f"Proxy-Authorization: Basic {said}")
    tunnel.transport.write("\r\n".join([*lines, "", ""]).encode("ascii"))
    # The whole head: what is left of it would be taken for the host's words.
    head = await tunnel.reader.readuntil(b"\r\n\r\n")
    version, _, rest = head.partition(b"\r\n")[0].partition(b" ")
    code = rest[:3].decode("ascii", "replace")
    if not version.startswith(b"HTTP/1.") or not code.isdigit():
        raise ProxyError(f"speaks no {proxy.scheme}")
    if int(code) == _AUTH_WANTED:
        raise ProxyError(_WRONG_PASSWORD if proxy.user else _WANTS_PASSWORD)
    if not _OK <= int(code) < _OK + 100:
        raise NoWayError(f"doesn't let us through to {host}: it answers {code}")


async def _ask_socks(tunnel: Tunnel, proxy: ProxyAddress, host: str, port: int) -> None:
    transport, reader = tunnel.transport, tunnel.reader
    transport.write(bytes([5, 2, _NO_AUTH, _PASSWORD] if proxy.user else [5, 1, _NO_AUTH]))
    version, method = await reader.readexactly(2)
    if version != 5:  # noqa: PLR2004 # as the name says
        raise ProxyError("speaks no socks5")
    if method == _PASSWORD and proxy.user:
        user, password = proxy.user.encode(), proxy.password.encode()
        transport.write(bytes([1, len(user)]) + user + bytes([len(password)]) + password)
        if (await reader.readexactly(2))[1] != 0:
            raise ProxyError(_WRONG_PASSWORD)
    elif method != _NO_AUTH:
        raise ProxyError(_WRONG_PASSWORD if proxy.user else _WANTS_PASSWORD)
    transport.write(b"\x05\x01\x00" + _socks_host(host) + port.to_bytes(2))
    _, reply, _, kind = await reader.readexactly(4)
    if reply != 0:
        why = _SOCKS_REPLIES.get(reply, f"answers {reply}")
        raise NoWayError(f"doesn't let us through to {host}: it {why}")
    # The address that it uses there, and a port.
    length = {1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0]
    await reader.readexactly(length + 2)


def _socks_host(host: str) -> bytes:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        name = host.encode("idna")
        return bytes([3, len(name)]) + name
    return bytes([1 if address.version == 4 else 4]) + address.packed  # noqa: PLR2004 # IPv4
