"""`numberdesk rekey`: seals everything stored with a new data key.

The order ensures that after a crash at any point one key opens everything: write the new key to a
file; write resealed copies of the result files beside the originals; reseal the database in one
transaction; move the new files and the new key into place. The next call finishes or undoes an
interrupted change. On PostgreSQL all replicas must be stopped.
"""

import asyncio

from bot.settings import Settings
from bot.wiring import key_in, known_key
from storage.database import AwayError, CannotOpenError, Database, lock_folder
from storage.replicas import survey
from storage.sealing.vault import Vault
from storage.upkeep import reseal

KEY_FILE, NEXT_FILE = "data.key", "data.key.next"


FORGOTTEN = "Remembered answers are erased: the next lists are checked and paid whole."


async def rekey(settings: Settings) -> str:
    """Change the key; return the message to the operator. Raises CannotOpenError."""
    folder = settings.data_dir
    with lock_folder(folder):
        key, _ = key_in(folder / NEXT_FILE)
        new = Vault(key)
        if not await _is_sealed_with(settings, new):
            current = known_key(settings)
            if current is None:
                raise CannotOpenError("there is no key yet, so there is nothing to change")
            old = Vault(current)
            if not await _is_sealed_with(settings, old):
                raise CannotOpenError(
                    "neither the key in use nor the next one opens the database; "
                    "put the right key back"
                )
            await _change(settings, old, new)
        reseal.finish_files(folder / "results")
        if settings.is_shared:
            return (
                f"Done. The new key stands in {NEXT_FILE} in this DATA_DIR: put it into DATA_KEY "
                "of every replica, then delete that file. Delete the folder results in the "
                "DATA_DIR of each other replica, too: its files have the old key, and are "
                f"fetched again. {FORGOTTEN}"
            )
        if settings.data_key is not None:
            return (
                f"Done. The new key stands in {NEXT_FILE} in DATA_DIR: put it into DATA_KEY, then "
                f"delete that file. Without it nothing can be read. {FORGOTTEN}"
            )
        (folder / NEXT_FILE).replace(folder / KEY_FILE)
    return (
        f"Done. The new key stands in {KEY_FILE}; keep a copy of it apart from the database. "
        f"{FORGOTTEN}"
    )


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
        async with database.write(patient=True) as connection:
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
