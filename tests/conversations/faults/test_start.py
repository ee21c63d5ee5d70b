"""Conditions the program can't work with: it says so in one line, and exits. Real processes."""

import asyncio
import contextlib
import socket
import sqlite3
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from sandbox.world import World
from tests.support.databases.temporary import KEY, opened
from tests.support.processes.programs import Program

CONFIG, PASSING = 78, 1  # only after the first one systemd does not restart


@pytest.fixture
async def world() -> AsyncGenerator[World]:
    """A pretend Telegram in real time, because the program has its own clock."""
    async with World(seed=1, deadline=20) as made:
        yield made


def settings_of(world: World, folder: Path) -> dict[str, str]:
    """Return the variables of a program that can run there."""
    return {
        "BOT_TOKEN": world.bot_token,
        "TELEGRAM_API_URL": world.telegram_url,
        "OWNER_IDS": "1",
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/numberdesk.db",
        "DATA_KEY": KEY.hex(),
    }


async def refusal(
    world: World, folder: Path, code: int = CONFIG, command: str = "run", **changed: str
) -> str:
    """Start the program with these settings; return its output after it exits by itself."""
    program = Program(world, folder, *command.split(), **{**settings_of(world, folder), **changed})
    try:
        assert await program.ends(20) == code
        assert "Traceback" not in program.said
        assert "Errno" not in program.said
        return program.said
    finally:
        program.close()


def altered(folder: Path, statement: str) -> None:
    """Change the database, past the bot."""
    with contextlib.closing(sqlite3.connect(folder / "numberdesk.db")) as database, database:
        database.execute(statement)


async def test_what_a_newer_program_wrote_is_left_alone(world: World, tmp_path: Path) -> None:
    """Protects the tasks from an older program, which would not understand the tables."""
    async with opened(tmp_path):
        pass
    await asyncio.to_thread(altered, tmp_path, "UPDATE alembic_version SET version_num = '9999'")
    assert "9999" in await refusal(world, tmp_path)


async def test_a_database_locked_by_another_program_is_named(world: World, tmp_path: Path) -> None:
    """Protects the operator from an obscure error: another program has locked the file."""
    async with opened(tmp_path):
        pass
    path = tmp_path / "numberdesk.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "locked by another program" in await refusal(world, tmp_path, PASSING)


async def test_a_webhook_without_a_secret_is_refused(world: World, tmp_path: Path) -> None:
    """Protects the bot from anybody's updates: without a secret it does not listen."""
    said = await refusal(world, tmp_path, WEBHOOK_URL="https://bot.example/hook")
    assert "WEBHOOK_SECRET" in said
    assert not world.telegram.calls


def broken(path: Path, how: str) -> None:
    """Make the file unreadable in this way."""
    contents = {
        "UTF-16": "OWNER_IDS=1\n".encode("utf-16"),
        "another charset": "OWNER_IDS=1 # \u044f\n".encode("cp1251"),
        "half a quote": b"OWNER_IDS=1\nEKYC_USER_ID='7\n",
        "no assignment": b"OWNER_IDS=1\n\nEKYC_USER_ID: 7\n",
        "rubbish": b"\xff\xfe rubbish",
    }
    if how == "a folder":
        path.mkdir()
        return
    path.write_bytes(contents.get(how, b"OWNER_IDS=1\n"))
    if how == "no rights":
        path.chmod(0)


ENV_FILES = {
    "no rights": "Permission denied. Let the bot's user read it",
    "a folder": "is a folder",
    "UTF-16": "Save it as UTF-8",
    "another charset": "Save it as UTF-8",
    "half a quote": "line 2 can't be understood",
    "no assignment": "line 3 can't be understood",
}


@pytest.mark.parametrize("how", ENV_FILES)
async def test_an_env_file_that_cannot_be_read_is_named(
    world: World, tmp_path: Path, how: str
) -> None:
    """Protects the operator from a bot that starts without half of its settings."""
    await asyncio.to_thread(broken, tmp_path / ".env", how)
    said = await refusal(world, tmp_path)
    assert ".env: " in said
    assert ENV_FILES[how] in said


@pytest.mark.parametrize("how", ["a file", "no rights"])
async def test_a_data_folder_that_cannot_be_used_is_named(
    world: World, tmp_path: Path, how: str
) -> None:
    """Protects the operator's time: the line names DATA_DIR, why it fails and what to do."""
    place = tmp_path / "place"
    if how == "a file":
        place.touch()
    else:
        place.mkdir(mode=0o500)
    for folder in (place, place / "data"):
        said = await refusal(world, tmp_path, DATA_DIR=str(folder))
        assert f"DATA_DIR is {folder}, and nothing can be written there" in said
        assert "put another one there" in said


def taken_away(file: Path, how: str) -> None:
    """Take rights to the database from the bot."""
    if how == "another's log":  # of a doctor that root has run
        for ending in ("-wal", "-shm"):
            Path(f"{file}{ending}").touch(0o400)
    else:
        file.chmod(0 if how == "no rights" else 0o400)


@pytest.mark.parametrize("how", ["no folder", "no rights", "read only", "another's log"])
async def test_a_database_that_cannot_be_opened_is_named(
    world: World, tmp_path: Path, how: str
) -> None:
    """Protects the operator's time: the line names the file, and systemd doesn't try for ever."""
    folder = tmp_path / "elsewhere"
    file = folder / "numberdesk.db"
    if how != "no folder":
        folder.mkdir()
        async with opened(folder):
            pass
        await asyncio.to_thread(taken_away, file, how)
    said = await refusal(world, tmp_path, DATABASE_URL=f"sqlite+aiosqlite:///{file}")
    assert str(file) in said
    assert "rights" in said or "give it to the bot's user" in said


KEY_FILES = {
    "rubbish": "must be 32 bytes written in base64",
    "no rights": "Permission denied",
    "a folder": "Is a directory",
}


@pytest.mark.parametrize("how", KEY_FILES)
async def test_a_key_file_that_cannot_be_used_is_named(
    world: World, tmp_path: Path, how: str
) -> None:
    """Protects sealed data: no new key takes the place of one that can't be read."""
    await asyncio.to_thread(broken, tmp_path / "data.key", how)
    said = await refusal(world, tmp_path, DATA_KEY="")
    assert "data.key" in said
    assert KEY_FILES[how] in said
    async with opened(tmp_path):
        pass
    said = await refusal(world, tmp_path, PASSING, "rekey", DATA_KEY="")
    assert "No new key is in use yet: the key file" in said
    assert KEY_FILES[how] in said


@pytest.mark.parametrize("setting", ["HEALTH", "WEBHOOK"])
async def test_a_port_that_is_taken_is_named(world: World, tmp_path: Path, setting: str) -> None:
    """Protects the operator's time: the line names port and setting."""
    hook = {"WEBHOOK_URL": "https://bot.example/hook", "WEBHOOK_SECRET": "s" * 20}
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = str(other.getsockname()[1])
        changed = {f"{setting}_PORT": port, **(hook if setting == "WEBHOOK" else {})}
        said = await refusal(world, tmp_path, **changed)
    assert f"the bot can't listen on 127.0.0.1:{port} (Address already in use)" in said
    assert f"{setting}_PORT to a free port" in said
    said = await refusal(world, tmp_path, HEALTH_PORT=port, HEALTH_HOST="nowhere.invalid")
    assert f"nowhere.invalid:{port}" in said


@pytest.mark.parametrize("command", ["rekey", "backup"])
async def test_other_commands_say_in_words_what_fails(
    world: World, tmp_path: Path, command: str
) -> None:
    """Protects the operator from numbers of the system, whichever command meets the trouble."""
    async with opened(tmp_path):
        pass
    (tmp_path / "data.key").write_text(KEY.hex())
    if command == "rekey":
        (tmp_path / "data.key.next").mkdir()
        said = await refusal(world, tmp_path, PASSING, "rekey", DATA_KEY="")
        assert "data.key.next can't be used (Is a directory)" in said
    else:
        place = tmp_path / "place"
        place.mkdir(mode=0o500)
        said = await refusal(world, tmp_path, PASSING, f"backup {place}/copy.db")
        assert "No backup was made: " in said


async def test_a_checkers_file_with_faults_is_named(world: World, tmp_path: Path) -> None:
    """Protects the operator's time: each fault has its line or its key, and no jargon."""
    file = tmp_path / "own.toml"
    said = await refusal(world, tmp_path, CHECKERS_FILE="own.toml")
    assert "CHECKERS_FILE: own.toml can't be read: No such file or directory" in said
    for text, told in {
        "[band]\nprice = \n": "own.toml: Invalid value (at line 2",
        "[band]\npreis = 1\nprise = 2\ncurrency = 'euro'\n": "[band] currency: must be three",
    }.items():
        file.write_text(text)
        said = await refusal(world, tmp_path, CHECKERS_FILE="own.toml")
        assert told in said
    assert "[band] preis: is not known here" in said
    assert "[band] prise: is not known here; do you mean price?" in said
    assert "pattern" not in said
