"""`numberdesk move`: copies the database from SQLite to PostgreSQL, which replicas can share.

The bot must be stopped. The old database is not changed, so one setting brings it back. Result
files stay in place: they are sealed with the same key.
"""

from pathlib import Path

import sqlalchemy as sa

from bot.environment.values import database_address
from bot.settings import Settings
from bot.wiring import known_key
from storage.database import CannotOpenError, Database, lock_folder
from storage.engines import is_shared
from storage.sealing.vault import Vault
from storage.upkeep.copy_database import CopyError, copy


async def move(settings: Settings, to: str) -> str:
    """Copy everything; return the message to the operator. Raises CopyError, CannotOpenError."""
    if settings.is_shared:
        raise CopyError("DATABASE_URL is PostgreSQL already; only SQLite is moved")
    try:
        to = database_address(to)
    except ValueError as error:
        raise CopyError(f"--to {error}") from None
    if not is_shared(to):
        raise CopyError("--to must begin with postgresql+asyncpg://, as DATABASE_URL will")
    path = Path(sa.make_url(settings.database_url).database or "")
    if not path.exists():  # noqa: ASYNC240 # one look, and nothing else runs
        raise CannotOpenError(f"there is no database at {path}; check DATABASE_URL")
    with lock_folder(settings.data_dir):
        key = known_key(settings)
        if key is None:
            raise CopyError("its key is missing: put DATA_KEY, or data.key in DATA_DIR, back")
        source, target = Database(settings.database_url, Vault(key)), Database(to, Vault(key))
        try:
            await source.examine()
            counts = await copy(source, target)
        finally:
            await source.close()
            await target.close()
    key_advice = "leave DATA_KEY as it is"
    if settings.data_key is None:
        file = settings.data_dir / "data.key"
        key_advice = f"set DATA_KEY to the one line in {file}, as it stands there"
    return (
        f"Done: {sum(counts.values()):,} rows of {len(counts)} tables were copied. "
        f"Now set DATABASE_URL to that address, {key_advice}, start the bot, "
        "and keep the old database until you have seen that all is there."
    )
