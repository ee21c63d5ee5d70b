"""Lists and sheets while Telegram's file server doesn't give files, or gives them badly."""

from pathlib import Path

import pytest

from sandbox.http import faults
from tests.support.stories.lists import numbers
from tests.support.stories.steps import started
from tests.support.stories.story import Story

LIST = "\n".join(numbers(30)).encode()
NOT_GIVEN = "Telegram didn't give me the file"

BAD = {
    "404": faults.Answer(404, '{"ok": false}'),
    "502": faults.bad_gateway(),
    "dropped": faults.Dropped(),
    "silence": faults.Silence(),
    "truncated": faults.Truncated(0.5),
    "stalled": faults.Stalled(0.5),
    "cut short": faults.Content(LIST[:100]),
}


@pytest.mark.parametrize("name", BAD)
async def test_a_list_comes_when_telegram_gives_it(story: Story, name: str) -> None:
    """Protects a hand-in from bad minutes of the file server: nothing of the list is missing."""
    anna = await story.says_hello()
    story.world.telegram.faults.add("download", BAD[name], times=4)
    await anna.uploads("list.txt", LIST)
    await anna.sees("30 numbers ready")


@pytest.mark.parametrize("name", ["502", "stalled", "cut short"])
async def test_a_list_that_telegram_never_gives_is_told_of(story: Story, name: str) -> None:
    """Protects a person from waiting in the dark: they hear what is wrong and what to do."""
    anna = await story.says_hello()
    bad = story.world.telegram.faults.add("download", BAD[name], times=None)
    began = story.clock.now()
    await anna.uploads("list.txt", LIST)
    card = await anna.sees(NOT_GIVEN)
    assert "Please send it again" in card.shown
    assert "a fault of mine" not in card.shown
    assert story.clock.now() - began < 1200
    bad.off()
    await anna.uploads("list.txt", LIST)
    await anna.sees("30 numbers ready")


@pytest.mark.parametrize("name", ["502", "stalled", "cut short"])
async def test_a_sheet_that_telegram_gives_no_file_for(story: Story, name: str) -> None:
    """Protects a person who wants their own sheet: it is said plainly, and they get it later."""
    await started(story)
    await story.anna.receives_file()
    bad = story.world.telegram.faults.add("download", BAD[name], times=None)
    await story.anna.presses("My sheet with the answers")
    told = await story.anna.sees(NOT_GIVEN)
    assert "tap again in a few minutes" in told.shown
    bad.off()
    await story.anna.presses("My sheet with the answers")
    assert "with the answers beside them" in (await story.anna.receives_file()).caption
    assert len(story.world.storage.fetches) == 1


async def test_a_file_that_is_not_there_for_a_moment_is_not_lost(story: Story) -> None:
    """Protects a sheet: Telegram has one refusal for a lost file and for one of later."""
    await started(story)
    await story.anna.receives_file()
    words = "Bad Request: wrong file_id or the file is temporarily unavailable"
    story.world.telegram.faults.add("getFile", faults.Refuse(words), times=2)
    await story.anna.presses("My sheet with the answers")
    assert "with the answers beside them" in (await story.anna.receives_file()).caption


async def test_a_long_list_over_a_slow_line_has_its_time(story: Story) -> None:
    """Protects a large file that comes at 80 KB a second: its deadline grows with its size."""
    anna = await story.says_hello()
    story.world.telegram.faults.add("download", faults.Paced(80_000), times=1)
    await anna.uploads("list.txt", LIST + b"\n" * 6_000_000)  # 75 s
    await anna.sees("30 numbers ready")
    assert len(story.world.telegram.file_server.downloads) == 1


async def test_a_clean_list_that_telegram_gives_no_file_for(story: Story) -> None:
    """Protects a person who wants a clean list: it is said plainly, and they get it later."""
    anna = await story.says_hello()
    await anna.uploads("list.txt", LIST)
    await anna.sees("30 numbers ready")
    bad = story.world.telegram.faults.add("download", faults.bad_gateway(), times=None)
    await anna.presses("Clean list (free)")
    await anna.sees(NOT_GIVEN)
    bad.off()
    await anna.presses("Clean list (free)")
    assert "30 numbers" in (await anna.receives_file()).caption


async def test_files_of_a_local_server_are_read_from_its_disk(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects lists of more than 20 MB: a local Bot API server hands them out as paths."""
    story.world.state.files.home = tmp_path / "server"
    await story.starts(telegram_local=True)
    await story.anna.sends("/start")
    await story.anna.uploads("list.txt", LIST)
    await story.anna.sees("30 numbers ready")
    assert not story.world.telegram.file_server.downloads

    def missing(*_: object, **__: object) -> object:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr("aiofiles.threadpool.sync_open", missing)
    await story.anna.uploads("list.txt", LIST)
    await story.anna.sees(NOT_GIVEN)
