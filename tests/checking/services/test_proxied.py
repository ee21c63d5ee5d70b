"""A service over TLS, behind a proxy that speaks TLS itself."""

import ipaddress
import ssl
from pathlib import Path

import httpx
import pytest
from aiohttp import web

from checking.services.proxied import ProxyTransport
from runtime.proxies.address import parse_proxy
from sandbox.http.proxy import Proxy
from tests.support.certificates import certificate_for

BODY = bytes(range(256)) * 12_000


async def back(request: web.Request) -> web.Response:
    """Answer with what was sent."""
    return web.Response(body=await request.read())


async def test_tls_to_the_service_within_tls_to_the_proxy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects a list on both legs: 3 MB each way, and the connection is kept."""
    ours, theirs = tmp_path / "proxy.pem", tmp_path / "service.pem"
    tls = certificate_for(ipaddress.ip_address("127.0.0.1"), ours)
    monkeypatch.setenv("SSL_CERT_FILE", str(ours))
    # Tests share one context otherwise, which knows the machine's certificates alone.
    fresh = getattr(ssl.create_default_context, "__wrapped__", ssl.create_default_context)
    monkeypatch.setattr(ssl, "create_default_context", fresh)
    app = web.Application(client_max_size=0)
    app.router.add_post("/", back)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=certificate_for("service.test", theirs))
    await site.start()
    port = runner.addresses[0][1]
    async with Proxy(names={"service.test:443": port}, tls=tls) as proxy:
        trusted = ssl.create_default_context(cafile=str(theirs))
        way = ProxyTransport(parse_proxy(proxy.url), trusted)
        async with httpx.AsyncClient(transport=way) as client:
            for _ in range(2):
                assert (await client.post("https://service.test/", content=BODY)).content == BODY
        assert proxy.asked == ["service.test:443"]
    await runner.cleanup()
