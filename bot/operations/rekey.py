"""`numberdesk rekey`: everything that is stored, sealed under another data key.

In this order, so that a crash at any point leaves one key that opens everything: the new key is
written to a file; result files are written once more beside themselves; the database changes in one
transaction; the new files and the new key take their places. What was cut off is finished, or
undone, when it is called again. On PostgreSQL no replica may be at work, wherever it runs.
"""

import asyncio
from pathlib import Path

from bot.settings import Settings
from storage.database import AwayError, CannotOpenError, Database, lock_folder
from storage.replicas import survey
from storage.sealing.vault import Vault, key_from_file, parse_key
from storage.upkeep import reseal

KEY_FILE, NEXT_FILE = "data.key", "data.key.next"


async def rekey(settings: Settings) -> str:
    """Change the key; gives what to tell the operator. Raises CannotOpenError."""
    folder = settings.data_dir
    with lock_folder(folder):
        key, _ = key_from_file(folder / NEXT_FILE)
        new = Vault(key)
        if not await _is_sealed_with(settings, new):
            old = Vault(_current(settings))
            if not await _is_sealed_with(settings, old):
                raise CannotOpenError(
                    "neither the key in use nor the next one opens the database; "
                    "put the right key back"
                )
            await _change(settings, old, new)
        reseal.finish_files(folder / "results")
        return _put_in_place(settings, folder)


def _current(settings: Settings) -> bytes:
    if settings.data_key is not None:
        return parse_key(settings.data_key.get_secret_value())
    try:
        return parse_key((settings.data_dir / KEY_FILE).read_text("ascii"))
    except FileNotFoundError:
        raise CannotOpenError("there is no key yet, so there is nothing to change") from None


async def _is_sealed_with(settings: Settings, vault: Vault) -> bool:
    database = Database(settings.database_url, vault)
    try:
        await database.examine()
    except CannotOpenError as error:
        if "DATA_KEY" in str(error):
            return False
        raise
    finally:
        await database.close()
    return True


async def _change(settings: Settings, old: Vault, new: Vault) -> None:
    results = settings.data_dir / "results"
    reseal.drop_files(results)
    await asyncio.to_thread(reseal.rekey_files, results, old, new)
    database = Database(settings.database_url, old)
    try:
        await database.open()
        async with database.write() as connection:
            if settings.is_shared:
                await survey.exclude_replicas(connection)
            await reseal.rekey(connection, old, new)
        await database.fold()
    except AwayError as error:
        raise CannotOpenError(
            "the database went away in the middle; run this again when it is back, "
            "before anything else: it finishes or undoes what was begun",
            passing=True,
        ) from error
    finally:
        await database.close()


def _put_in_place(settings: Settings, folder: Path) -> str:
    if settings.is_shared:
        return (
            f"Done. The new key stands in {NEXT_FILE} in this DATA_DIR: put it into DATA_KEY of "
            "every replica, then delete that file. Delete the folder results in the DATA_DIR of "
            "each other replica, too: its files have the old key, and are fetched again."
        )
    if settings.data_key is not None:
        return (
            f"Done. The new key stands in {NEXT_FILE} in DATA_DIR: put it into DATA_KEY, then "
            "delete that file. Without it nothing can be read."
        )
    (folder / NEXT_FILE).replace(folder / KEY_FILE)
    return f"Done. The new key stands in {KEY_FILE}; keep a copy of it apart from the database."
