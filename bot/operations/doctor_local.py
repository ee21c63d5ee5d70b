"""What the doctor finds on this machine: disk, rights of files, the database and its server."""

import shutil
import sqlite3
import stat
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from bot.settings import Settings
from bot.wiring import known_key
from storage.database import CannotOpenError, Database, lock_folder
from storage.replicas.survey import survey
from storage.sealing.vault import Vault

LEAST_DISK = 1_000_000_000  # bytes
OLDEST_SQLITE = (3, 35, 0)  # the first that knows RETURNING
# The group may read it: systemd's way is root's file that the bot's group reads.
ENV_FORBIDDEN = stat.S_IWGRP | stat.S_IRWXO
KEY_FORBIDDEN = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. `good` is None where nothing is broken and something may be meant otherwise."""

    good: bool | None
    what: str
    says: str

    def __str__(self) -> str:
        """As it is printed."""
        mark = {True: "ok  ", None: "note", False: "BAD "}[self.good]
        return f"{mark}  {self.what}: {self.says}"


async def premises(settings: Settings) -> AsyncIterator[Finding]:
    """Look at everything here."""
    path = None
    if not settings.is_shared:
        path = Path(make_url(settings.database_url).database or "")
    yield _disk(settings.data_dir, path)
    if path is not None:
        yield _sqlite()
    env = _env_file(Path(".env"))
    if env is not None:
        yield env
    yield _key_file(settings)
    if path is not None:
        yield await _database(settings, path)
        return
    async for finding in _server(settings):
        yield finding


def _disk(folder: Path, database: Path | None) -> Finding:
    """Room to work in, and for a copy of the database before an upgrade."""
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    needed = LEAST_DISK
    if database is not None and database.exists():
        needed = max(LEAST_DISK, 2 * database.stat().st_size)
    says = f"{free / 1e9:,.1f} GB free for DATA_DIR"
    if free < needed:
        return Finding(
            good=False, what="disk", says=f"{says}; make room for {needed / 1e9:,.1f} GB"
        )
    return Finding(good=True, what="disk", says=says)


def _sqlite() -> Finding:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        return Finding(good=False, what="SQLite", says=f"{version}; 3.35 or newer is needed")
    return Finding(good=True, what="SQLite", says=version)


def _env_file(path: Path) -> Finding | None:
    """Whether the file with the tokens is private; None where settings come another way."""
    if not path.exists():
        return None
    if path.stat().st_mode & ENV_FORBIDDEN:
        return Finding(good=False, what=".env", says="others may read or change it; chmod 600 .env")
    return Finding(good=True, what=".env", says="is private")


async def _database(settings: Settings, path: Path) -> Finding:
    if not path.exists():  # noqa: ASYNC240 # one look, and nothing else runs
        return Finding(good=None, what="database", says="none yet; it is made at the first start")
    try:
        key = known_key(settings)
    except CannotOpenError as error:
        return Finding(good=False, what="database", says=str(error))
    if key is None:
        says = "its key is missing: put DATA_KEY, or data.key in DATA_DIR, back"
        return Finding(good=False, what="database", says=says)
    database = Database(settings.database_url, Vault(key))
    try:
        with lock_folder(settings.data_dir):
            await database.examine()
    except CannotOpenError as error:
        busy = "already works" in str(error)
        return Finding(good=None if busy else False, what="database", says=str(error))
    finally:
        await database.close()
    return Finding(good=True, what="database", says="sound, and opens with this key")


async def _server(settings: Settings) -> AsyncIterator[Finding]:
    """PostgreSQL, the database there, and who works on it; the bot may run meanwhile."""
    key = known_key(settings)
    if key is None:
        yield Finding(good=False, what="database", says="DATA_KEY is not set")
        return
    database = Database(settings.database_url, Vault(key))
    try:
        try:
            found = await survey(database)
        except CannotOpenError as error:
            yield Finding(good=False, what="PostgreSQL", says=str(error))
            return
        yield Finding(good=True, what="PostgreSQL", says=f"{found.version}, answers")
        if not found.begun:
            says = "no tables yet; they are made at the first start"
            yield Finding(good=None, what="database", says=says)
            return
        try:
            await database.examine()
        except CannotOpenError as error:
            yield Finding(good=False, what="database", says=str(error))
            return
        yield Finding(good=True, what="database", says="opens with this key")
        yield _replicas(found.replicas)
    finally:
        await database.close()


def _replicas(count: int) -> Finding:
    if not count:
        return Finding(good=None, what="replicas", says="none takes part; the bot is stopped")
    return Finding(good=True, what="replicas", says=f"taking part: {count}")


def _key_file(settings: Settings) -> Finding:
    path = settings.data_dir / "data.key"
    if settings.data_key is not None:
        return Finding(good=True, what="DATA_KEY", says="set")
    if not path.exists():
        return Finding(good=None, what="DATA_KEY", says="not set; a key file is made at the start")
    if path.stat().st_mode & KEY_FORBIDDEN:
        return Finding(good=False, what="key file", says=f"others may read it; chmod 600 {path}")
    says = f"{path}; keep a copy of it apart from the database"
    return Finding(good=None, what="key file", says=says)
