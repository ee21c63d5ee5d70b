import asyncio
import random
import socket
from pathlib import Path

import pytest

from checking.context import TaskContext
from checking.fetch import BadResultError, ExpiredLinkError, Fetcher, check_address, seconds_of
from checking.key_health import KeyHealth
from checking.ledger import Ledger
from checking.metrics import Metrics
from checking.services.bulk import Service, spoken
from checking.services.catalogue import load
from checking.services.http import DownloadErrors
from runtime.wake_up import WakeUp
from sandbox.http import faults
from sandbox.world import World
from sheets.glass.glass import Glass
from storage.sealing.files import read_sealed
from storage.sealing.vault import Vault
from tests.support.clocks import StoryClock
from tests.support.confinement import NearPool, digest
from tests.support.databases.temporary import KEY, opened
from tests.support.stories.lists import numbers

OWN = frozenset({"http://127.0.0.1:9000"})
HOSTS = {
    "public.test": ["93.184.216.34"],
    "mixed.test": ["93.184.216.34", "10.0.0.1"],
    "inside.test": ["192.168.1.5"],
    "local.test": ["127.0.0.1"],
    "cloud.test": ["169.254.169.254"],
    "six.test": ["2606:2800:220:1:248:1893:25c8:1946"],
    "six-local.test": ["::1"],
    "six-private.test": ["fd00::1"],
    "mapped.test": ["::ffff:10.0.0.1"],
    "carrier.test": ["100.64.0.1"],
}
ALLOWED = [
    "https://public.test/x.zip?X-Amz-Signature=1",
    "https://public.test:8443/x.zip",
    "https://six.test/x.zip",
    "http://127.0.0.1:9000/x.zip",
    "HTTP://127.0.0.1:9000/x.zip",
]
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
    "https://[::1",
    "http://127.0.0.1:9000@10.0.0.1/",
    "http://127.0.0.1:9000.public.test/",
    "http://127.0.0.1:9001/x.zip",
    "http://127.0.0.1/x.zip",
    "https://127.0.0.1:9000/x.zip",
    "http://localhost:9000/x.zip",
]


@pytest.fixture
async def resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Resolve our test names, read addresses as the system does, and send no DNS query."""

    async def resolve(host: str, port: int, **_: object) -> list[object]:
        if host in HOSTS:
            return [(0, 0, 0, "", (address, port)) for address in HOSTS[host]]
        flags = socket.AI_NUMERICHOST
        return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags))

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolve, raising=False)


@pytest.mark.usefixtures("resolver")
@pytest.mark.parametrize("url", ALLOWED)
async def test_where_results_may_come_from(url: str) -> None:
    """Protects the main job: public https, by the resolved address, and RESULT_ORIGINS work."""
    address = await check_address(url, OWN)
    known = [HOSTS[host][0] for host in HOSTS if host in url]
    assert address == (known[0] if known else None)


@pytest.mark.usefixtures("resolver")
@pytest.mark.parametrize("url", REFUSED)
async def test_where_results_may_not_come_from(url: str) -> None:
    """Protects our own network from a link that leads into it, in any spelling."""
    with pytest.raises(BadResultError) as caught:
        await check_address(url, OWN)
    assert caught.value.reason in {"result_address", "download_failed"}


@pytest.mark.usefixtures("resolver")
@pytest.mark.parametrize(
    "host", ["[64:ff9b::a00:1]", "[2002:a00:1::]", "[::7f00:1]", "224.0.0.1", "[ff0e::1]"]
)
async def test_addresses_within_addresses_are_refused(host: str) -> None:
    """Protects our own network from IPv4 addresses embedded in IPv6, and from multicast."""
    with pytest.raises(BadResultError):
        await check_address(f"https://{host}/x.zip", OWN)


@pytest.mark.parametrize("host", ["a..b", "a" * 70 + ".test", "\ud800.test"])
async def test_a_name_that_is_none_is_refused(host: str) -> None:
    """Protects the task: an unexpected error would leave it without an outcome for ever."""
    with pytest.raises(BadResultError):
        await check_address(f"https://{host}/x.zip", OWN)


class Cellar:
    """A fetcher, and a task's result at the pretend object storage."""

    def __init__(self, world: World, fetcher: Fetcher, folder: Path, url: str) -> None:
        self.world, self.fetcher, self.folder, self.url = world, fetcher, folder, url
        self.data = world.ekyc.tasks[0].result_bytes
        self.most = 200_000

    async def fetch(self) -> int:
        """Download the file; return its size."""
        return await self.fetcher._download(self.url, self.folder / "t1.zip", self.most)

    @property
    def files(self) -> dict[str, bytes]:
        """Return the names of the files in the folder."""
        return {path.name: path.read_bytes() for path in self.folder.glob("*")}

    @property
    def opened(self) -> bytes:
        """Return the result, opened with our key."""
        return b"".join(read_sealed(self.folder / "t1.zip", Vault(KEY), "t1"))


@pytest.fixture
async def cellar(world: World, service: Service, clock: StoryClock, tmp_path: Path) -> Cellar:
    """A result that is ready for download."""
    check = load(frozenset()).get("band")
    assert check is not None
    task_id = await service.flavours["tasks_v1"].create(check, "\n".join(numbers(50)).encode())
    clock.jump(60)
    url = (await service.flavours["tasks_v1"].status(task_id)).result_url
    assert url is not None
    wake_up, services = WakeUp(), {"ekyc": service}
    async with opened(tmp_path) as database:
        key_health = KeyHealth(
            database=database, services=services, clock=clock, wake_up=wake_up, owners=[1]
        )
        ledger = Ledger(database, clock, wake_up, Metrics())
        catalogue = load(spoken(services))
        ctx = TaskContext(
            database,
            catalogue,
            services,
            ledger,
            key_health,
            Glass(NearPool(), digest),
            clock,
            random.Random(1),
            expire_seconds=3600,
        )
    fetcher = Fetcher(
        ctx,
        folder=tmp_path / "results",
        origins=frozenset({world.storage_url}),
    )
    return Cellar(world, fetcher, tmp_path / "results", url)


async def test_a_result_arrives_whole_and_our_key_stays_home(cellar: Cellar) -> None:
    """Protects file and key: every byte arrives, and no key of ours goes to the storage."""
    assert await cellar.fetch() == len(cellar.data)
    assert cellar.opened == cellar.data
    assert list(cellar.files) == ["t1.zip"]
    assert cellar.data[:30] not in cellar.files["t1.zip"]
    assert [fetch.leaked for fetch in cellar.world.storage.fetches] == [False]


HOSTILE = {
    "expired": (faults.Expired(), ExpiredLinkError),
    "truncated": (faults.Truncated(), DownloadErrors),
    "dropped": (faults.Dropped(), DownloadErrors),
    "500": (faults.server_error(), BadResultError),
    "redirect": (faults.Redirect("http://10.0.0.1/x.zip", 302), BadResultError),
    "empty": (faults.Content(b""), BadResultError),
    "too large": (faults.TooLarge(300_000), BadResultError),
    "endless": (faults.Endless(), BadResultError),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_body_leaves_nothing(cellar: Cellar, name: str) -> None:
    """Protects disk and person: an incomplete file is never kept, and no redirect is followed."""
    fault, error = HOSTILE[name]
    cellar.world.ekyc.faults.add("result", fault)
    with pytest.raises(error):
        await cellar.fetch()
    assert cellar.files == {}
    assert await cellar.fetch() == len(cellar.data)


async def test_a_slow_drip_has_a_deadline(cellar: Cellar, clock: StoryClock) -> None:
    """Protects a slot of the pool: a slow response is cut off at its deadline."""
    cellar.world.ekyc.faults.add("result", faults.Drip(1, 0.05))
    work = asyncio.create_task(cellar.fetch())
    try:
        await cellar.world.until(lambda: cellar.files or None, "it began")
        clock.jump(seconds_of(cellar.most) + 1)
        with pytest.raises(BadResultError, match="download_slow"):
            async with asyncio.timeout(1):
                await work
    finally:
        work.cancel()
        await asyncio.wait([work])
    assert cellar.files == {}
