"""The intake: stores updates before confirming them, in order per chat, chats in parallel."""

import asyncio
import random
import string
from collections.abc import MutableMapping
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.telegram import polling
from bot.telegram.source import chat_of
from sandbox.http import faults
from tests.support.telegram.fetching import Desk
from tests.support.telegram.line import Line

Logs = list[MutableMapping[str, Any]]
pytestmark = pytest.mark.usefixtures("logs")


@pytest.fixture
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask for updates without waiting for them."""
    monkeypatch.setattr(polling, "LONG_POLL_SECONDS", 0)


@pytest.mark.usefixtures("brisk")
async def test_updates_are_stored_before_they_are_confirmed(line: Line, desk: Desk) -> None:
    """Protects what people send: Telegram deletes an update only after it is on our disk."""
    anna = line.world.person("Anna")
    desk.closed["hello"] = asyncio.Event()
    await anna.sends("hello")
    offset = await desk.intake.fetch_once(None)
    stored = await desk.stored()
    assert list(stored.values()) == [False]
    assert line.world.pending_updates == 1
    assert offset == next(iter(stored)) + 1
    assert await desk.intake.fetch_once(offset) is None
    assert line.world.pending_updates == 0
    assert list((await desk.stored()).values()) == [False]  # confirmed, and still to be handled


@pytest.mark.usefixtures("brisk")
async def test_a_full_disk_confirms_nothing(line: Line, desk: Desk) -> None:
    """Protects updates on a full disk: they stay at Telegram until there is room."""
    anna = line.world.person("Anna")
    text = "".join(random.Random(1).choices(string.ascii_letters, k=4000))
    await anna.sends(text)
    await anna.sends(text[1:])

    async def allow(pages: int) -> None:
        async with desk.database.read() as connection:
            await connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    await allow(1)
    with pytest.raises(OperationalError, match="full"):
        await desk.intake.fetch_once(None)
    assert line.world.pending_updates == 2
    assert await desk.stored() == {}
    async with desk.open():
        look = line.world.until
        await look(lambda: desk.intake._failures > 2 or None, "it was tried again and again")
        assert line.world.pending_updates == 2
        await allow(100_000)
        await desk.handles(text, text[1:])
        await line.world.until(lambda: line.world.pending_updates == 0 or None, "confirmed")


async def test_one_at_a_time_in_a_chat_and_chats_side_by_side(line: Line, desk: Desk) -> None:
    """Protects order and speed: a slow step in one chat delays only that chat."""
    anna, boris = line.world.person("Anna"), line.world.person("Boris")
    desk.closed["slow"] = asyncio.Event()
    for text in ("slow", "second", "third"):
        await anna.sends(text)
    await boris.sends("hello")
    async with desk.open():
        await line.world.until(lambda: desk.done == ["hello"] or None, "Boris is served")
        assert desk.begun == ["slow", "hello"]
        desk.closed["slow"].set()
        await desk.handles("hello", "slow", "second", "third")
    assert desk.done == ["hello", "slow", "second", "third"]
    assert set((await desk.stored()).values()) == {True}


async def test_redelivered_and_lower_ids(line: Line, desk: Desk) -> None:
    """Protects against handling an update twice, and against losing one with a lower id."""
    anna = line.world.person("Anna")
    async with desk.open():
        await anna.sends("one")
        await desk.handles("one")
        line.world.telegram.redeliver(next(iter(await desk.stored())))
        line.world.telegram.jump(5)
        await anna.sends("two")
        await desk.handles("one", "two")
        await line.world.until(lambda: line.world.pending_updates == 0 or None, "confirmed")
    assert desk.begun == ["one", "two"]


async def test_what_nobody_can_read_holds_up_nobody(line: Line, desk: Desk, logs: Logs) -> None:
    """Protects a chat from what has no id, and of unknown kinds: the next is handled."""
    anna = line.world.person("Anna")
    odd = {"update_id": 1, "message": {"message_id": "x", "chat": {"id": anna.id}}}
    async with desk.open():
        await desk.intake.store([odd, {"update_id": 2, "news_of_tomorrow": {}}])
        await anna.sends("breaks")
        await anna.sends("hello")
        await desk.handles("hello")
    assert set((await desk.stored()).values()) == {True}
    failed = [each["update"] for each in logs if each["event"] == "update not handled"]
    assert min(failed) == 1  # of kinds that it didn't ask for the bot keeps nothing
    assert len(failed) == 2
    assert 2 not in await desk.stored()


TROUBLE = {
    "another process": faults.Refuse("Conflict: terminated by other getUpdates request", 409),
    "502 page": faults.bad_gateway(),
    "500": faults.server_error(),
    "reply lost": faults.ReplyLost(),
    "dropped": faults.Dropped(),
    "flood": faults.Flood(7),
    "garbage": faults.Answer(200, "\x00"),
    "not ok": faults.Answer(200, '{"ok": false}'),
    "no list": faults.Answer(200, '{"ok": true, "result": {"update_id": 1}}'),
}


@pytest.mark.parametrize("trouble", TROUBLE)
async def test_trouble_at_telegram_passes(line: Line, desk: Desk, logs: Logs, trouble: str) -> None:
    """Protects against a deaf bot after a bad answer: it asks again, after a pause."""
    anna = line.world.person("Anna")
    line.world.telegram.faults.add("getUpdates", TROUBLE[trouble], times=3)
    await anna.sends("hello")
    async with desk.open():
        await desk.handles("hello")
    assert line.clock.now() - line.began >= 3
    assert desk.begun == ["hello"]
    told = " ".join(str(each["event"]) for each in logs)
    if trouble == "another process":
        assert told.count("updates fetched elsewhere") == 3


async def test_an_outage_ends_by_itself(line: Line, desk: Desk, logs: Logs) -> None:
    """Protects an hour without Telegram: the backoff grows, and then all updates are handled."""
    anna = line.world.person("Anna")
    await anna.sends("before")
    async with desk.open():
        await desk.handles("before")
        await line.world.telegram.goes_down()
        await anna.sends("meanwhile")

        def an_hour() -> bool | None:
            return True if line.clock.now() - line.began > 3600 else None

        await line.world.until(an_hour, "an hour is over")
        assert 100 <= len(logs) <= 140  # once every half minute
        await line.world.telegram.comes_back()
        await desk.handles("before", "meanwhile")
        assert line.clock.now() - desk.intake.fetched_at <= 31


async def test_a_restart_takes_up_what_was_left(line: Line, desk: Desk) -> None:
    """Protects updates in progress when the process is killed: the next start handles them."""
    anna = line.world.person("Anna")
    desk.closed["one"] = asyncio.Event()
    async with desk.open():
        await anna.sends("one")
        await anna.sends("two")
        await line.world.until(lambda: desk.begun or None, "it was begun")
        await line.world.until(lambda: line.world.pending_updates == 0 or None, "confirmed")
    again = Desk(line, desk.database)
    await again.intake.recover()
    async with again.open():
        await again.handles("one", "two")
    assert again.done == ["one", "two"]


async def test_a_stop_begins_nothing_anew(line: Line, desk: Desk) -> None:
    """Protects a SIGTERM during work: what was cancelled isn't begun a second time."""
    anna = line.world.person("Anna")
    desk.closed["slow"] = asyncio.Event()
    async with desk.open() as work:
        await anna.sends("slow")
        await line.world.until(lambda: desk.begun or None, "it was begun")
        work.cancel()
        await asyncio.wait([work])
        await desk.chat_queues.pool.drain(0)
        assert desk.chat_queues.pool.keys() == []
    assert desk.begun == ["slow"]


async def test_a_disk_that_fails_after_handling_makes_no_hot_loop(line: Line, desk: Desk) -> None:
    """Protects people from a hundred copies of an answer while the disk is full."""
    anna = line.world.person("Anna")
    desk.closed["hello"] = asyncio.Event()
    full = "BEFORE UPDATE ON inbox BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    async with desk.open():
        await anna.sends("hello")
        await line.world.until(lambda: desk.begun or None, "it was begun")
        async with desk.database.write() as connection:
            await connection.exec_driver_sql(f"CREATE TRIGGER full {full}")
        desk.closed["hello"].set()
        for _ in range(30):
            async with desk.database.read() as connection:
                await connection.exec_driver_sql("SELECT 1")
        async with desk.database.write() as connection:
            await connection.exec_driver_sql("DROP TRIGGER full")
        await line.world.until(lambda: desk.chat_queues.idle or None, "all is written down")
    assert desk.begun == ["hello"]


@pytest.mark.parametrize(
    ("update", "chat_id"),
    [
        ({"message": {"chat": {"id": -5}, "from": {"id": 7}}}, -5),
        ({"callback_query": {"id": "1", "from": {"id": 7}, "message": {"chat": {"id": -5}}}}, -5),
        ({"callback_query": {"id": "1", "from": {"id": 7}, "inline_message_id": "x"}}, 7),
        ({"my_chat_member": {"chat": {"id": -5}, "from": {"id": 7}}}, -5),
        ({"message": {"chat": "odd"}}, 0),
        ({"message": None}, 0),
        ({}, 0),
    ],
)
def test_the_chat_an_update_belongs_to(update: dict[str, object], chat_id: int) -> None:
    """Protects order: a tap and a message of one chat wait for each other."""
    assert chat_of({"update_id": 3, **update}) == chat_id
