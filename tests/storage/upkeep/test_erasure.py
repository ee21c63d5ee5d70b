"""The bytes on the disk, while numbers are kept and after they are erased."""

import random
from pathlib import Path

import pytest

from storage.database import Database
from storage.lists import list_parts, lists
from storage.lists.list_parts import StoredPart
from storage.records import inbox
from storage.records.inbox import StoredUpdate
from storage.schema import tables
from tests.support.databases.temporary import CHAT, NOW, new_list, new_task, set_columns

CANARIES = [f"+4915{number:09}" for number in random.Random(1).sample(range(10**9), 3000)]
BODY = "".join(f"{number}\n" for number in CANARIES).encode()


def on_disk(folder: Path) -> bytes:
    """Return all bytes that a thief of this folder gets, write-ahead log included."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


def pieces(sealed: bytes) -> list[bytes]:
    """Return stretches of a blob, short enough to lie within one page of the file."""
    return [sealed[at : at + 32] for at in range(0, len(sealed) - 32, 97)]


def clear_text(folder: Path) -> set[str]:
    """Return the canary numbers that can be read, with or without their plus sign."""
    disk = on_disk(folder)
    return {number for number in CANARIES if number[1:].encode() in disk}


async def fold(database: Database) -> None:
    """Fold the write-ahead log into the file, as SQLite does by itself from time to time."""
    async with database.read() as connection:
        await connection.commit()
    await database.fold()


async def test_no_number_is_on_disk_in_clear(sqlite: Database, tmp_path: Path) -> None:
    """Protects the numbers from a reader of the database: bodies, texts, updates, answers."""
    await new_list(sqlite, "l1", BODY)
    await new_task(sqlite, "t1", "l1")
    vault = sqlite.vault
    part = StoredPart(1, None, 9, f"{CANARIES[0]}.txt", "\n".join(CANARIES[:50]))
    async with sqlite.write() as connection:
        await list_parts.add(
            connection, vault, list_id="l1", chat_id=CHAT, part=part, settle_at=NOW
        )
        await set_columns(
            connection,
            tables.tasks,
            "t1",
            reason_sealed=vault.seal_text(f"{CANARIES[1]} is wrong", "tasks.reason", "t1"),
            result_url_sealed=vault.seal_text(f"https://x/{CANARIES[2]}", "tasks.result_url", "t1"),
        )
        sealed = vault.seal_text(f'{{"text": "{CANARIES[3]}"}}', "inbox.update", 1)
        await inbox.store(connection, [StoredUpdate(1, CHAT, sealed)], NOW)
    assert clear_text(tmp_path) == set()
    await fold(sqlite)
    assert clear_text(tmp_path) == set()


@pytest.mark.parametrize("keeps_running", [True, False])
async def test_erased_numbers_leave_nothing(
    sqlite: Database, tmp_path: Path, *, keeps_running: bool
) -> None:
    """Protects erased lists: no sealed byte stays in free pages or in the log."""
    await new_list(sqlite, "l1", BODY)
    async with sqlite.read() as connection:
        sealed = await lists.sealed(connection, "l1", "body")
    assert sealed is not None
    assert any(piece in on_disk(tmp_path) for piece in pieces(sealed))
    await fold(sqlite)
    assert any(piece in on_disk(tmp_path) for piece in pieces(sealed))
    async with sqlite.write() as connection:
        await set_columns(connection, tables.lists, "l1", body_sealed=None)
    await (fold(sqlite) if keeps_running else sqlite.close())
    left = on_disk(tmp_path)
    assert [piece for piece in pieces(sealed) if piece in left] == []
    assert len(left) > 4096


async def test_handled_updates_leave_nothing(sqlite: Database, tmp_path: Path) -> None:
    """Protects what people wrote: a handled update's bytes are gone from the file."""
    sealed = sqlite.vault.seal(random.Random(2).randbytes(9000), "inbox.update", 1)
    async with sqlite.write() as connection:
        await inbox.store(connection, [StoredUpdate(1, CHAT, sealed)], NOW)
    await fold(sqlite)
    assert any(piece in on_disk(tmp_path) for piece in pieces(sealed))
    async with sqlite.write() as connection:
        await inbox.finish(connection, [1], NOW)
    await fold(sqlite)
    left = on_disk(tmp_path)
    assert [piece for piece in pieces(sealed) if piece in left] == []
