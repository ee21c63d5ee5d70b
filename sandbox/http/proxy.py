"""A proxy on 127.0.0.1: HTTP CONNECT (also over TLS) or SOCKS5, with or without a password.

It resolves names itself, by `names`, and says each of its replies byte by byte, as a network may.
"""

import asyncio
import base64
import contextlib
import ipaddress
import ssl
from collections.abc import Mapping
from types import TracebackType
from typing import Self

HOST = "127.0.0.1"
_ATYP_IPV4, _ATYP_NAME, _ATYP_IPV6 = 1, 3, 4
_SOCKS_UNREACHABLE, _SOCKS_REFUSED = 4, 5


class Proxy:
    """Passes on what is asked for; anything else it refuses as real ones do.

    Args:
        speaks: http or socks5.
        user: Whom it lets through; empty: everybody.
        names: The ports of 127.0.0.1 behind "name:port", of names that nobody else resolves.
        tls: It takes connections over TLS only.
    """

    def __init__(
        self,
        speaks: str = "http",
        *,
        user: str = "",
        password: str = "",
        names: Mapping[str, int] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.user, self.password = user, password
        self.asked: list[str] = []
        """Each target, as it was asked for by those who were let through."""
        self.turned_away = 0
        """How often somebody came without the right password."""
        self.port = 0
        self._speaks = speaks
        self._names = dict(names or {})
        self._tls = tls
        self._listener: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: list[asyncio.StreamWriter] = []

    async def __aenter__(self) -> Self:
        await self.comes_back()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.goes_down()

    @property
    def url(self) -> str:
        """Its address, with user and password."""
        scheme = "https" if self._tls else self._speaks
        who = f"{self.user}:{self.password}@" if self.user else ""
        return f"{scheme}://{who}{HOST}:{self.port}"

    async def goes_down(self) -> None:
        """Cut all connections, and refuse new ones."""
        assert self._listener is not None
        self._listener.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()
        await asyncio.sleep(0)  # in which they are closed

    async def comes_back(self) -> None:
        """Take connections again, on the same port."""
        self._listener = await asyncio.start_server(
            self._take, HOST, self.port, ssl=self._tls, reuse_address=True
        )
        self.port = self._listener.sockets[0].getsockname()[1]

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        task = asyncio.create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = self._http if self._speaks == "http" else self._socks
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            there = await talk(reader, writer)
            if there is not None:
                self._writers.append(there[1])
                await asyncio.gather(_pass(reader, there[1]), _pass(there[0], writer))
        writer.close()

    async def _http(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ")
        said = base64.b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")
        if self.user and f"Proxy-Authorization: Basic {said}" not in head:
            self.turned_away += 1
            wants = "Proxy-Authenticate: Basic realm=proxy\r\nContent-Length: 0\r\n\r\n"
            await _say(writer, f"HTTP/1.1 407 Who are you\r\n{wants}".encode())
            return None
        if method != "CONNECT":
            await _say(writer, b"HTTP/1.1 405 CONNECT only\r\nContent-Length: 0\r\n\r\n")
            return None
        there = await self._connect(target)
        if isinstance(there, int):
            await _say(writer, b"HTTP/1.1 502 No way\r\nContent-Length: 0\r\n\r\n")
            return None
        await _say(writer, b"HTTP/1.1 200 Connection established\r\nVia: a sandbox\r\n\r\n")
        return there

    async def _socks(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        _, count = await reader.readexactly(2)
        method = 2 if self.user else 0
        if method not in await reader.readexactly(count):
            self.turned_away += 1
            await _say(writer, b"\x05\xff")
            return None
        await _say(writer, bytes([5, method]))
        if self.user:
            await reader.readexactly(1)
            said = [await reader.readexactly((await reader.readexactly(1))[0]) for _ in range(2)]
            known = said == [self.user.encode(), self.password.encode()]
            await _say(writer, bytes([1, not known]))
            if not known:
                self.turned_away += 1
                return None
        there = await self._connect(await _socks_target(reader))
        code = there if isinstance(there, int) else 0
        await _say(writer, bytes([5, code, 0, _ATYP_IPV4, 0, 0, 0, 0, 0, 0]))
        return None if isinstance(there, int) else there

    async def _connect(
        self, target: str
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | int:
        self.asked.append(target)
        host, _, port = target.rpartition(":")
        known = self._names.get(target)
        if known is None and host != HOST:
            return _SOCKS_UNREACHABLE
        try:
            return await asyncio.open_connection(HOST, known or int(port))
        except OSError:
            return _SOCKS_REFUSED


async def _socks_target(reader: asyncio.StreamReader) -> str:
    kind = (await reader.readexactly(4))[3]
    if kind == _ATYP_NAME:
        host = (await reader.readexactly((await reader.readexactly(1))[0])).decode("ascii")
    else:
        length = {_ATYP_IPV4: 4, _ATYP_IPV6: 16}[kind]
        host = str(ipaddress.ip_address(await reader.readexactly(length)))
        host = f"[{host}]" if kind == _ATYP_IPV6 else host
    return f"{host}:{int.from_bytes(await reader.readexactly(2))}"


async def _say(writer: asyncio.StreamWriter, reply: bytes) -> None:
    for place in range(len(reply)):
        writer.write(reply[place : place + 1])
        await writer.drain()
        await asyncio.sleep(0)


async def _pass(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await source.read(65536):
            target.write(data)
            await target.drain()
    target.close()
