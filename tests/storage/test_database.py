import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError

from storage.database import CannotOpenError, Database, lock_folder
from storage.engines import sqlite
from storage.records import inbox
from storage.records.inbox import StoredUpdate
from storage.schema import tables
from storage.schema.tables import lists as lists_table
from storage.schema.tables import task_events
from storage.schema.tables import tasks as tasks_table
from storage.sealing.vault import Vault
from storage.tasks import tasks
from storage.tasks.task_states import TaskState
from tests.support.databases.temporary import (
    KEY,
    NOW,
    address,
    new_list,
    new_task,
    opened,
    set_columns,
)

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 5000,
}


def files(folder: Path) -> list[str]:
    """Return the names of the files in a folder."""
    return sorted(path.name for path in folder.iterdir())


async def refusal(folder: Path, key: bytes = KEY) -> str:
    """Return the error when this folder's database is not opened."""
    with pytest.raises(CannotOpenError) as caught:
        async with opened(folder, key):
            pass
    return str(caught.value)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait 20 ms for a locked database instead of five seconds."""
    quick = ("PRAGMA busy_timeout=20", *sqlite._PRAGMAS[1:])
    monkeypatch.setattr(sqlite, "_PRAGMAS", quick)


@pytest.mark.parametrize("pragma", PRAGMAS)
async def test_the_connection_is_set_up_as_promised(sqlite: Database, pragma: str) -> None:
    """Protects against power loss and remnants of numbers: the pragmas are in force."""
    async with sqlite.read() as connection:
        value = (await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar()
    assert value == PRAGMAS[pragma]


async def test_a_failed_block_leaves_nothing(database: Database) -> None:
    """Protects the intent to pay: a transaction is stored whole or not at all."""
    await new_list(database, "l1")
    task_id = await new_task(database, "t1", "l1")

    async def breaks_off() -> None:
        async with database.write() as connection:
            await tasks.move(
                connection,
                database.vault,
                task_id,
                was=[TaskState.DRAFT],
                became=TaskState.CONFIRMED,
                now=NOW,
            )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await breaks_off()
    async with database.read() as connection:
        found = await tasks.get(connection, database.vault, task_id)
        events = (await connection.execute(sa.select(task_events))).all()
    assert found is not None
    assert (found.state, events) == (TaskState.DRAFT, [])


async def test_a_cancelled_write_does_not_block_the_next(database: Database) -> None:
    """Protects a stop in the middle of work: the one connection is free again."""
    began = asyncio.Event()

    async def is_cancelled() -> None:
        async with database.write() as connection:
            await connection.exec_driver_sql("UPDATE canary SET id = 99")
            began.set()
            await asyncio.Event().wait()

    work = asyncio.create_task(is_cancelled())
    await began.wait()
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    async with asyncio.timeout(3), database.write() as connection:
        ids = (await connection.exec_driver_sql("SELECT id FROM canary")).scalars().all()
    assert ids == [1]


async def test_writers_wait_for_each_other(database: Database) -> None:
    """Protects against "database is locked": fifty writers queue up, and none is refused."""
    await new_list(database, "l1")

    async def adds_one() -> None:
        async with database.write() as connection:
            query = sa.select(lists_table.c.attempts)
            count = (await connection.execute(query)).scalar_one()
            await connection.execute(sa.update(lists_table).values(attempts=count + 1))

    await asyncio.gather(*(adds_one() for _ in range(50)))
    async with database.read() as connection:
        assert (await connection.execute(sa.select(lists_table.c.attempts))).scalar() == 50


async def test_foreign_keys_hold(database: Database) -> None:
    """Protects against a task without its list."""
    row = {"task_id": "none", "at": NOW, "became": "draft"}
    async with database.write() as connection:
        with pytest.raises(IntegrityError):
            await connection.execute(sa.insert(task_events).values(row))


async def test_a_service_cannot_give_an_id_twice(database: Database) -> None:
    """Protects two people's results from being mixed up, even if the code above fails."""
    await new_list(database, "l1")
    for number in (1, 2):
        await new_task(database, f"t{number}", "l1", f"check{number}")
    async with database.write() as connection:
        await set_columns(connection, tables.tasks, "t1", remote_id="same")
    async with database.write() as connection:
        with pytest.raises(IntegrityError):
            await set_columns(connection, tables.tasks, "t2", remote_id="same")


async def test_all_is_there_after_closing(tmp_path: Path) -> None:
    """Protects a restart: the write-ahead log is folded in, and the same key opens it."""
    async with opened(tmp_path) as database:
        await new_list(database, "l1", b"+4915112345678\n")
    assert files(tmp_path) == ["numberdesk.db"]
    async with opened(tmp_path) as database, database.read() as connection:
        assert (await connection.execute(sa.select(lists_table.c.ready))).scalar() == 1


async def test_a_wrong_key_is_refused_at_the_start(tmp_path: Path) -> None:
    """Protects against a bot that starts and then can't open anything it stored."""
    async with opened(tmp_path):
        pass
    said = await refusal(tmp_path, bytes(32))
    assert "DATA_KEY" in said
    assert KEY.hex() not in said
    async with opened(tmp_path):
        pass  # the right key still fits


@pytest.mark.parametrize("content", [b"not a database at all " * 300, b"SQLite format 3\0" * 400])
async def test_a_corrupt_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """Protects against writing into a file that is no database; it stays unchanged."""
    path = tmp_path / "numberdesk.db"
    path.write_bytes(content)
    said = await refusal(tmp_path)
    assert "no sound SQLite database" in said
    assert "backup" in said
    assert path.read_bytes() == content


async def test_a_file_that_is_corrupt_in_the_middle_is_refused(tmp_path: Path) -> None:
    """Protects against a late discovery that a page of the tasks is gone."""
    async with opened(tmp_path) as database:
        for number in range(60):
            await new_list(database, f"l{number}", b"+4915112345678\n" * 9)
    path = tmp_path / "numberdesk.db"
    content = path.read_bytes()
    path.write_bytes(content[:-8192] + b"\x5a" * 8192)
    said = await refusal(tmp_path)  # which of the two words depends on the page's use
    assert "no sound SQLite database" in said or "is damaged" in said


async def test_a_newer_version_is_refused(tmp_path: Path) -> None:
    """Protects a database from an older program, which would not understand the tables."""
    async with opened(tmp_path):
        pass
    path = tmp_path / "numberdesk.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    said = await refusal(tmp_path)
    assert "newer Numberdesk" in said
    assert "9999" in said


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("existed", [True, False])
async def test_a_locked_database_is_refused(tmp_path: Path, *, existed: bool) -> None:
    """Protects against two programs writing: the error says so; later the database opens."""
    if existed:
        async with opened(tmp_path):
            pass
    with closing(sqlite3.connect(tmp_path / "numberdesk.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "locked by another program" in await refusal(tmp_path)
    async with opened(tmp_path):
        pass


async def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Protects the operator from an obscure error: the settings to check are named."""
    said = await refusal(tmp_path / "missing")
    assert "DATABASE_URL" in said


async def test_a_full_disk_stops_storing_and_nothing_else(sqlite: Database) -> None:
    """Protects updates on a full disk: storing fails as a whole, and works when there is room."""
    updates = [StoredUpdate(number, 1, bytes(2000)) for number in range(200)]

    async def store() -> set[int]:
        async with sqlite.write() as connection:
            return await inbox.store(connection, updates, NOW)

    async def allow(pages: int) -> None:
        async with sqlite.read() as connection:
            await connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    async with sqlite.read() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
    await allow(pages + 5)
    with pytest.raises(OperationalError, match="full"):
        await store()
    async with sqlite.read() as connection:
        assert (await connection.exec_driver_sql("SELECT count(*) FROM inbox")).scalar() == 0
    await allow(1_000_000)
    assert await store() == set(range(200))


async def test_database_errors_hold_no_values(database: Database) -> None:
    """Protects people's ids and file names: an error's text has no parameters of its query."""
    row = {"id": "t1", "list_id": "none", "chat_id": 79876543210, "person_id": 1}
    row |= {"check_key": "k", "service": "s", "state": "draft", "numbers": 1}
    insert = sa.insert(tasks_table).values(**row, created_at=NOW)
    async with database.write() as connection:
        with pytest.raises(IntegrityError) as caught:
            await connection.execute(insert)
    assert "79876543210" not in str(caught.value)


LOCKS = "import sys; from pathlib import Path; from storage.database import lock_folder, \
CannotOpenError\ntry: lock_folder(Path(sys.argv[1])); print('locked')\n\
except CannotOpenError as error: print(error)"


def in_another_process(folder: Path) -> str:
    """Return the output of a second process that wants to work in this folder."""
    home = Path(sqlite.__file__).parents[2]
    done = subprocess.run(  # noqa: S603 # our own interpreter and text
        [sys.executable, "-c", LOCKS, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(home)},
    )
    return done.stdout


def test_one_process_for_a_folder(tmp_path: Path) -> None:
    """Protects against two processes that post the same list; a lock ends with its process."""
    with lock_folder(tmp_path / "data") as held:
        held.seek(0)
        pid = held.read()
        said = in_another_process(tmp_path / "data")
        assert f"another Numberdesk (process {pid}) already works in" in said
        assert "DATA_DIR" in said
    assert in_another_process(tmp_path / "data") == "locked\n"
    with lock_folder(tmp_path / "data"):
        pass


async def test_a_refused_database_leaves_no_thread_behind(tmp_path: Path) -> None:
    """Protects the exit of a program that refuses to start: closing ends the driver's thread."""
    (tmp_path / "numberdesk.db").write_bytes(b"rubbish" * 999)
    database = Database(address(tmp_path), Vault(KEY))
    with pytest.raises(CannotOpenError):
        await database.open()
    await database.close()
    assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []
