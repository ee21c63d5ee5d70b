"""Copy the database while the bot runs: whole, checked, and never over another file.

VACUUM INTO reads everything in one read transaction on its own connection. With WAL that blocks
no writer, and it needs no folder lock, as it writes nothing of ours. SQLite's backup API would
restart at each write of another connection, and a busy bot always writes.
"""

import os
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from storage.sealing.vault import Vault, WrongKeyError

KEPT = 3  # backups from before migrations
BUSY_SECONDS = 30.0

# A confirmed task may be posted, and paid for, after the copy is made. As the copy says
# `submitting`, a start from the copy makes it `unconfirmed`: a person decides.
_ASK_FIRST = """
    INSERT INTO task_events (task_id, at, was, became, reason)
        SELECT id, :now, state, 'submitting', 'backup' FROM tasks WHERE state = 'confirmed';
    UPDATE tasks SET state = 'submitting' WHERE state = 'confirmed';
"""


class BackupError(Exception):
    """No backup was made; the text says why."""


def back_up(source: Path, target: Path, vault: Vault, now: float) -> str:
    """Copy `source` to `target`, which must not exist; return the copy's schema version.

    The copy has a temporary name until it is checked. Raises BackupError, OSError.
    """
    if not source.exists():
        raise BackupError(f"there is no database at {source} yet")
    if target.exists():
        raise BackupError(f"{target} exists already, and is left as it is")
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(descriptor)  # mode 0600: SQLite keeps that
    copy = Path(name)
    try:
        # Not read-only: a database that was left by a crash has a log to be read first.
        address = f"{source.absolute().as_uri()}?mode=rw"
        with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            # One file, whatever the journal mode was, and on disk before it gets its name.
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("PRAGMA synchronous=FULL")
            connection.executescript("BEGIN;" + _ASK_FIRST.replace(":now", repr(now)) + "COMMIT;")
        version = _check(copy, vault)
        _put_in_place(copy, target)
    except sqlite3.Error as error:
        raise BackupError(f"the database can't be copied: {error}") from error
    finally:
        copy.unlink(missing_ok=True)
    return version


def back_up_before_migrating(
    source: Path, folder: Path, vault: Vault, now: float, version: str
) -> None:
    """Copy the database before a migration; keep the last few of these copies."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    moment = datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%SZ")
    target = folder / f"{moment}-schema-{version}.db"
    if not target.exists():
        back_up(source, target, vault, now)
    for old in sorted(folder.glob("*-schema-*.db"))[:-KEPT]:
        old.unlink()


def _check(copy: Path, vault: Vault) -> str:
    """Return the copy's schema version. Raises BackupError if it is damaged or sealed otherwise."""
    with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        (found,) = connection.execute("PRAGMA integrity_check").fetchone()
        if found != "ok":
            raise BackupError(f"the copy is damaged ({found}), and so may be the database")
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        sealed = connection.execute("SELECT sealed FROM canary").fetchone()
    if row is None:
        raise BackupError("the copy has no schema version")
    try:
        vault.recognise(sealed[0] if sealed else b"")
    except WrongKeyError as error:
        raise BackupError("the key in use doesn't open the copy; put the right key back") from error
    return str(row[0])


def _put_in_place(copy: Path, target: Path) -> None:
    """Sync the copy and link it to its name. Raises BackupError if the name was taken meanwhile."""
    with copy.open("rb") as file:
        os.fsync(file.fileno())
    try:
        os.link(copy, target)
    except FileExistsError:
        raise BackupError(f"{target} exists already, and is left as it is") from None
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
