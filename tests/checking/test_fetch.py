import asyncio
import random
from pathlib import Path

import pytest

from checking.balances import Balances
from checking.context import TaskContext
from checking.key_health import KeyHealth
from checking.ledger import Ledger
from checking.limits.budgets import Budgets
from checking.metrics import Metrics
from checking.results.fetch import BadResultError, ExpiredLinkError, Fetcher, seconds_of
from checking.services.bulk import Service, spoken
from checking.services.catalogue import load
from checking.services.download import DownloadErrors
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
    body = "\n".join(numbers(50)).encode()
    task_id = (await service.flavours["tasks_v1"].create(check, body)).remote_id
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
            Balances(
                database=database,
                services=services,
                key_health=key_health,
                clock=clock,
                wake_up=wake_up,
                catalogue=catalogue,
                alerts={},
            ),
            Budgets(database.vault, clock, [1]),
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


async def test_origins_of_the_operators_need_no_https(cellar: Cellar) -> None:
    """Protects storages within one's own network: what RESULT_ORIGINS names is left alone."""
    cellar.url = "HTTP" + cellar.url.removeprefix("http")
    assert await cellar.fetch() == len(cellar.data)


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
    staged = cellar.world.ekyc.faults.add("result", fault, times=None)
    with pytest.raises(error):
        await cellar.fetch()
    assert cellar.files == {}
    staged.off()
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
