"""`numberdesk backup`: copies the database, whether the bot runs or not.

The copy holds no result files: the services and Telegram have them, and missing ones are fetched
again. It does not hold the key either, since both together reveal everything.

PostgreSQL has its own program; the command only prints how to call it.
"""

import shlex
from pathlib import Path

from sqlalchemy import make_url

from bot.settings import Settings
from bot.wiring import known_key
from runtime.clock import SystemClock
from storage.engines.postgres_address import PostgresAddress
from storage.engines.sqlite_backup import BackupError, back_up
from storage.sealing.vault import Vault


class NotOursError(Exception):
    """The database is PostgreSQL; the text has the command to copy it."""


def backup(settings: Settings, file: Path) -> str:
    """Make the copy; return the message to the operator.

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
    """Return the command that copies a PostgreSQL database, without the password."""
    url = PostgresAddress(make_url(database_url)).libpq
    plain = url.difference_update_query(["password"])._replace(password=None)
    address = plain.render_as_string(hide_password=False)
    return shlex.join(["pg_dump", "--format=custom", f"--file={file}", address])
