"""Settings as people write them, and wrong ones. Real processes, as operators start them."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from sandbox.world import World
from tests.support.databases.temporary import KEY
from tests.support.processes.ports import free_port
from tests.support.processes.programs import Program

CONFIG = 78
SECRET = "hunter2hunter2hunter2"


@pytest.fixture
async def world() -> AsyncGenerator[World]:
    """A pretend Telegram in real time, because the program has its own clock."""
    async with World(seed=1, deadline=20) as made:
        yield made


async def ended(world: World, folder: Path, *words: str, **variables: str) -> str:
    """Return the output of a program that refuses its settings."""
    program = Program(world, folder, *(words or ("run",)), **variables)
    try:
        assert await program.ends(20) == CONFIG
        assert "Traceback" not in program.said
        assert SECRET not in program.said
        return program.said
    finally:
        program.close()


async def test_settings_as_people_write_them(world: World, tmp_path: Path) -> None:
    """Protects the first start: capitals, quotes, Windows' line ends and marks are understood."""
    anna = world.person("Anna", id=1007)
    lines = [
        "OWNER_IDS=[1007; 1008]  # Anna and Boris",
        "ACCESS = Invited",
        "LOG_LEVEL=INFO",
        "LOG_FORMAT=\N{LEFT DOUBLE QUOTATION MARK}Text\N{RIGHT DOUBLE QUOTATION MARK}",
        "TELEGRAM_LOCAL=No",
        "DEFAULT_LANGUAGE=EN",
        "DEFAULT_REGION=gb",
        f"export TELEGRAM_API_URL='{world.telegram_url}/'",
        "BOT_TOKEN_FILE=token.txt",
        "EKYC_API_KEY=\N{NO-BREAK SPACE}\u2018key-of-ekyc\u2019",
        f"DATABASE_URL=sqlite:///{tmp_path}/data/numberdesk.db",
        "DATA_KEY=",
    ]
    (tmp_path / ".env").write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    (tmp_path / "token.txt").write_bytes(f"\ufeff{world.bot_token}\r\n".encode())
    program = Program(world, tmp_path, "run", DATA_KEY=f' "{KEY.hex()}" \r')
    try:
        await anna.sends("/start")
        await anna.sees("I check lists")
        await program.says("running")
        line = next(line for line in program.said.splitlines() if "running" in line)
        assert f"bot=@{world.bot_username}" in line
        assert "owners=2" in line
        assert world.bot_token not in program.said
    finally:
        program.close()


async def test_every_wrong_setting_is_told_at_once(world: World, tmp_path: Path) -> None:
    """Protects the operator's patience: one start tells all faults, in words, without values."""
    (tmp_path / ".env").write_text(f"OWNER_ID=7\nEKYC_APIKEY={SECRET}\nUNRELATED=1\n")
    said = await ended(
        world,
        tmp_path,
        BOTTOKEN=world.bot_token,
        LOG_LEVEL=SECRET,
        MAX_RUN="many",
        HEALTH_PORT="70000",
        EXPIRE_HOURS="inf",
        TELEGRAM_LOCAL="perhaps",
        DEFAULT_REGION="Britain",
        RESULT_ORIGINS="http://a, minio:9000",
        POLL_FASTEST_SECONDS="70",
        WEBHOOK_URL="https://bot.example/hook",
        DATABASE_URL=f"postgres://me:{SECRET}@host/name",
        CHECKNUMBER_API_KEY=f"{SECRET} {SECRET}",
        PATH="/bin",
    )
    for told in (
        "BOT_TOKEN: is missing. Put here: The token that BotFather gave you",
        "LOG_LEVEL: must be 'debug', 'info', 'warning' or 'error'",
        "MAX_RUN: is no whole number",
        "HEALTH_PORT: must be 65535 or less",
        "EXPIRE_HOURS: has no end",
        "TELEGRAM_LOCAL: is neither true nor false",
        "DEFAULT_REGION: is no country",
        "RESULT_ORIGINS: entry 2 must be http://",
        "POLL_SLOWEST_SECONDS is less than POLL_FASTEST_SECONDS",
        "WEBHOOK_URL needs WEBHOOK_SECRET",
        "set DATA_KEY",
        "CHECKNUMBER_API_KEY: holds blanks",
        "OWNER_IDS is empty",
        "OWNER_ID in .env is no setting; do you mean OWNER_IDS?",
        "EKYC_APIKEY in .env is no setting; do you mean EKYC_API_KEY?",
        "BOTTOKEN in the environment is no setting; do you mean BOT_TOKEN?",
    ):
        assert told in said
    assert world.bot_token not in said
    for foreign in ("UNRELATED", "PATH", "pydantic", "Value error", "Input should"):
        assert foreign not in said


FILES = {
    "both": ("is set, and BOT_TOKEN_FILE, too; take one away", {"BOT_TOKEN": SECRET}),
    "no file": ("BOT_TOKEN_FILE names no file", {"BOT_TOKEN_FILE": SECRET}),
    "a folder": ("BOT_TOKEN_FILE names no file", {"BOT_TOKEN_FILE": "."}),
    "empty": ("the file that BOT_TOKEN_FILE names is empty", {"BOT_TOKEN_FILE": "empty.txt"}),
    "no text": ("it is no UTF-8 text", {"BOT_TOKEN_FILE": "noise.txt"}),
    "no rights": ("can't be read: Permission denied", {"BOT_TOKEN_FILE": "closed.txt"}),
    "no token": ("BOT_TOKEN: is no bot token", {}),
}


@pytest.mark.parametrize("how", FILES)
async def test_a_secret_in_a_file_that_cannot_be_used(
    world: World, tmp_path: Path, how: str
) -> None:
    """Protects the start with Docker's secrets: each fault is told, and nothing that is secret."""
    told, changed = FILES[how]
    for name, content in {
        "token.txt": SECRET.encode(),
        "empty.txt": b" \n",
        "noise.txt": b"\xff",
    }.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "closed.txt").touch(mode=0)
    variables = {"OWNER_IDS": "1", "BOT_TOKEN_FILE": "token.txt", **changed}
    assert told in await ended(world, tmp_path, **variables)


async def test_it_says_how_it_runs(world: World, tmp_path: Path) -> None:
    """Protects the operator: one line tells who runs how; what may not be meant is a warning."""
    (tmp_path / ".env").write_text("LOGLEVEL=info\nEKYC_USERID=7\n")
    variables = {
        "BOT_TOKEN": world.bot_token,
        "TELEGRAM_API_URL": world.telegram_url,
        "OWNER_IDS": "1,2,3",
        "DATA_DIR": str(tmp_path / "data"),
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/data/numberdesk.db",
    }
    program = Program(world, tmp_path, "run", **variables, LANG="C", HOSTNAME="loglevel")
    try:
        await program.says("running")
        said = program.said
        assert "no check offered" in said
        assert "set EKYC_API_KEY, CHECKNUMBER_API_KEY or GREEN_API_INSTANCES" in said
        assert said.count("unknown setting") == 2
        assert "meant=LOG_LEVEL" in said
        assert "meant=EKYC_USER_ID" in said
        for words in (
            f"bot=@{world.bot_username}",
            "mode=polling",
            f"database='SQLite {tmp_path}/data/numberdesk.db'",
            "checks=none",
            "owners=3",
            "groups='privacy mode'",
        ):
            assert words in said
    finally:
        program.close()
    keys = {
        "EKYC_API_KEY": "key-of-ekyc",
        "EKYC_USER_ID": "7",
        "GREEN_API_INSTANCES": "[1101:token-one; 1102:token-two]",
    }
    hook = {"WEBHOOK_URL": "https://bot.example/hook", "WEBHOOK_SECRET": "s3cret-s3cret-s3cret"}
    keys |= {**hook, "WEBHOOK_PORT": str(free_port())}
    program = Program(world, tmp_path, "run", **variables, **keys)
    try:
        await program.says("running")
        assert "mode=webhook" in program.said
        assert "checks='tg_active, wa_detail, band, lookups'" in program.said
        assert "no check offered" not in program.said
    finally:
        program.close()
    off = tmp_path / "checkers.toml"
    off.write_text(
        "".join(f"[{check}]\noff = true\n" for check in ("tg_active", "wa_detail", "band"))
    )
    del keys["GREEN_API_INSTANCES"]
    program = Program(world, tmp_path, "run", **variables, **keys, CHECKERS_FILE=str(off))
    try:
        await program.says("running")
        assert "checks=none" in program.said
        assert "turn one on in /checks" in program.said
    finally:
        program.close()
