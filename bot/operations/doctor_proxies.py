"""The doctor's look at the proxies: is there a way through each, and if not, why?"""

from urllib.parse import urlsplit

from bot.operations.doctor_local import Finding, bad, note, ok
from bot.settings import Settings
from runtime.proxies.address import ProxyAddress
from runtime.proxies.dial import NoWayError, ProxyError, dial


async def ways(settings: Settings, seconds: float) -> list[Finding]:
    """Ask each proxy for the hosts that it is there for; nothing is said to these."""
    services = [
        url
        for url, key in (
            (settings.ekyc_api_url, settings.ekyc_api_key),
            (settings.checknumber_api_url, settings.checknumber_api_key),
            (settings.green_api_url, settings.green_api_instances),
        )
        if key is not None
    ]
    found = []
    for name, proxy, urls in (
        ("PROXY_URL", settings.proxy_url, [settings.telegram_api_url]),
        ("SERVICES_PROXY_URL", settings.services_proxy_url, services),
        # Where results lie, a service says only with each of them.
        ("RESULTS_PROXY_URL", settings.results_proxy_url, services[:1]),
    ):
        if proxy is not None:
            found += [await _way(name, proxy, url, seconds) for url in urls]
    return found


async def _way(name: str, proxy: ProxyAddress, url: str, seconds: float) -> Finding:
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (80 if parts.scheme == "http" else 443)
    try:
        tunnel = await dial(proxy, host, port, seconds)
    except NoWayError as error:
        # It may be one for the hosts of results alone.
        return (note if name == "RESULTS_PROXY_URL" else bad)(name, f"the proxy {error}")
    except ProxyError as error:
        return bad(name, f"the proxy {error}")
    tunnel.transport.abort()
    return ok(name, f"reaches {host}")
