"""Backups of a running database: complete, verified, private, and never over another file."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.database import CannotOpenError, Database
from storage.engines.sqlite_backup import KEPT, BackupError, back_up
from storage.schema.upgrading import upgrade
from storage.sealing.vault import Vault
from tests.support.databases.temporary import KEY, NOW, address, new_list, new_task, opened

VAULT = Vault(KEY)
DAY = 86_400.0


def one(path: Path, query: str) -> object:
    """Return the one value that this query selects."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchone()[0]


def copies(folder: Path, named: str = "copy") -> list[str]:
    """Return the files there that have this in their names."""
    return sorted(path.name for path in folder.glob("*") if named in path.name)


async def test_a_copy_is_made_during_writes(tmp_path: Path) -> None:
    """Protects the backup of a busy bot: it holds committed data only."""
    target = tmp_path / "copy.db"
    async with opened(tmp_path) as database:
        await new_list(database, "a", b"+79876543210\n")
        async with database.write() as connection:
            await connection.exec_driver_sql("DELETE FROM lists")
            back_up(tmp_path / "numberdesk.db", target, VAULT, NOW)
    assert one(target, "SELECT count(*) FROM lists") == 1
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert copies(tmp_path) == ["copy.db"]


async def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """Protects the older backup from the newer."""
    target = tmp_path / "copy.db"
    target.write_text("precious")
    async with opened(tmp_path):
        with pytest.raises(BackupError, match="exists already"):
            back_up(tmp_path / "numberdesk.db", target, VAULT, NOW)
    assert target.read_text() == "precious"


async def test_what_is_no_good_gets_no_name(tmp_path: Path) -> None:
    """Protects against a backup that can't be restored: a wrong key, or damage, is an error."""
    target = tmp_path / "copy.db"
    source = tmp_path / "numberdesk.db"
    async with opened(tmp_path) as database:
        with pytest.raises(BackupError, match="key in use doesn't open"):
            back_up(source, target, Vault(bytes(32)), NOW)
        for index in range(30):
            await new_list(database, f"list-{index}", b"+79876543210\n" * 999)
    damaged = bytearray(source.read_bytes())
    damaged[4096 : len(damaged) : 997] = b"\xff" * len(range(4096, len(damaged), 997))
    source.write_bytes(damaged)
    with pytest.raises(BackupError):
        back_up(source, target, VAULT, NOW)
    with pytest.raises(BackupError, match="no database"):
        back_up(tmp_path / "none.db", target, VAULT, NOW)
    assert copies(tmp_path) == []


async def test_what_waited_to_be_paid_is_asked_about(tmp_path: Path) -> None:
    """Protects money: what the copy holds as waiting may have been posted since."""
    target = tmp_path / "copy.db"
    async with opened(tmp_path) as database:
        await new_list(database, "a", b"+79876543210\n")
        await new_task(database, "t", "a")
        async with database.write() as connection:
            await connection.exec_driver_sql("UPDATE tasks SET state = 'confirmed'")
        back_up(tmp_path / "numberdesk.db", target, VAULT, NOW + 5)
    assert one(tmp_path / "numberdesk.db", "SELECT state FROM tasks") == "confirmed"
    assert one(target, "SELECT state FROM tasks") == "submitting"
    assert one(target, "SELECT at FROM task_events ORDER BY id DESC") == NOW + 5


def left_by(version: str, folder: Path) -> None:
    """Return the URL of a database as an older program left it."""
    folder.mkdir(exist_ok=True)
    (folder / "numberdesk.db").unlink(missing_ok=True)
    engine = sa.create_engine(f"sqlite:///{folder}/numberdesk.db")
    with engine.begin() as connection:
        upgrade(connection, version)
        sealed = VAULT.new_canary()
        connection.execute(sa.text("INSERT INTO canary (sealed) VALUES (:it)"), {"it": sealed})
    engine.dispose()


async def starts(folder: Path, now: float, key: bytes = KEY) -> list[str]:
    """Open it as the program does; return the backups that exist then."""
    database = Database(address(folder), Vault(key))
    try:
        await database.open(folder / "backups", now)
    finally:
        await database.close()
    return copies(folder / "backups", "")


@pytest.mark.parametrize("version", ["0001", "0003", "0005"])
async def test_a_migration_is_preceded_by_a_backup(tmp_path: Path, version: str) -> None:
    """Protects an upgrade without a backup: the old tables are kept, once."""
    left_by(version, tmp_path)
    made = await starts(tmp_path, NOW)
    assert made == [f"20261122T120000Z-schema-{version}.db"]
    copy = tmp_path / "backups" / made[0]
    assert one(copy, "SELECT version_num FROM alembic_version") == version
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert await starts(tmp_path, NOW + DAY) == made  # nothing left to migrate
    copy.replace(tmp_path / "numberdesk.db")
    assert len(await starts(tmp_path, NOW + 2 * DAY)) == 1  # and it can be restored


async def test_old_backups_go(tmp_path: Path) -> None:
    """Protects the disk, and people: erased data lives on in old copies."""
    made = []
    for day in range(KEPT + 2):
        left_by("0005", tmp_path)
        made = await starts(tmp_path, NOW + day * DAY)
    assert [name[:8] for name in made] == ["20261124", "20261125", "20261126"]


async def test_a_new_database_needs_none(tmp_path: Path) -> None:
    """Protects the first start: a new database needs no backup."""
    assert await starts(tmp_path, NOW) == []


async def test_without_a_backup_nothing_is_migrated(tmp_path: Path) -> None:
    """Protects stored data on a full disk, or under a wrong key: it stays unchanged."""
    left_by("0005", tmp_path)
    (tmp_path / "backups").write_text("a file in the way")
    with pytest.raises(CannotOpenError, match="no backup could be made first"):
        await starts(tmp_path, NOW)
    (tmp_path / "backups").unlink()
    with pytest.raises(CannotOpenError, match="key"):
        await starts(tmp_path, NOW, key=bytes(32))
    assert one(tmp_path / "numberdesk.db", "SELECT version_num FROM alembic_version") == "0005"
