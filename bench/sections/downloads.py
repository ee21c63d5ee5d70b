"""A result of 50 MB downloaded to disk, beside httpx streaming it to a file from the same server.

Ours is the fetcher's download: it checks the origin of the URL, limits bytes and time, encrypts
chunk by chunk with AES-GCM (whose tags are the checksums), syncs the file and renames it when it
is complete. httpx only writes. Each download runs in a fresh process after a small one; its peak
memory is counted from there.
"""

import asyncio
import random
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

from aiohttp import web

from bench.measures import row
from bench.processes import asked, forget_peak, megabytes
from sandbox.http.server import Server

SIZE, SMALL = 50_000_000, 1_000
TURNS = 5
GOAL_RATIO, GOAL_MB = 0.8, 16.0

Download = Callable[[str, Path], Coroutine[Any, Any, None]]


def run() -> Iterator[str]:
    """Measure and yield the lines to print."""
    speeds, peaks = asyncio.run(_measure())
    mine, theirs = (statistics.median(speeds[name]) for name in ("ours", "httpx"))
    ratio = mine / theirs
    yield row(
        f"a result of {SIZE / 1e6:.0f} MB downloaded",
        peer=f"httpx to a file: {theirs:,.0f} MB/s",
        ours=f"{mine:,.0f} MB/s",
        ratio=f"{ratio:.2f}",
        goal=f"at least {GOAL_RATIO}",
        met=ratio >= GOAL_RATIO,
    )
    kept = statistics.median(speeds["httpx, synced"])
    yield row(
        "the same",
        peer=f"httpx to a file, then fsync, as ours does: {kept:,.0f} MB/s",
        ours=f"{mine:,.0f} MB/s",
        ratio=f"{mine / kept:.2f}",
    )
    peak = max(peaks["ours"])
    yield row(
        "peak memory meanwhile, above idle",
        peer=f"httpx: {max(peaks['httpx']):.1f} MB",
        ours=f"{peak:.1f} MB (the most of {TURNS})",
        goal=f"at most {GOAL_MB:.0f} MB",
        met=peak <= GOAL_MB,
    )


async def _measure() -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Return MB per second and MB above idle, by the name of the way."""
    ways: dict[str, Download] = {"httpx": _plain, "ours": _ours, "httpx, synced": _synced}
    speeds: dict[str, list[float]] = {name: [] for name in ways}
    peaks: dict[str, list[float]] = {name: [] for name in ways}
    server = Server(_application(), uncounted=lambda _: False)
    await server.start()
    try:
        for _ in range(TURNS):
            for name, way in ways.items():
                seconds, peak = await asyncio.to_thread(asked, _download, way, server.url)
                speeds[name].append(SIZE / 1e6 / seconds)
                peaks[name].append(peak)
    finally:
        await server.stop()
    return speeds, peaks


def _application() -> web.Application:
    """Return a server of incompressible bytes, sent in chunks as storage does."""
    piece = secrets.token_bytes(1 << 18)

    async def answer(request: web.Request) -> web.StreamResponse:
        left = int(request.match_info["size"])
        response = web.StreamResponse()
        response.content_length = left
        await response.prepare(request)
        while left:
            await response.write(piece[:left])
            left -= min(left, len(piece))
        return response

    application = web.Application()
    application.router.add_get("/{size}/result.zip", answer)
    return application


async def _download(way: Download, url: str) -> tuple[float, float]:
    """Return the seconds of a download, and the memory peak in MB above idle."""
    with tempfile.TemporaryDirectory(prefix="numberdesk-bench-") as folder:
        target = Path(folder) / "result.zip"
        await way(f"{url}/{SMALL}/result.zip", target)
        idle = megabytes("self")
        forget_peak()
        began = time.perf_counter()
        await way(f"{url}/{SIZE}/result.zip", target)
        seconds = time.perf_counter() - began
        assert target.stat().st_size >= SIZE
    return seconds, megabytes("self", "VmHWM") - idle


async def _plain(url: str, target: Path) -> None:
    import httpx  # noqa: PLC0415 - each process loads only what its way needs

    async with httpx.AsyncClient() as client, client.stream("GET", url) as response:
        with target.open("wb") as file:
            async for piece in response.aiter_bytes():
                file.write(piece)


async def _synced(url: str, target: Path) -> None:
    import os  # noqa: PLC0415 - the same

    await _plain(url, target)
    with target.open("rb") as file:
        os.fsync(file.fileno())


async def _ours(url: str, target: Path) -> None:
    from bot.settings import Settings  # noqa: PLC0415 - the same
    from bot.wiring import build_pool, build_task_context  # noqa: PLC0415 - the same
    from checking.metrics import Metrics  # noqa: PLC0415 - the same
    from checking.results.fetch import MOST_BYTES, Fetcher  # noqa: PLC0415 - the same
    from runtime.clock import SystemClock  # noqa: PLC0415 - the same
    from sheets.glass.glass import Glass  # noqa: PLC0415 - the same
    from storage.database import Database  # noqa: PLC0415 - the same
    from storage.sealing.vault import Vault  # noqa: PLC0415 - the same

    settings = Settings(_env_file=None, bot_token=f"1:{'x' * 35}", owner_ids=[1])
    database = Database("sqlite+aiosqlite://", Vault(bytes(32)))
    task_ctx = build_task_context(
        settings,
        database,
        clock=SystemClock(),
        rng=random.Random(),
        metrics=Metrics(),
        glass=Glass(build_pool(settings), str),  # which starts nothing: no result is looked into
    )
    origins = frozenset({url.partition("/result")[0].rpartition("/")[0]})
    fetcher = Fetcher(task_ctx, folder=target.parent, origins=origins)
    await fetcher._download(url, target, MOST_BYTES)  # noqa: SLF001 - the download alone, without a task
