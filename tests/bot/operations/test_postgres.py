"""`doctor`, `backup` and `rekey` where the database is PostgreSQL."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncConnection
from typer.testing import CliRunner

import bot.operations.doctor_local
from bot.cli import EXIT_CONFIG, app
from bot.operations.backup import dump_command
from bot.operations.doctor_local import premises
from bot.operations.rekey import rekey
from bot.settings import Settings, load
from storage.database import CannotOpenError
from storage.engines import postgres
from storage.lists import lists
from storage.schema import tables
from storage.schema.tables import replicas, task_events
from storage.sealing.vault import parse_key
from storage.tasks import tasks
from storage.tasks.task_states import TaskState
from storage.upkeep import reseal
from tests.support.databases.engines import address, bare
from tests.support.databases.rows import row_of
from tests.support.databases.temporary import KEY, new_list, new_task, opened_at, set_columns
from tests.support.processes.ports import free_port

TOKEN = "123456789:" + "A" * 35
AN_HOUR = 3600.0
NOWHERE = "postgresql+asyncpg://me:s3cr3t-pass@127.0.0.1:{port}/desk"


def settings_of(home: Path, url: str, **changed: Any) -> Settings:
    """Return the settings of a replica whose data folder this is."""
    values: dict[str, Any] = {"bot_token": TOKEN, "owner_ids": [1], "data_dir": home}
    values |= {"database_url": url, "data_key": KEY.hex()}
    return load(_env_file=None, **(values | changed))


async def findings(settings: Settings) -> dict[str, str]:
    """Return the doctor's lines about this machine, by subject."""
    return {found.what: str(found) async for found in premises(settings)}


async def takes_part(url: str, seconds: float) -> None:
    """Register a replica whose lease ends in that many seconds."""
    now = sa.extract("epoch", sa.func.clock_timestamp())
    async with opened_at(url) as database, database.write() as connection:
        row = row_of(replicas, 1) | {"until": now + seconds}
        await connection.execute(sa.insert(replicas).values(row))


@pytest.fixture
async def url(tmp_path: Path) -> AsyncGenerator[str]:
    """The URL of an empty PostgreSQL database with all tables."""
    async with address("postgresql", tmp_path) as made:
        async with opened_at(made):
            pass
        yield made


async def test_the_doctor_sees_a_desk_at_work(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects a routine check: it reports server, key and replicas, also while they run."""
    monkeypatch.setattr(bot.operations.doctor_local, "LEAST_DISK", 0)
    quiet = await findings(settings_of(tmp_path, url))
    assert quiet["replicas"].startswith("note  replicas: none takes part")
    await takes_part(url, AN_HOUR)
    found = await findings(settings_of(tmp_path, url))
    assert found["PostgreSQL"].startswith("ok    PostgreSQL: ")
    assert found["PostgreSQL"].endswith(", answers")
    assert found["database"] == "ok    database: opens with this key"
    assert found["replicas"] == "ok    replicas: taking part: 1"
    assert found["disk"].startswith("ok  ")
    assert "SQLite" not in found


async def test_the_doctor_counts_the_living(tmp_path: Path, url: str) -> None:
    """Protects against counting a dead replica as a running one."""
    await takes_part(url, -1.0)
    assert "none takes part" in (await findings(settings_of(tmp_path, url)))["replicas"]


async def test_the_doctor_tells_a_wrong_key(tmp_path: Path, url: str) -> None:
    """Protects a new machine that was given another DATA_KEY."""
    found = await findings(settings_of(tmp_path, url, data_key=bytes(32).hex()))
    assert found["database"].startswith("BAD   database: DATA_KEY")
    assert "replicas" not in found


async def test_the_doctor_before_the_first_start(tmp_path: Path) -> None:
    """Protects a new installation from an alarm: missing tables are created at its first start."""
    async with bare("postgresql", tmp_path) as url:
        for _ in range(2):
            found = await findings(settings_of(tmp_path, url))
            assert found["database"].startswith("note  database: no tables yet")


async def test_the_doctor_finds_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects against a password on the screen: the line says what to check, without secrets."""
    monkeypatch.setattr(postgres, "AWAY_SECONDS", 0.0)
    found = await findings(settings_of(tmp_path, NOWHERE.format(port=free_port())))
    assert found["PostgreSQL"].startswith("BAD   PostgreSQL: ")
    assert "check DATABASE_URL and the server" in found["PostgreSQL"]
    assert "database" not in found
    assert "s3cr3t" not in "".join(found.values())


def test_a_backup_is_left_to_pg_dump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects against a nightly job that copies nothing: it fails and names the right command."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("OWNER_IDS", "1")
    monkeypatch.setenv("DATA_KEY", KEY.hex())
    monkeypatch.setenv("DATABASE_URL", NOWHERE.format(port=5432))
    done = CliRunner().invoke(app, ["backup", "my copy.dump"])
    assert done.exit_code == EXIT_CONFIG
    command = "pg_dump --format=custom '--file=my copy.dump' postgresql://me@127.0.0.1:5432/desk"
    assert f"\n  {command}\n" in done.stderr
    assert "s3cr3t" not in done.output


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("postgresql+asyncpg://a:b@db.example.org/desk", "postgresql://a@db.example.org/desk"),
        ("postgresql+asyncpg://a@/desk?host=/run/pg", "'postgresql://a@/desk?host=%2Frun%2Fpg'"),
        ("postgresql+asyncpg://a@h/d?ssl=require", "'postgresql://a@h/d?sslmode=require'"),
        ("postgresql+asyncpg://a@h/d?password=b", "postgresql://a@h/d"),
        ("postgresql+asyncpg://a@h/d?connect_timeout=3", "'postgresql://a@h/d?connect_timeout=3'"),
    ],
)
def test_the_command_names_the_database(url: str, wanted: str) -> None:
    """Protects an operator who pastes the command: pg_dump accepts it, and it has no secret."""
    command = dump_command(url, Path("x"))
    assert command == f"pg_dump --format=custom --file=x {wanted}"


async def test_a_shared_desk_gets_a_new_key(tmp_path: Path, url: str) -> None:
    """Protects stored data: the new key opens it, and no replica goes on with the old key."""
    async with opened_at(url) as database:
        await new_list(database, "a", b"+79876543210\n")
    await takes_part(url, -1.0)
    said = await rekey(settings_of(tmp_path, url))
    assert "DATA_KEY of every replica" in said
    new = parse_key((tmp_path / "data.key.next").read_text())
    async with opened_at(url, new) as database, database.read() as connection:
        body = await lists.sealed(connection, "a", "body")
        left = (await connection.execute(sa.select(sa.func.count()).select_from(replicas))).scalar()
    assert database.vault.open(body or b"", "lists.body", "a") == b"+79876543210\n"
    assert left == 0


async def test_a_desk_at_work_keeps_its_key(tmp_path: Path, url: str) -> None:
    """Protects against two keys in one database: a replica would go on with the old one."""
    await takes_part(url, AN_HOUR)
    settings = settings_of(tmp_path, url, data_key=SecretStr(KEY.hex()))
    with pytest.raises(CannotOpenError, match="replicas at work: 1; stop them all"):
        await rekey(settings)
    async with opened_at(url):
        pass


async def test_a_server_that_goes_away_meanwhile(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects stored data when the server goes away: running the command again completes it."""

    async def cut(connection: AsyncConnection, *_: object) -> None:
        await connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    settings = settings_of(tmp_path, url)
    with monkeypatch.context() as patched:
        patched.setattr(reseal, "rekey", cut)
        with pytest.raises(CannotOpenError, match="run this again when it is back"):
            await rekey(settings)
    await rekey(settings)
    async with opened_at(url, parse_key((tmp_path / "data.key.next").read_text())):
        pass


async def test_after_a_restore_nothing_is_paid_by_itself(url: str) -> None:
    """Protects money: after the documented command the bot asks about each waiting task."""
    text = (Path(__file__).parents[3] / "docs/operations.md").read_text("utf-8")
    command = text.partition('--single-transaction -c "')[2].partition('"')[0]
    await takes_part(url, AN_HOUR)
    async with opened_at(url) as database:
        await new_list(database, "a", b"+79876543210\n")
        for name, state in (("waits", TaskState.CONFIRMED), ("done", TaskState.DELIVERED)):
            await new_task(database, name, "a")
            async with database.write() as connection:
                await set_columns(connection, tables.tasks, name, state=state)
        async with database.write() as connection:
            for statement in command.split(";"):
                await connection.exec_driver_sql(statement)
        async with database.read() as connection:
            found = [
                await tasks.get(connection, database.vault, name) for name in ("waits", "done")
            ]
            events = (await connection.execute(sa.select(task_events))).all()
            left = (await connection.execute(sa.select(replicas))).all()
    assert [task.state for task in found if task] == [TaskState.SUBMITTING, TaskState.DELIVERED]
    assert [(event.task_id, event.was, event.reason) for event in events] == [
        ("waits", TaskState.CONFIRMED, "backup")
    ]
    assert left == []
