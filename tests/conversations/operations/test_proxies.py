"""Where Telegram is blocked: the bot behind a proxy."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import quote, urlsplit

import pytest
from structlog.testing import capture_logs

from runtime.proxies.address import parse_proxy
from sandbox.http.proxy import Proxy
from sandbox.telegram.store.chats import Message
from tests.support.databases.engines import only_sqlite
from tests.support.stories.faulting import got_it_once, paid
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story

pytestmark = only_sqlite  # nothing here is the database's
PLAIN = {"http": "", "socks5": ""}
KINDS = {"http": "", "socks5": "", "http ": "hunter2%", "socks5 ": "b:c@d"}
PROXIES = ("proxy_url", "services_proxy_url", "results_proxy_url")


@asynccontextmanager
async def behind(
    story: Story, kind: str, *settings: str, password: str = ""
) -> AsyncGenerator[Proxy]:
    """Have a story's bot go through a proxy, which alone knows Telegram's name."""
    port = urlsplit(story.world.telegram_url).port
    assert port is not None
    names, user = {"telegram.test:80": port}, "anna" if password else ""
    async with Proxy(kind.strip(), user=user, password=password, names=names) as proxy:
        who = f"{user}:{quote(password, safe='')}@" if password else ""
        address = parse_proxy(f"{kind.strip()}://{who}127.0.0.1:{proxy.port}")
        story.settings |= dict.fromkeys(settings, address)
        if "proxy_url" in settings:
            story.settings["telegram_api_url"] = "http://telegram.test"
        yield proxy
        await story.stops()


async def chosen(story: Story) -> Message:
    """Anna sends a list and chooses a check; return the card, on which Start is next."""
    await story.anna.uploads("numbers.txt", "\n".join(numbers(120)).encode())
    card = await story.anna.sees("120 numbers ready")
    await story.anna.presses("Telegram activity")
    await story.anna.sees("120 numbers go to the service", in_message=card)
    return card


@pytest.mark.parametrize("kind", KINDS)
async def test_the_main_job_through_a_proxy(story: Story, kind: str) -> None:
    """Protects those for whom Telegram is blocked: all goes through the proxy, and arrives."""
    async with behind(story, kind, *PROXIES, password=KINDS[kind]) as proxy:
        anna = await story.says_hello()
        await chosen(story)
        await anna.presses("Start")
        file = await anna.receives_file()
        assert file.data == story.world.ekyc.tasks[0].result_bytes
        await anna.receives_picture()
        asked = await anna.sends("+79876543210")
        await anna.sees("Telegram account", after=asked)
        origins = [story.world.ekyc.url, story.world.storage_url, story.world.green.url]
        found = {"telegram.test:80", *(url.removeprefix("http://") for url in origins)}
        assert found <= set(proxy.asked)
        assert not proxy.turned_away


@pytest.mark.parametrize("kind", PLAIN)
async def test_a_proxy_that_is_down_for_a_while(story: Story, kind: str) -> None:
    """Protects money and files: what a dead proxy holds up comes later, once, and is paid once."""
    async with behind(story, kind, *PROXIES) as proxy:
        anna = await story.says_hello()
        with capture_logs() as logs:
            await proxy.goes_down()
            await anna.uploads("numbers.txt", "\n".join(numbers(30)).encode())
            await story.passes(300)
        events = {each["event"] for each in logs}
        why = {each["why"] for each in logs if each["event"] == "update fetch failed"}
        assert any("the proxy refuses connections" in each for each in why)
        assert "update storage failed" not in events
        await proxy.comes_back()
        await anna.sees("30 numbers ready")
        await anna.presses("Telegram activity")
        await anna.presses("Start")
        await anna.sees("number", in_message=anna.messages[-1])
        await proxy.goes_down()
        await story.passes(300)
        await proxy.comes_back()
        await anna.receives_file()
        await anna.sees("Done")
        got_it_once(story)


@pytest.mark.parametrize("trouble", ["down", "no way to the service", "another password"])
@pytest.mark.parametrize("kind", PLAIN)
async def test_a_post_that_no_proxy_takes_costs_nothing(
    story: Story, kind: str, trouble: str
) -> None:
    """Protects money: what only the proxy has heard is not unclear, and goes out later."""
    async with behind(story, kind, "services_proxy_url") as proxy:
        await story.says_hello()
        card = await chosen(story)
        if trouble == "down":
            await proxy.goes_down()
        elif trouble == "another password":
            proxy.user = "berta"
        else:
            await story.world.ekyc.goes_down()
        await story.anna.presses("Start")
        await story.anna.sees("The service can't be reached", in_message=card)
        await story.passes(120)
        assert paid(story) == 0
        if trouble == "down":
            await proxy.comes_back()
        proxy.user = ""
        await story.world.ekyc.comes_back()
        await story.anna.receives_file()
        got_it_once(story)


@pytest.mark.parametrize("kind", ["http ", "socks5 "])
async def test_a_password_that_was_changed(story: Story, kind: str) -> None:
    """Protects the password and what is sent meanwhile: the bot waits, and logs no secret."""
    async with behind(story, kind, *PROXIES, password="hunter2%") as proxy:
        proxy.password = "another"
        with capture_logs() as logs:
            await story.starts()
            await story.anna.sends("/start")
            await story.passes(100)
        assert proxy.turned_away
        assert "update fetch failed" in {each["event"] for each in logs}
        assert "hunter2" not in str(logs)
        proxy.password = "hunter2%"
        await story.anna.sees("I check lists")
