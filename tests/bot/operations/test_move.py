"""`numberdesk move`, as an operator runs it: from SQLite to PostgreSQL."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import EXIT_TROUBLE, app
from bot.operations.move import move
from bot.settings import Settings, load
from storage.database import CannotOpenError, Database, lock_folder
from storage.engines import postgres
from storage.lists import lists
from storage.sealing.vault import Vault, new_key, parse_key
from storage.upkeep.copy_database import CopyError
from tests.support.databases.engines import bare
from tests.support.databases.temporary import KEY, address, new_list, opened, opened_at
from tests.support.processes.ports import free_port

TOKEN = "123456789:" + "A" * 35
NOWHERE = "postgresql+asyncpg://me:s3cr3t-pass@127.0.0.1:{port}/desk"


def settings_of(home: Path, **changed: Any) -> Settings:
    """Return the settings of a bot in this folder."""
    values: dict[str, Any] = {"bot_token": TOKEN, "owner_ids": [1], "data_dir": home}
    return load(_env_file=None, **(values | {"database_url": address(home)} | changed))


@pytest.fixture
async def url(tmp_path: Path) -> AsyncGenerator[str]:
    """The URL of a PostgreSQL database without tables."""
    async with bare("postgresql", tmp_path) as made:
        yield made


@pytest.mark.parametrize("named", [True, False], ids=["DATA_KEY", "key file"])
async def test_it_says_what_to_set(tmp_path: Path, url: str, *, named: bool) -> None:
    """Protects the start after the move: the printed address and key open all data."""
    key = new_key()
    async with opened(tmp_path, parse_key(key)) as database:
        await new_list(database, "a", b"+79876543210\n")
    file = tmp_path / "data.key"
    if not named:
        file.write_text(key + "\n")
    said = await move(settings_of(tmp_path, **({"data_key": key} if named else {})), url)
    assert said.startswith("Done: 1 rows of ")
    assert ("leave DATA_KEY as it is" in said) == named
    assert (f"set DATA_KEY to the one line in {file}" in said) == (not named)
    after = settings_of(tmp_path, database_url=url, data_key=key if named else file.read_text())
    assert after.data_key is not None
    new = parse_key(after.data_key.get_secret_value())
    async with opened_at(url, new) as moved, moved.read() as connection:
        body = await lists.sealed(connection, "a", "body")
    assert moved.vault.open(body or b"", "lists.body", "a") == b"+79876543210\n"


async def test_a_bot_that_runs_is_not_moved(tmp_path: Path, url: str) -> None:
    """Protects what a running bot writes during the move."""
    async with opened(tmp_path):
        pass
    with lock_folder(tmp_path), pytest.raises(CannotOpenError, match="stop it first"):
        await move(settings_of(tmp_path, data_key=KEY.hex()), url)


async def test_a_wrong_key_moves_nothing(tmp_path: Path, url: str) -> None:
    """Protects against data that no key opens: the target stays untouched."""
    async with opened(tmp_path):
        pass
    with pytest.raises(CannotOpenError, match="put the right key back"):
        await move(settings_of(tmp_path, data_key=bytes(32).hex()), url)
    with pytest.raises(CopyError, match="its key is missing"):
        await move(settings_of(tmp_path), url)
    assert not (tmp_path / "data.key").exists()
    database = Database(url, Vault(KEY))
    try:
        with pytest.raises(CannotOpenError, match="canary"):
            await database.examine()
    finally:
        await database.close()


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("mysql://host/name", r"must begin with .*postgresql\+asyncpg://"),
        ("sqlite:///other.db", r"must begin with postgresql\+asyncpg://"),
        ("postgresql+asyncpg://host:many/name", "is no address"),
    ],
)
async def test_addresses_that_lead_nowhere(tmp_path: Path, to: str, told: str) -> None:
    """Protects the operator from a traceback caused by a typo."""
    async with opened(tmp_path):
        pass
    with pytest.raises(CopyError, match=told):
        await move(settings_of(tmp_path, data_key=KEY.hex()), to)


async def test_nothing_to_move(tmp_path: Path) -> None:
    """Protects against an empty database that looks moved, when DATABASE_URL is wrong."""
    to = NOWHERE.format(port=1)
    with pytest.raises(CannotOpenError, match="there is no database at"):
        await move(settings_of(tmp_path, data_key=KEY.hex()), to)
    shared = settings_of(tmp_path, data_key=KEY.hex(), database_url=to)
    with pytest.raises(CopyError, match="is PostgreSQL already"):
        await move(shared, to)


def test_a_server_that_is_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the operator's screen: one sentence, a failure exit code, and no password."""
    monkeypatch.setattr(postgres, "AWAY_SECONDS", 0.0)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("OWNER_IDS", "1")
    monkeypatch.setenv("DATA_KEY", KEY.hex())
    home = tmp_path / "data"
    home.mkdir()

    async def begin() -> None:
        async with opened(home):
            pass

    asyncio.run(begin())
    done = CliRunner().invoke(app, ["move", "--to", NOWHERE.format(port=free_port())])
    assert done.exit_code == EXIT_TROUBLE
    assert done.stderr.startswith("Nothing was moved: the target: the PostgreSQL database can't be")
    assert "s3cr3t" not in done.output
