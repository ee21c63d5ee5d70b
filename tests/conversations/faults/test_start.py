"""Conditions the program can't work with: it says so in one line, and exits. Real processes."""

import asyncio
import contextlib
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


async def refusal(world: World, folder: Path, code: int = CONFIG, **changed: str) -> str:
    """Start the program with these settings; return its output after it exits by itself."""
    settings = {
        "BOT_TOKEN": world.bot_token,
        "TELEGRAM_API_URL": world.telegram_url,
        "OWNER_IDS": "1",
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/numberdesk.db",
        "DATA_KEY": KEY.hex(),
    }
    program = Program(world, folder, "run", **{**settings, **changed})
    try:
        assert await program.ends(20) == code
        assert "Traceback" not in program.said
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
