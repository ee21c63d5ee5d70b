"""A copy of the database while it is at work: whole, checked, and never over another file.

VACUUM INTO reads everything in one read transaction of a connection of its own. Beside WAL that
holds up no writer, and it needs no folder lock: it writes nothing of ours. SQLite's backup API
would begin again whenever somebody else writes meanwhile, which a busy bot always does.
"""

import os
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from storage.sealing.vault import Vault, WrongKeyError

KEPT = 3  # of those that are made before migrations
BUSY_SECONDS = 30.0

# What waits to be posted may have been posted, and paid for, after the copy was made. As it is
# `submitting` there, a start from the copy makes it `unconfirmed`: a person decides.
_ASK_FIRST = """
    INSERT INTO task_events (task_id, at, was, became, reason)
        SELECT id, :now, state, 'submitting', 'backup' FROM tasks WHERE state = 'confirmed';
    UPDATE tasks SET state = 'submitting' WHERE state = 'confirmed';
"""


class BackupError(Exception):
    """No backup was made; the text says why."""


def back_up(source: Path, target: Path, vault: Vault, now: float) -> str:
    """Copy `source` to `target`, which must not exist; gives the copy's schema version.

    Until it is checked, the copy has another name. Raises BackupError, OSError.
    """
    if not source.exists():
        raise BackupError(f"there is no database at {source} yet")
    if target.exists():
        raise BackupError(f"{target} exists already, and is left as it is")
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(descriptor)  # mode 0600: SQLite keeps that
    copy = Path(name)
    try:
        _copy(source, copy)
        _make_safe(copy, now)
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
    """Keep the database as the last program left it; of these, the last few stay."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    moment = datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%SZ")
    target = folder / f"{moment}-schema-{version}.db"
    if not target.exists():
        back_up(source, target, vault, now)
    for old in sorted(folder.glob("*-schema-*.db"))[:-KEPT]:
        old.unlink()


def _copy(source: Path, copy: Path) -> None:
    # Not read-only: a database that was left by a crash has a log to be read first.
    address = f"{source.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))


def _make_safe(copy: Path, now: float) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        # One file, whatever it was before, and on the disk when its name tells that it is done.
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA synchronous=FULL")
        connection.executescript("BEGIN;" + _ASK_FIRST.replace(":now", repr(now)) + "COMMIT;")


def _check(copy: Path, vault: Vault) -> str:
    """Its schema version, when it is sound and our key opens it."""
    with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        (found,) = connection.execute("PRAGMA integrity_check").fetchone()
        if found != "ok":
            raise BackupError(f"the copy is damaged ({found}), and so may be the database")
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        sealed = connection.execute("SELECT sealed FROM canary").fetchone()
    if row is None:
        raise BackupError("the copy has no schema version")
    try:
        vault.open_text(sealed[0] if sealed else b"", "canary")
    except WrongKeyError as error:
        raise BackupError("the key in use doesn't open the copy; put the right key back") from error
    return str(row[0])


def _put_in_place(copy: Path, target: Path) -> None:
    """Give it its name, on disk; a file that came there meanwhile stays."""
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
