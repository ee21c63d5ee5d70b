"""Downloads from Telegram's file server: resumed, tried again, and bounded in time."""

import io
import random

import pytest
from aiogram.exceptions import TelegramServerError

from bot.telegram.file_session import STALL_SECONDS, TRIES
from sandbox.http import faults
from tests.support.telegram.line import Line

DATA = random.Random(1).randbytes(3_200_000)

PASSING = {
    "404": faults.Answer(404, '{"ok": false}'),
    "502": faults.bad_gateway(),
    "dropped": faults.Dropped(),
    "silence": faults.Silence(),
    "truncated": faults.Truncated(0.25),
    "stalled": faults.Stalled(0.25),
}


async def path_of(line: Line) -> str:
    """Return the path of a file that somebody sent."""
    kept = line.world.state.files.keep("list.txt", DATA)
    return (await line.bot.get_file(kept.file_id)).file_path or ""


async def fetched(line: Line, path: str, timeout: int = 600) -> bytes | BaseException:
    """Download a file; return its bytes, or what was raised."""
    into = io.BytesIO()
    (raised,) = await line.finish(line.bot.download_file(path, into, timeout=timeout, seek=False))
    return raised if isinstance(raised, BaseException) else into.getvalue()


@pytest.mark.parametrize("ranges", [True, False], ids=["ranges", "no ranges"])
@pytest.mark.parametrize("name", PASSING)
async def test_a_download_is_resumed(line: Line, name: str, *, ranges: bool) -> None:
    """Protects lists from bad days of the file server: the rest is fetched, whatever broke."""
    path = await path_of(line)
    server = line.world.telegram.file_server
    server.takes_ranges = ranges
    line.world.telegram.faults.add("download", PASSING[name], times=2)
    assert await fetched(line, path) == DATA
    starts = [each.start for each in server.downloads]
    assert starts == sorted(starts)
    assert bool(starts[-1]) == (name in {"truncated", "stalled"})
    assert line.clock.now() - line.began < 2 * (STALL_SECONDS + 10)


async def test_a_slow_download_has_its_time(line: Line) -> None:
    """Protects lists from 80 KB a second, which Telegram gives on some days."""
    path = await path_of(line)
    line.world.telegram.faults.add("download", faults.Paced(80_000))
    assert await fetched(line, path, timeout=120) == DATA
    assert line.clock.now() - line.began >= 39


async def test_a_download_ends(line: Line) -> None:
    """Protects a slot of the reader: nothing drips for ever, and each failure is Telegram's."""
    path = await path_of(line)
    drip = line.world.telegram.faults.add("download", faults.Paced(100), times=None)
    raised = await fetched(line, path, timeout=40)
    assert isinstance(raised, TelegramServerError)
    assert 40 <= line.clock.now() - line.began < 45
    drip.off()
    line.world.telegram.faults.add("download", faults.bad_gateway(), times=None)
    raised = await fetched(line, path)
    assert isinstance(raised, TelegramServerError)
    assert "HTTP 502" in raised.message
    assert line.world.bot_token not in str(raised)
    assert drip.hits + TRIES == len(line.world.telegram.file_server.downloads)
