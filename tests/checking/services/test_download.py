"""Where results may come from, and how their host is connected to."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from checking.services import download
from checking.services.download import AddressError, DownloadErrors, open_download
from runtime.proxies.address import parse_proxy
from sandbox.http.proxy import Proxy
from tests.support.internet import BODY, Internet, attach

OWN = frozenset({"http://127.0.0.1:9000"})
PUBLIC, SIX = "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"
NAMES = {
    "public.test": [PUBLIC],
    "two.test": [PUBLIC, "93.184.216.35"],
    "six.test": [SIX],
    "both.test": [SIX, PUBLIC],
    "mixed.test": [PUBLIC, "10.0.0.1"],
    "inside.test": ["192.168.1.5"],
    "local.test": ["127.0.0.1"],
    "cloud.test": ["169.254.169.254"],
    "six-local.test": ["::1"],
    "six-private.test": ["fd00::1"],
    "mapped.test": ["::ffff:10.0.0.1"],
    "carrier.test": ["100.64.0.1"],
    "nowhere.test": [],
}
ALLOWED = {
    "https://public.test/x.zip?X-Amz-Signature=a%2Fb%7E%20+c": "public.test",
    "https://public.test:8443/x%2Fy.zip": "public.test:8443",
    f"https://{PUBLIC}/x.zip": PUBLIC,
    "https://both.test/x y.zip": "both.test",
}
REFUSED = [
    "http://public.test/x.zip",
    "ftp://public.test/x.zip",
    "file:///etc/passwd",
    "data:text/plain,x",
    "//public.test/x",
    "",
    "https://",
    "https:///x",
    "https://mixed.test/",
    "https://inside.test/",
    "https://local.test/",
    "https://cloud.test/",
    "https://six-local.test/",
    "https://six-private.test/",
    "https://mapped.test/",
    "https://carrier.test/",
    "https://nowhere.test/",
    "https://127.0.0.1/",
    "https://10.1.2.3/",
    "https://169.254.169.254/latest/meta-data/",
    "https://0.0.0.0/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://127.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[fe80::1%lo]/",
    "https://user:word@public.test/",
    "https://user@public.test/",
    "https://public.test@127.0.0.1/",
    "https://public.test\\@127.0.0.1/",
    "https://127\u30020\u30020\u30021/",
    "https://public.test:99999/",
    "https://public.test:0/",
    "https://public.test:22/",
    "https://public.test:25/",
    "https://public.test:80/",
    "https://public.test:6667/",
    "https://[::1",
    "https://a..b/x.zip",
    f"https://{'a' * 70}.test/x.zip",
    "https://\ud800.test/x.zip",
    "http://127.0.0.1:9000@10.0.0.1/",
    "http://127.0.0.1:9000.public.test/",
    "http://127.0.0.1:9001/x.zip",
    "http://127.0.0.1/x.zip",
    "https://127.0.0.1:9000/x.zip",
    "http://localhost:9000/x.zip",
]
NOT_PUBLIC = {
    "this network": "0.1.2.3",
    "private": "172.16.0.1",
    "carriers": "100.64.0.1",
    "link-local": "169.254.1.1",
    "protocols": "192.0.0.8",
    "documentation": "203.0.113.1",
    "relays of 6to4": "192.88.99.1",
    "benchmarks": "198.18.0.1",
    "multicast": "224.0.0.1",
    "reserved": "240.0.0.1",
    "unspecified": "::",
    "IPv4-compatible": "::7f00:1",
    "mapped, private": "::ffff:10.0.0.1",
    "mapped, public": "::ffff:93.184.216.34",
    "NAT64": "64:ff9b::a00:1",
    "local NAT64": "64:ff9b:1::a00:1",
    "discarded": "100::1",
    "Teredo": "2001:0:a00:1::1",
    "benchmarks, IPv6": "2001:2::1",
    "documentation, IPv6": "2001:db8::1",
    "more documentation": "3fff::1",
    "6to4": "2002:a00:1::",
    "segment routing": "5f00::1",
    "unique local": "fc00::1",
    "link-local, IPv6": "fe80::1",
    "site-local": "fec0::1",
    "multicast, IPv6": "ff0e::1",
}


@pytest.fixture
async def internet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncGenerator[Internet]:
    """A pretend internet behind NAMES, and no other."""
    made = Internet(NAMES)
    async with made.serving(tmp_path) as trust:
        monkeypatch.setattr(download, "trusted", lambda: trust)
        attach(monkeypatch, made)
        yield made


@pytest.mark.parametrize("url", ALLOWED)
async def test_where_results_may_come_from(internet: Internet, url: str) -> None:
    """Protects the main job: public https works, and a signed link arrives as it was written."""
    async with open_download(url, OWN) as response:
        assert await response.read() == BODY
    asked = url.partition("test")[2].partition("/")[2] or "x.zip"
    ((sni, host, path),) = internet.asked
    assert host == ALLOWED[url]
    assert sni == (None if host == PUBLIC else host.partition(":")[0])
    assert path == "/" + asked.removeprefix(":8443/").replace(" ", "%20")
    assert internet.tried[-1] == PUBLIC


@pytest.mark.parametrize("url", REFUSED)
async def test_where_results_may_not_come_from(internet: Internet, url: str) -> None:
    """Protects our own network from a link that leads into it, in any spelling."""
    with pytest.raises((AddressError, *DownloadErrors)):
        async with open_download(url, OWN):
            pass
    assert not internet.tried
    assert not internet.asked


@pytest.mark.parametrize("kind", NOT_PUBLIC)
async def test_what_is_no_address_of_the_internet(internet: Internet, kind: str) -> None:
    """Protects our own network from every address that leads there, named or written out."""
    address = NOT_PUBLIC[kind]
    internet.names = {"any.test": [PUBLIC, address]}
    host = f"[{address}]" if ":" in address else address
    for link in (f"https://any.test/{host}", f"https://{host}/x.zip"):
        with pytest.raises(AddressError):
            async with open_download(link, OWN):
                pass
    assert not internet.tried


@pytest.mark.parametrize("trouble", ["silent", "refusing"])
async def test_all_addresses_of_a_host_are_tried(internet: Internet, trouble: str) -> None:
    """Protects a result from a dead IPv6, or from one dead server of several: the next is tried."""
    for host, dead in (("both.test", SIX), ("two.test", PUBLIC)):
        getattr(internet, trouble).add(dead)
        async with open_download(f"https://{host}/x.zip", OWN) as response:
            assert await response.read() == BODY
        assert internet.tried == NAMES[host]
        assert internet.asked == [(host, host, "/x.zip")]
        getattr(internet, trouble).clear()
        internet.tried.clear()
        internet.asked.clear()


async def test_another_certificate_is_refused(internet: Internet) -> None:
    """Protects a result from whoever answers in its host's place with another certificate."""
    internet.names = {"stranger.test": [PUBLIC]}
    with pytest.raises(DownloadErrors):
        async with open_download("https://stranger.test/x.zip", OWN):
            pass
    assert internet.tried == [PUBLIC]
    assert not internet.asked


@pytest.mark.parametrize("speaks", ["http", "socks5"])
async def test_a_proxy_hears_the_address_that_was_examined(internet: Internet, speaks: str) -> None:
    """Protects the proxy's network: a name can't lead there, and the certificate is the name's."""
    async with Proxy(speaks, names={f"{PUBLIC}:443": internet.port}) as proxy:
        address = parse_proxy(proxy.url)
        async with open_download("https://public.test/x.zip", OWN, address) as response:
            assert await response.read() == BODY
        assert internet.asked == [("public.test", "public.test", "/x.zip")]
        assert proxy.asked == [f"{PUBLIC}:443"]
        for refused in ("https://inside.test/x.zip", "https://127.0.0.1/x.zip"):
            with pytest.raises(AddressError):
                await open_download(refused, OWN, address).__aenter__()
        assert proxy.asked == [f"{PUBLIC}:443"]
        await proxy.goes_down()
        with pytest.raises(DownloadErrors):
            await open_download("https://public.test/x.zip", OWN, address).__aenter__()
