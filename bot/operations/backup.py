"""`numberdesk backup`: a copy of the database, while the bot runs or while it doesn't.

Result files are not in it: the services and Telegram have them, and what isn't on the disk is
fetched again. The key isn't either: whoever has both can read everything.

PostgreSQL has its own way, which we only name.
"""

import shlex
from pathlib import Path

from sqlalchemy import make_url

from bot.settings import Settings
from bot.wiring import known_key
from runtime.clock import SystemClock
from storage.engines.sqlite_backup import BackupError, back_up
from storage.sealing.vault import Vault

# What asyncpg's addresses and those of PostgreSQL's own programs name alike, and otherwise.
_ALIKE = {"host": "host", "port": "port", "ssl": "sslmode"}


class NotOursError(Exception):
    """Another program copies this database; the text has the command."""


def backup(settings: Settings, file: Path) -> str:
    """Make the copy; gives what to tell the operator.

    Raises BackupError, OSError, and NotOursError for PostgreSQL.
    """
    if settings.is_shared:
        raise NotOursError(
            "PostgreSQL's own program copies the database, also while bots run:\n  "
            f"{dump_command(settings.database_url, file)}\n"
            "It asks for the password, or takes it from ~/.pgpass. Keep DATA_KEY in another place."
        )
    key = known_key(settings)
    if key is None:
        raise BackupError("its key is missing: put DATA_KEY, or data.key in DATA_DIR, back")
    source = Path(make_url(settings.database_url).database or "")
    version = back_up(source, file, Vault(key), SystemClock().now())
    size = file.stat().st_size
    return (
        f"Done: {file}, {size:,} bytes, schema {version}, sound, and opens with this key. "
        "Keep the key in another place."
    )


def dump_command(database_url: str, file: Path) -> str:
    """What to type for a copy of a PostgreSQL database; without the password."""
    url = make_url(database_url)
    query = {_ALIKE[name]: value for name, value in url.query.items() if name in _ALIKE}
    plain = url.set(drivername="postgresql", query=query)._replace(password=None)
    address = plain.render_as_string(hide_password=False)
    return shlex.join(["pg_dump", "--format=custom", f"--file={file}", address])
