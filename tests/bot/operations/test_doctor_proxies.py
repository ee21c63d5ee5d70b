"""The doctor goes the bot's way through each proxy."""

from urllib.parse import urlsplit

import pytest

from runtime.proxies.address import parse_proxy
from sandbox.http.proxy import Proxy
from tests.support.practice import Practice


@pytest.mark.parametrize("speaks", ["http", "socks5"])
async def test_the_way_through_a_proxy(practice: Practice, speaks: str) -> None:
    """Protects those for whom Telegram is blocked: the doctor goes the bot's way, and says why."""
    port = urlsplit(practice.world.telegram_url).port
    assert port is not None
    async with Proxy(speaks, names={"telegram.test:80": port}) as proxy:
        address = parse_proxy(proxy.url)
        on = {"proxy_url": address, "services_proxy_url": address, "results_proxy_url": address}
        on["telegram_api_url"] = "http://telegram.test"
        found = await practice.finds(**on)
        assert found["PROXY_URL"] == "ok    PROXY_URL: reaches telegram.test"
        assert found["BOT_TOKEN"].startswith("ok")
        assert found["clock"].startswith("ok")
        assert found["service ekyc"].startswith("ok")
        green = urlsplit(practice.world.green.url).netloc
        assert proxy.asked.count(green) == 2  # the way itself, and the state of the instance
        assert found["RESULTS_PROXY_URL"].startswith("ok")
        proxy.user = "anna"
        found = await practice.finds(**on)
        for name in ("PROXY_URL", "SERVICES_PROXY_URL", "RESULTS_PROXY_URL"):
            assert found[name] == f"BAD   {name}: the proxy wants a user and a password"
        assert "BOT_TOKEN" not in found  # nobody knows
        on["proxy_url"] = parse_proxy(proxy.url.replace("anna:", "anna:hunter2"))
        line = (await practice.finds(**on))["PROXY_URL"]
        assert line == "BAD   PROXY_URL: the proxy doesn't accept the user and password"
        proxy.user = ""
        line = (await practice.finds(**{**on, "telegram_api_url": "http://other.test"}))[
            "PROXY_URL"
        ]
        assert line.startswith("BAD   PROXY_URL: the proxy doesn't let us through to other.test")
        on["proxy_url"] = parse_proxy(f"{speaks}://no-such-proxy.invalid:{proxy.port}")
        assert "has a name that can't be resolved" in (await practice.finds(**on))["PROXY_URL"]
        on["proxy_url"] = address
        await proxy.goes_down()
        assert "the proxy refuses connections" in (await practice.finds(**on))["PROXY_URL"]
        await proxy.comes_back()
