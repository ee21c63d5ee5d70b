"""A pretend internet: names, addresses, and one web server with TLS behind all that are alive."""

import asyncio
import datetime as dt
import errno
import ipaddress
import socket
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

BODY = b"the result"


class Internet:
    """What lies behind public addresses, and what was asked of it.

    names: The addresses of each name; all others are what the system makes of them, without DNS.
    """

    def __init__(self, names: dict[str, list[str]]) -> None:
        self.names = names
        self.refusing: set[str] = set()
        self.silent: set[str] = set()
        self.tried: list[str] = []
        """The addresses that connections were begun to, in their order, this machine's aside."""
        self.asked: list[tuple[str | None, str, str]] = []
        """SNI, Host and the path with its query of each request, as they came over the wire."""
        self._sni: str | None = None
        self.port = 0

    async def resolve(self, host: str, port: int, **_: object) -> list[tuple[Any, ...]]:
        """Stand in for the loop's `getaddrinfo`."""
        kind = socket.SOCK_STREAM
        if host not in self.names:
            flags = socket.AI_NUMERICHOST
            return list(socket.getaddrinfo(host, port, type=kind, flags=flags))
        return [
            (socket.AF_INET6, kind, 6, "", (address, port, 0, 0))
            if ":" in address
            else (socket.AF_INET, kind, 6, "", (address, port))
            for address in self.names[host]
        ]

    async def connect(self, sock: socket.socket, address: tuple[Any, ...]) -> None:
        """Stand in for the loop's `sock_connect`."""
        loop = asyncio.get_running_loop()
        if address[0] == "127.0.0.1":
            await type(loop).sock_connect(loop, sock, address)
            return
        self.tried.append(address[0])
        if address[0] in self.silent:
            await asyncio.Event().wait()
        if address[0] in self.refusing or sock.family == socket.AF_INET6:
            raise OSError(errno.ENETUNREACH, "no way to there")
        await type(loop).sock_connect(loop, sock, ("127.0.0.1", self.port))

    @asynccontextmanager
    async def serving(self, home: Path) -> AsyncGenerator[ssl.SSLContext]:
        """Serve BODY during the block; yield what trusts that server, for its names only."""
        cert = home / "internet.pem"
        cert.write_bytes(_certificate(list(self.names)))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert)
        context.sni_callback = self._note
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05)
        await runner.setup()
        listening = socket.create_server(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        await web.SockSite(runner, listening, ssl_context=context).start()
        try:
            yield ssl.create_default_context(cafile=str(cert))
        finally:
            await runner.cleanup()

    def _note(self, _sock: object, name: str | None, _context: ssl.SSLContext) -> None:
        self._sni = name

    async def _answer(self, request: web.Request) -> web.Response:
        self.asked.append((self._sni, request.headers["Host"], request.raw_path))
        return web.Response(body=BODY)


def _certificate(names: list[str]) -> bytes:
    """Return a key and a certificate for these names, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "pretend internet")])
    now = dt.datetime.now(dt.UTC)
    alternatives: list[x509.GeneralName] = [x509.DNSName(each) for each in names]
    alternatives.append(x509.IPAddress(ipaddress.ip_address("93.184.216.34")))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    return key.private_bytes(pem, *form) + made.public_bytes(pem)


def attach(monkeypatch: pytest.MonkeyPatch, internet: Internet) -> None:
    """Let this loop reach the pretend internet, and no other."""
    loop = asyncio.get_running_loop()
    monkeypatch.setattr(loop, "getaddrinfo", internet.resolve, raising=False)
    monkeypatch.setattr(loop, "sock_connect", internet.connect, raising=False)
