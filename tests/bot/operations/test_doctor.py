"""The doctor names each problem and its fix, and reports nothing where there is none."""

import os
import time
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

import bot.operations.doctor_local
from bot.operations.doctor import examine
from bot.playground.demo import sandbox_settings
from sandbox.world import World
from storage.schema.tables import canary
from tests.support.clocks import StoryClock
from tests.support.databases.temporary import KEY, opened


class Practice:
    """A world, and a doctor that examines the bot in it."""

    def __init__(self, world: World, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.world, self.home, self._capsys = world, home, capsys

    async def finds(self, off: float = 0.0, **changed: Any) -> dict[str, str]:
        """Return the doctor's lines by subject, after checking that the exit code fits them."""
        settings = sandbox_settings(self.world, self.home, [1]).model_copy(update=changed)
        code = await examine(settings, StoryClock(time.time() + off))
        lines = self._capsys.readouterr().out.splitlines()
        found = {line[6:].partition(":")[0]: line for line in lines}
        assert code == (1 if any(line.startswith("BAD") for line in lines) else 0)
        return found


@pytest.fixture
async def practice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Practice]:
    """A bot that was never started, in its own folder."""
    monkeypatch.chdir(tmp_path)
    async with World(seed=1, deadline=5) as world:
        yield Practice(world, tmp_path, capsys)


async def test_a_healthy_bot(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects against false alarms: a healthy bot has no BAD line."""
    monkeypatch.setattr(bot.operations.doctor_local, "LEAST_DISK", 0)
    async with opened(practice.home, KEY):
        pass
    (practice.home / "data.key").write_text(KEY.hex())
    (practice.home / "data.key").chmod(0o600)
    found = await practice.finds()
    assert not [line for line in found.values() if line.startswith("BAD")]
    assert found["clock"] == "ok    clock: right"
    assert found["service ekyc"] == "ok    service ekyc: accepts the key, balance 1,000.00"
    assert found["database"] == "ok    database: sound, and opens with this key"
    assert found["SQLite"].startswith("ok    SQLite: 3.")
    confined = "ok    reading files: is kept from network, programs and other files"
    assert found["reading files"] == confined
    assert ".env" not in found


async def test_a_database_from_before_rows_were_bound(practice: Practice) -> None:
    """Protects what an older version sealed: the operator hears how to bind it to its rows."""
    async with opened(practice.home, KEY) as database, database.write() as connection:
        database.vault.binds_rows = False
        sealed = database.vault.new_canary()
        await connection.execute(sa.update(canary).values(sealed=sealed))
    (practice.home / "data.key").write_text(KEY.hex())
    line = (await practice.finds())["database"]
    assert line.startswith("note  database: sound, and opens with this key; `numberdesk rekey`")


async def test_a_machine_that_confines_less(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects from believing in walls that an older Linux doesn't have."""
    kinds = {"seccomp": "network and programs", "landlock": "other files", "moat": "dragons"}
    monkeypatch.setattr(bot.operations.doctor_local, "_CONFINED", kinds)
    line = (await practice.finds())["reading files"]
    assert line == "note  reading files: Linux doesn't keep it from dragons here"


@pytest.mark.parametrize(
    ("off", "mark"),
    [(-100, "BAD "), (-15, "note"), (-4, "ok  "), (4, "ok  "), (15, "note"), (100, "BAD ")],
)
async def test_a_clock_that_is_wrong(practice: Practice, off: float, mark: str) -> None:
    """Protects pauses and certificates: a wrong clock is reported before it does harm."""
    line = (await practice.finds(off))["clock"]
    assert line.startswith(mark)
    assert ("switch on NTP" in line) == (mark != "ok  ")


@pytest.mark.parametrize(
    ("mode", "mark"),
    [(0o600, "ok  "), (0o640, "ok  "), (0o644, "BAD "), (0o660, "BAD "), (0o602, "BAD ")],
)
async def test_who_may_read_the_settings(practice: Practice, mode: int, mark: str) -> None:
    """Protects the tokens from other accounts on the machine."""
    (practice.home / ".env").touch()
    (practice.home / ".env").chmod(mode)
    assert (await practice.finds())[".env"].startswith(mark)


@pytest.mark.parametrize(("mode", "mark"), [(0o600, "note"), (0o640, "BAD "), (0o604, "BAD ")])
async def test_who_may_read_the_key(practice: Practice, mode: int, mark: str) -> None:
    """Protects all sealed data from other accounts on the machine."""
    (practice.home / "data.key").write_text(KEY.hex())
    (practice.home / "data.key").chmod(mode)
    assert (await practice.finds())["key file"].startswith(mark)


async def test_little_room(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects a start after an upgrade: the disk has room for the backup made before it."""
    monkeypatch.setattr(bot.operations.doctor_local, "LEAST_DISK", 0)
    assert (await practice.finds())["disk"].startswith("ok  ")
    database = practice.home / "numberdesk.db"
    with database.open("wb") as file:
        file.truncate(os.statvfs(practice.home).f_bavail * os.statvfs(practice.home).f_frsize)
    assert "BAD   disk" in (await practice.finds())["disk"]


async def test_what_services_say(practice: Practice) -> None:
    """Protects the operator's time: an empty balance and a wrong key are told apart."""
    practice.world.ekyc.balance = 0
    found = await practice.finds(checknumber_api_key=SecretStr("not-the-right-one"))
    assert "note  service ekyc: accepts the key, balance 0.00" in found["service ekyc"]
    assert "check CHECKNUMBER_API_KEY" in found["service checknumber"]


async def test_a_webhook_of_another_program(practice: Practice) -> None:
    """Protects another program with this token: the next start would take over its updates."""
    practice.world.state.webhook = {"url": "https://other.example.org/hook"}
    line = (await practice.finds())["BOT_TOKEN"]
    assert line.startswith("note")
    assert "other.example.org" in line
    ours = await practice.finds(webhook_url="https://other.example.org/hook")
    assert ours["BOT_TOKEN"].startswith("ok")
