"""The doctor names each problem and its fix, and reports nothing where there is none."""

import os
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

import bot.operations.doctor_local
import bot.telegram.file_session
from runtime.money import parse_money
from sandbox.http import faults
from storage.schema.tables import canary
from tests.support.databases.temporary import KEY, opened
from tests.support.practice import Practice


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
    assert found["instance …0001"] == "ok    instance …0001: authorized: looks numbers up"
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


async def test_a_budget_without_prices(practice: Practice) -> None:
    """Protects people with a budget from checks that none of them can start."""
    file = practice.home / "checks.toml"
    file.write_text("[band]\nprice = 1\n[active_check]\nprice = 1\ncurrency = 'EUR'\n")
    found = await practice.finds(checkers_file=file, monthly_budget=parse_money("5"))
    assert found["Band"] == "ok    Band: offered"
    for title in ("Active number", "WhatsApp details"):
        says = "offered, but nobody with a budget can start it: no price in USD"
        assert found[title] == f"note  {title}: {says}"


async def test_what_services_say(practice: Practice) -> None:
    """Protects the operator's time: an empty balance and a wrong key are told apart."""
    practice.world.ekyc.balance = 0
    found = await practice.finds(checknumber_api_key=SecretStr("not-the-right-one"))
    assert "note  service ekyc: accepts the key, balance 0.00" in found["service ekyc"]
    assert "check CHECKNUMBER_API_KEY" in found["service checknumber"]


REFUSED = {
    "Unauthorized": (401, "BAD   BOT_TOKEN: Telegram refuses it (Unauthorized)"),
    "Not Found": (404, "BAD   BOT_TOKEN: Telegram knows no such bot (Not Found)"),
    "Logged out": (400, "BAD   TELEGRAM_API_URL: the bot was moved to another server (Logged out)"),
    "Conflict: news": (409, "BAD   BOT_TOKEN: another program uses this token (Conflict: news)"),
}


@pytest.mark.parametrize("words", REFUSED)
async def test_what_telegram_says_of_the_bot(practice: Practice, words: str) -> None:
    """Protects the operator's time: Telegram's own words stand beside what to do."""
    code, expected = REFUSED[words]
    practice.world.telegram.faults.add("getMe", faults.Refuse(words, code))
    found = await practice.finds()
    assert found[expected[6:].partition(":")[0]].startswith(expected)


async def test_a_webhook_that_nothing_gets_through(practice: Practice) -> None:
    """Protects from a bot that hears nothing: the doctor knows what Telegram met there."""
    url = "https://bot.example.org/hook"
    practice.world.state.webhook = {"url": url}
    await practice.world.person("Anna").sends("/start")
    practice.world.telegram.polling.pushing.error = {
        "last_error_date": 1,
        "last_error_message": "Wrong response from the webhook: 401 Unauthorized",
    }
    line = (await practice.finds(webhook_url=url))["BOT_TOKEN"]
    assert line.startswith("note")
    assert line.endswith("WEBHOOK_URL (Wrong response from the webhook: 401 Unauthorized)")


@pytest.mark.parametrize("missing", ["the folder", "the right", "nothing"])
async def test_files_of_a_local_server(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    """Protects lists from a server whose files can't be read here; the token is never printed."""
    home = practice.home / "server"
    practice.world.state.files.home = home
    if missing == "the right":

        def refuse(*_: object, **__: object) -> object:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("aiofiles.threadpool.sync_open", refuse)
    if missing == "the folder":
        monkeypatch.setattr(Path, "write_bytes", lambda *_: None)
    found = await practice.finds(telegram_local=True)
    says = {
        "the folder": f"BAD   files from Telegram: the server puts them into {home}, which isn't "
        "readable here; mount it there",
        "the right": f"BAD   files from Telegram: the server puts them into {home}, which isn't "
        "readable here; let this user read it",
        "nothing": "ok    files from Telegram: can be read; if the bot was at Telegram's server "
        "before, logOut was due",
    }
    assert found["files from Telegram"] == says[missing]
    assert practice.world.bot_token.partition(":")[2] not in "".join(found.values())


async def test_a_local_server_that_is_set_otherwise(practice: Practice) -> None:
    """Protects lists: what TELEGRAM_LOCAL says must be how the server was started."""
    found = await practice.finds(telegram_local=True)
    assert "the server doesn't run with --local" in found["files from Telegram"]
    practice.world.state.files.home = practice.home / "server"
    found = await practice.finds(telegram_local=False)
    assert "set TELEGRAM_LOCAL=true" in found["files from Telegram"]


async def test_a_file_server_that_gives_nothing(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects lists from a proxy that passes on calls and no files."""
    monkeypatch.setattr(bot.telegram.file_session, "TRIES", 1)
    practice.world.telegram.faults.add("download", faults.bad_gateway(), times=None)
    line = (await practice.finds())["files from Telegram"]
    assert line == "BAD   files from Telegram: could not be fetched (the file server: HTTP 502)"


async def test_what_the_bot_hears_in_groups(practice: Practice) -> None:
    """Protects members' talk: the operator sees whether Telegram shows the bot all of it."""
    named = f"/check@{practice.world.bot_username}"
    line = (await practice.finds())["groups"]
    assert line.startswith("ok    groups: privacy mode is on: there the bot gets " + named)
    practice.world.state.privacy_mode = False
    line = (await practice.finds())["groups"]
    assert line.startswith("note  groups: privacy mode is off")
    assert "/setprivacy" in line


async def test_a_webhook_of_another_program(practice: Practice) -> None:
    """Protects another program with this token: the next start would take over its updates."""
    practice.world.state.webhook = {"url": "https://other.example.org/hook"}
    line = (await practice.finds())["BOT_TOKEN"]
    assert line.startswith("note")
    assert "other.example.org" in line
    ours = await practice.finds(webhook_url="https://other.example.org/hook")
    assert ours["BOT_TOKEN"].startswith("ok")


async def test_misspelt_settings(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects from a setting that is silently not there; other programs' are no findings."""
    (practice.home / ".env").write_text("OWNER_ID=7\nPOSTGRES_PASSWORD=x\nLOG_LEVEL=\n")
    monkeypatch.setenv("LOGLEVEL", "debug")
    monkeypatch.delenv("LOG_LEVEL", raising=False)
    found = await practice.finds()
    told = "note  OWNER_ID: in .env is no setting; do you mean OWNER_IDS?"
    assert found["OWNER_ID"] == told
    told = "note  LOGLEVEL: in the environment is no setting; do you mean LOG_LEVEL?"
    assert found["LOGLEVEL"] == told
    assert "POSTGRES_PASSWORD" not in found


async def test_a_data_folder_that_cannot_be_used(practice: Practice) -> None:
    """Protects the operator from a traceback: the line names DATA_DIR and what to do."""
    (practice.home / "file").touch()
    line = (await practice.finds(data_dir=practice.home / "file"))["DATA_DIR"]
    assert line.startswith("BAD ")
    assert "File exists" in line
    assert "put another one there" in line


async def test_a_key_file_that_cannot_be_read(practice: Practice) -> None:
    """Protects the operator from a traceback: the line names the key file and what to do."""
    async with opened(practice.home, KEY):
        pass
    (practice.home / "data.key").mkdir(mode=0o700)
    line = (await practice.finds())["database"]
    assert line.startswith("BAD ")
    assert "data.key can't be used (Is a directory)" in line
