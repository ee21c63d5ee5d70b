"""`numberdesk backup`, as an operator runs it: beside a running bot, and after it died."""

import os
import shutil
import signal
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from sandbox.world import World
from tests.support.databases.temporary import KEY
from tests.support.processes.programs import Program

TROUBLE = 1


@pytest.fixture
async def world() -> AsyncGenerator[World]:
    """A pretend Telegram in real time, because the program has its own clock."""
    async with World(seed=1, deadline=20) as made:
        yield made


async def test_a_killed_bot_goes_on_from_its_backup(world: World, tmp_path: Path) -> None:
    """Protects against a lost disk: a copy of a running bot works as the bot's data."""
    data = tmp_path / "data"
    programs = []

    def runs(*words: str) -> Program:
        variables = {
            "BOT_TOKEN": world.bot_token,
            "TELEGRAM_API_URL": world.telegram_url,
            "ACCESS": "open",
            "DATA_DIR": str(data),
            "DATABASE_URL": f"sqlite+aiosqlite:///{data}/numberdesk.db",
            "DATA_KEY": KEY.hex(),
            "EKYC_API_URL": world.ekyc.url,
            "EKYC_API_KEY": world.ekyc.api_key,
        }
        programs.append(Program(world, tmp_path, *words, **variables))
        return programs[-1]

    try:
        bot = runs("run")
        anna = world.person("Anna")
        await anna.sends("/start")
        await anna.sees("I check lists")
        await anna.sends("+44 7400 123401\n+44 7400 123402\n+44 7400 123403")
        await anna.sees("3 numbers ready")
        again = [runs("backup", "copy.db"), runs("backup", "copy.db")]
        codes = sorted([await each.ends() for each in again])
        assert codes == [0, TROUBLE]
        said = "".join(each.said for each in again)
        assert "sound, and opens with this key" in said
        assert "exists already" in said
        assert "Traceback" not in said
        os.kill(bot.pid, signal.SIGKILL)
        await bot.ends()
        shutil.rmtree(data)
        data.mkdir()
        (tmp_path / "copy.db").rename(data / "numberdesk.db")
        runs("run")
        answer = await anna.presses("Telegram activity")
        assert not answer.show_alert
        await anna.sees("3 numbers go to the service")
    finally:
        for program in programs:
            program.close()
