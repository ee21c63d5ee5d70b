"""Connections through a proxy, of every kind, and what each failure says."""

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from runtime.proxies.address import ProxyAddress, parse_proxy
from runtime.proxies.dial import NoWayError, ProxyError, dial
from sandbox.http.proxy import Proxy
from tests.support.certificates import certificate_for

KINDS = ["http", "socks5"]
SECONDS = 10.0


@asynccontextmanager
async def echo() -> AsyncGenerator[int]:
    """A host that greets nobody, and says everything back; the block gets its port."""
    writers: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        while said := await reader.read(100):
            writer.write(said)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for writer in writers:
            writer.transport.abort()
        await asyncio.sleep(0)  # in which they are closed


async def goes_through(proxy: ProxyAddress, host: str, port: int) -> bool:
    """Tell whether the host hears us and we hear it, with nothing of the proxy's between."""
    tunnel = await dial(proxy, host, port, SECONDS)
    tunnel.transport.write(b"hello")
    said = await tunnel.reader.readexactly(5)
    tunnel.transport.abort()
    return said == b"hello"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("host", ["name.test", "93.184.216.34", "2606:2800:220:1::1946"])
async def test_every_kind_of_host(kind: str, host: str) -> None:
    """Protects the way: names and both kinds of addresses arrive as they were meant."""
    target = f"[{host}]:443" if ":" in host else f"{host}:443"
    async with echo() as port, Proxy(kind, names={target: port}) as proxy:
        assert await goes_through(parse_proxy(proxy.url), host, 443)
        assert proxy.asked == [target]


async def test_a_proxy_behind_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the password on its way to an https proxy; a certificate nobody knows is refused."""
    tls = certificate_for(ipaddress.ip_address("127.0.0.1"), tmp_path / "known.pem")
    async with echo() as port, Proxy(user="a", password="b", tls=tls) as proxy:
        with pytest.raises(ProxyError, match="has no valid certificate"):
            await dial(parse_proxy(proxy.url), "127.0.0.1", port, SECONDS)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "known.pem"))
        # Tests share one context otherwise, which knows the machine's certificates alone.
        fresh = getattr(ssl.create_default_context, "__wrapped__", ssl.create_default_context)
        monkeypatch.setattr(ssl, "create_default_context", fresh)
        assert await goes_through(parse_proxy(proxy.url), "127.0.0.1", port)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_host_that_is_out_of_reach(kind: str) -> None:
    """Protects the operator: a proxy that works is told apart from a host that doesn't answer."""
    async with Proxy(kind) as proxy:
        with pytest.raises(NoWayError, match=r"doesn't let us through to nobody\.test"):
            await dial(parse_proxy(proxy.url), "nobody.test", 443, SECONDS)


@pytest.mark.parametrize("asks", ["http", "socks5"])
async def test_a_proxy_that_speaks_another_language(asks: str) -> None:
    """Protects from a wrong scheme in the setting: it ends at once, and is named."""
    other = {"http": "socks5", "socks5": "http"}[asks]
    async with Proxy(other) as proxy:
        address = parse_proxy(proxy.url.replace(other, asks))
        with pytest.raises(ProxyError, match=r"speaks no|in time"):
            await dial(address, "127.0.0.1", 9, 0.5)


async def test_a_proxy_that_says_nothing() -> None:
    """Protects the bot from waiting for ever for one that hangs."""

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(ProxyError, match="doesn't answer in time"):
        await dial(parse_proxy(f"http://127.0.0.1:{port}"), "a.test", 443, 0.05)
    server.close()
    await asyncio.sleep(0.01)  # in which both sides are closed


@pytest.mark.parametrize("scheme", ["http", "https", "socks5", "socks5h"])
def test_addresses_that_are_read(scheme: str) -> None:
    """Protects the operator's spelling: each scheme, a port or none, signs written as %40."""
    read = parse_proxy(f"{scheme}://an%40na:b%3Ac@proxy.test")
    assert (read.host, read.user, read.password) == ("proxy.test", "an@na", "b:c")
    assert read.port in {3128, 443, 1080}
    assert "b:c" not in repr(read)


@pytest.mark.parametrize(
    "text",
    [
        "proxy.test:1080",
        "ftp://proxy.test",
        "socks4://proxy.test",
        "http://",
        "http://u:hunter2@proxy.test:port",
        "http://u:hunter2@proxy.test/path",
        "http://:hunter2@proxy.test",
        "socks5://u:hunter2" + "2" * 255 + "@proxy.test",
        "http://u%3Ax:hunter2@proxy.test",
    ],
)
def test_addresses_that_are_none(text: str) -> None:
    """Protects the password: what can't be an address is refused, without repeating it."""
    with pytest.raises(ValueError, match=r"address|password|colon") as caught:
        parse_proxy(text)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None
