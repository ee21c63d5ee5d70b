"""`numberdesk backup`: a copy of the database, while the bot runs or while it doesn't.

Result files are not in it: the services and Telegram have them, and what isn't on the disk is
fetched again. The key isn't either: whoever has both can read everything.
"""

from pathlib import Path

from sqlalchemy import make_url

from bot.parts import known_key
from bot.settings import Settings
from checking.clock import SystemClock
from storage.backup import BackupError, back_up
from storage.crypto import Vault


def backup(settings: Settings, file: Path) -> str:
    """Make the copy; gives what to tell the operator. Raises BackupError, OSError."""
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
