"""The doctor's look at this machine: disk, file permissions, the database and its server."""

import shutil
import sqlite3
import stat
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import make_url

from bot.settings import Settings
from bot.wiring import known_key
from runtime.confined.bounds import Bounds
from runtime.confined.exchange import TooMuchError
from runtime.confined.pool import ConfinedPool, NoProcessError
from storage.database import CannotOpenError, Database, TakenError, lock_folder
from storage.replicas.survey import survey
from storage.sealing.vault import Vault

_CONFINED = {"seccomp": "network and programs", "landlock": "other files"}
LEAST_DISK = 1_000_000_000  # bytes
OLDEST_SQLITE = (3, 35, 0)  # the first with RETURNING
# The group may read it: with systemd, root owns the file and the bot's group reads it.
ENV_FORBIDDEN = stat.S_IWGRP | stat.S_IRWXO
KEY_FORBIDDEN = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor; `good` is None if nothing is broken but may be unintended."""

    good: bool | None
    what: str
    says: str

    def __str__(self) -> str:
        """The line as printed."""
        mark = {True: "ok  ", None: "note", False: "BAD "}[self.good]
        return f"{mark}  {self.what}: {self.says}"


ok = partial(Finding, True)  # noqa: FBT003 # the three kinds of findings
note = partial(Finding, None)
bad = partial(Finding, False)  # noqa: FBT003


async def premises(settings: Settings) -> AsyncIterator[Finding]:
    """Examine this machine, the database and its server."""
    file = None
    if not settings.is_shared:
        file = Path(make_url(settings.database_url).database or "")
    try:
        lock_folder(settings.data_dir).close()
    except TakenError:
        pass  # by the bot, which runs
    except CannotOpenError as error:
        yield bad("DATA_DIR", str(error))
        return
    for finding in _machine(settings, file):
        yield finding
    yield await _reading()
    if file is not None:
        yield await _database_file(settings, file)
        return
    # On PostgreSQL replicas may run meanwhile.
    key = known_key(settings)
    assert key is not None, "settings name PostgreSQL only with DATA_KEY"
    database = Database(settings.database_url, Vault(key))
    what = "PostgreSQL"
    try:
        found = await survey(database)
        yield ok(what, f"{found.version}, answers")
        what = "database"
        if not found.begun:
            yield note(what, "no tables yet; they are made at the first start")
            return
        await database.examine()
        yield _sealing(database.vault, "opens with this key")
        if found.replicas:
            yield ok("replicas", f"taking part: {found.replicas}")
        else:
            yield note("replicas", "none takes part; the bot is stopped")
    except CannotOpenError as error:
        yield bad(what, str(error))
    finally:
        await database.close()


def _machine(settings: Settings, database: Path | None) -> Iterator[Finding]:
    """Examine the disk, SQLite, and the permissions of the files with secrets."""
    folder = settings.data_dir
    free = shutil.disk_usage(folder).free
    needed = LEAST_DISK
    if database is not None and database.exists():  # an upgrade copies it
        needed = max(LEAST_DISK, 2 * database.stat().st_size)
    says = f"{free / 1e9:,.1f} GB free for DATA_DIR"
    if free < needed:
        yield bad("disk", f"{says}; make room for {needed / 1e9:,.1f} GB")
    else:
        yield ok("disk", says)
    if database is not None:
        version = sqlite3.sqlite_version
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            yield bad("SQLite", f"{version}; 3.35 or newer is needed")
        else:
            yield ok("SQLite", version)
    env = Path(".env")
    if env.exists():
        is_open = env.stat().st_mode & ENV_FORBIDDEN
        says = "others may read or change it; chmod 600 .env" if is_open else "is private"
        yield Finding(not is_open, ".env", says)
    key_file = folder / "data.key"
    if settings.data_key is not None:
        yield ok("DATA_KEY", "set")
    elif not key_file.exists():
        yield note("DATA_KEY", "not set; a key file is made at the start")
    elif key_file.stat().st_mode & KEY_FORBIDDEN:
        yield bad("key file", f"others may read it; chmod 600 {key_file}")
    else:
        yield note("key file", f"{key_file}; keep a copy of it apart from the database")


async def _reading() -> Finding:
    """Look how well processes that read strangers' files can be confined here."""
    pool = ConfinedPool((), slots=1, bounds=Bounds())
    try:
        held = (await pool.run("runtime.confined.child.held", of=0)).values
    except (TooMuchError, NoProcessError) as error:
        return bad("reading files", f"no process can be started for it ({error})")
    finally:
        pool.close()
    missing = [what for means, what in _CONFINED.items() if means not in held]
    if missing:
        return note("reading files", f"Linux doesn't keep it from {' and '.join(missing)} here")
    return ok("reading files", "is kept from network, programs and other files")


def _sealing(vault: Vault, says: str) -> Finding:
    if vault.binds_rows:
        return ok("database", says)
    return note("database", f"{says}; `numberdesk rekey` will bind what is sealed to its row")


async def _database_file(settings: Settings, path: Path) -> Finding:
    if not path.exists():  # noqa: ASYNC240 # one look, and nothing else runs
        return note("database", "none yet; it is made at the first start")
    try:
        key = known_key(settings)
    except CannotOpenError as error:
        return bad("database", str(error))
    if key is None:
        return bad("database", "its key is missing: put DATA_KEY, or data.key in DATA_DIR, back")
    database = Database(settings.database_url, Vault(key))
    try:
        with lock_folder(settings.data_dir):
            await database.examine()
    except TakenError as error:
        return note("database", str(error))
    except CannotOpenError as error:
        return bad("database", str(error))
    finally:
        await database.close()
    return _sealing(database.vault, "sound, and opens with this key")
