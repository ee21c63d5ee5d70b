"""The webhook: which requests it accepts, what it stores before answering, what it answers."""

import asyncio
import sqlite3
from collections.abc import MutableMapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import bot.telegram.webhook
from bot.health import UPDATES_SECONDS
from bot.telegram.source import ALLOWED
from bot.telegram.webhook import CONNECTIONS, LOOK_SECONDS, MOST_BYTES, SECRET_HEADER
from sandbox.http import faults
from tests.support.telegram.hooking import HEADERS, SECRET, Hooked

pytestmark = pytest.mark.usefixtures("logs")


def saying(text: str, update_id: int = 7, chat: int = 4711) -> dict[str, Any]:
    """Return an update with a text message."""
    message = {"message_id": 1, "date": 1, "text": text, "chat": {"id": chat, "type": "private"}}
    return {"update_id": update_id, "message": message}


async def test_telegram_is_told_how_to_deliver(hooked: Hooked) -> None:
    """Protects pending updates: none is dropped, and the allowed kinds equal those of polling."""
    async with hooked.open():
        (call,) = hooked.line.world.telegram.made("setWebhook")
    assert call.params["secret_token"] == SECRET
    assert call.params["drop_pending_updates"] in (False, "false")
    assert hooked.line.world.state.updates.allowed == frozenset(ALLOWED)
    assert int(call.params["max_connections"]) == CONNECTIONS


async def test_updates_come_in_and_stay_in_order(hooked: Hooked) -> None:
    """Protects the main path: updates are handled, those of a chat in order."""
    anna = hooked.line.world.person("Anna")
    async with hooked.open():
        for text in ("one", "two", "three"):
            await anna.sends(text)
        await hooked.desk.handles("one", "two", "three")
        assert hooked.line.world.pending_updates == 0
    assert hooked.desk.done == ["one", "two", "three"]


STRANGERS = {
    "no secret": ("POST", "", {SECRET_HEADER: ""}),
    "a wrong secret": ("POST", "", {SECRET_HEADER: SECRET + "x"}),
    "a strange secret": ("POST", "", {SECRET_HEADER: "\udcff"}),
    "another path": ("POST", "/more", HEADERS),
    "the path and more": ("POST", "?x", HEADERS),
    "a look": ("GET", "", HEADERS),
}


@pytest.mark.parametrize("name", STRANGERS)
async def test_strangers_learn_nothing(hooked: Hooked, name: str) -> None:
    """Protects against made-up updates: whatever is wrong, the same empty answer is given."""
    method, more, headers = STRANGERS[name]
    raw = {key: value.encode("utf-8", "surrogateescape") for key, value in headers.items()}
    async with hooked.open():
        answer = await hooked.client.request(
            method, hooked.url + more, json=saying("evil"), headers=raw
        )
    assert (answer.status_code, answer.content) == (401, b"")
    assert await hooked.desk.stored() == {}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"rubbish",
        b"[]",
        b"{}",
        b'{"update_id": "7"}',
        b'{"update_id": -1}',
        b'{"update_id": 99999999999999999999}',
        b"[" * 100_000,
    ],
)
async def test_what_is_no_update_is_refused(hooked: Hooked, body: bytes) -> None:
    """Protects the inbox: only a body with an update id is stored, and nothing breaks."""
    async with hooked.open():
        answer = await hooked.client.post(hooked.url, content=body, headers=HEADERS)
    assert answer.status_code == 400
    assert await hooked.desk.stored() == {}


async def test_a_body_has_an_end(hooked: Hooked) -> None:
    """Protects memory: a body larger than any update is not read."""
    async with hooked.open():
        assert await hooked.posts(saying("x" * MOST_BYTES)) == 413
    assert await hooked.desk.stored() == {}


async def test_a_body_that_does_not_end_is_let_go(
    hooked: Hooked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects connections: a client that sends less than it announced is disconnected."""
    monkeypatch.setattr(bot.telegram.webhook, "READ_SECONDS", 0.05)
    head = (
        f"POST /updates/here HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n{SECRET_HEADER}: {SECRET}"
    )
    async with hooked.open():
        reader, writer = await asyncio.open_connection("127.0.0.1", hooked.port)
        writer.write(f"{head}\r\n\r\n{{".encode())
        assert b" 408 " in await reader.readline()
        writer.close()
        await writer.wait_closed()


async def test_it_is_stored_before_the_answer_and_handled_after(hooked: Hooked) -> None:
    """Protects both sides: a slow handler delays no answer, and 200 means stored on disk."""
    hooked.desk.closed["slow"] = asyncio.Event()
    async with hooked.open():
        assert await hooked.posts(saying("slow")) == 200
        assert await hooked.desk.stored() == {7: False}
        assert hooked.desk.done == []
        hooked.desk.closed["slow"].set()
        await hooked.desk.handles("slow")


async def test_twice_and_out_of_order(hooked: Hooked) -> None:
    """Protects against handling an update twice, and against losing a late one."""
    async with hooked.open():
        sent = [saying("two", 12), saying("one", 11), saying("two", 12), saying("again", 3)]
        statuses = await asyncio.gather(*(hooked.posts(update) for update in sent))
        assert statuses == [200] * 4
        await hooked.desk.handles("one", "two", "again")
    assert sorted(hooked.desk.begun) == ["again", "one", "two"]


async def test_an_answer_that_is_lost_costs_nothing(hooked: Hooked) -> None:
    """Protects against a lost answer: Telegram sends the update again, and it is handled once."""
    hooked.line.world.telegram.faults.add("webhook", faults.ReplyLost(), times=2)
    async with hooked.open():
        await hooked.line.world.person("Anna").sends("hello")
        look = hooked.line.world.until
        await look(lambda: hooked.line.world.pending_updates == 0 or None, "it is taken")
        await hooked.desk.handles("hello")
    assert hooked.desk.begun == ["hello"]


async def test_a_failing_database_makes_telegram_repeat(
    hooked: Hooked, logs: list[MutableMapping[str, Any]]
) -> None:
    """Protects updates on a full disk: Telegram gets a 500, and repeats until there is room."""
    fails = "BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    world = hooked.line.world
    async with hooked.open():
        async with hooked.desk.database.write() as connection:
            await connection.exec_driver_sql(f"CREATE TRIGGER full {fails}")
        assert await hooked.posts(saying("by hand", 5)) == 500
        await world.person("Anna").sends("hello")
        await world.until(lambda: world.telegram.polling.pushing.error or None, "it failed")
        assert world.pending_updates == 1
        async with hooked.desk.database.write() as connection:
            await connection.exec_driver_sql("DROP TRIGGER full")
        await hooked.desk.handles("hello")
    assert "update storage failed" in {each["event"] for each in logs}


async def test_one_who_hangs_up_takes_nothing_along(hooked: Hooked, tmp_path: Path) -> None:
    """Protects an update whose sender hung up before the answer: once stored, it is handled."""
    async with hooked.open():
        with closing(sqlite3.connect(tmp_path / "numberdesk.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            posting = asyncio.create_task(hooked.posts(saying("hello")))
            engine = hooked.desk.database.engine
            await hooked.line.world.until(lambda: engine.busy or None, "it is being stored")
            posting.cancel()
            other.execute("ROLLBACK")
        await hooked.desk.handles("hello")


async def test_health_says_whether_updates_get_through(hooked: Hooked) -> None:
    """Protects the operator: an unreachable address is reported, a quiet bot isn't."""
    world, clock = hooked.line.world, hooked.line.clock

    async def silent() -> float:
        """Return for how long no update is known to have arrived, after a while."""
        until = clock.now() + UPDATES_SECONDS * 2
        await world.until(lambda: clock.now() > until or None, "a while")
        return clock.now() - hooked.webhook.fetched_at

    async with hooked.open():
        assert await silent() <= LOOK_SECONDS + 1
        lost = world.telegram.faults.add("webhook", faults.Dropped(), times=None)
        await world.person("Anna").sends("hello")
        assert await silent() > UPDATES_SECONDS
        assert hooked.webhook.silence == "Telegram can't deliver to WEBHOOK_URL"
        lost.off()
        await hooked.desk.handles("hello")
        assert await silent() <= LOOK_SECONDS + 1


async def test_telegram_out_of_reach_is_asked_again(hooked: Hooked) -> None:
    """Protects a start during an outage: the webhook is set when Telegram is back."""
    telegram = hooked.line.world.telegram
    trouble = [faults.bad_gateway(), faults.Dropped(), faults.Flood(70), faults.Refuse("bad")]
    for each in trouble:
        telegram.faults.add("setWebhook", each)
    async with hooked.open():
        assert hooked.line.clock.now() - hooked.line.began >= 3 * LOOK_SECONDS + 70
    assert len(telegram.made("setWebhook")) == len(trouble) + 1


async def test_a_webhook_that_was_removed_is_set_again(
    hooked: Hooked, logs: list[MutableMapping[str, Any]]
) -> None:
    """Protects against silence after another program removed the webhook, and reports it."""
    async with hooked.open():
        hooked.line.world.telegram.polling.delete_webhook(drop_pending=False)
        await hooked.line.world.until(hooked.known, "it is set again")
        await hooked.line.world.person("Anna").sends("hello")
        await hooked.desk.handles("hello")
    assert "foreign webhook overwritten" in {each["event"] for each in logs}
