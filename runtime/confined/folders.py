"""The folder of its own that a confined process may write to."""

import contextlib
import os
import re
import shutil
import stat
import tempfile
from pathlib import Path

MOST_FILES = 1_000
"""In a folder; a confined process can make plain files alone."""

_NAME = "numberdesk-"
_OURS = re.compile(rf"{_NAME}(\d+)-\w+")


def new() -> Path:
    """Make a folder, named after this process, for `sweep` of a later one."""
    return Path(tempfile.mkdtemp(prefix=f"{_NAME}{os.getpid()}-", dir=_place()))


def _place() -> str:
    """Where files lie in memory, so that no number gets onto a disk; else the usual folder."""
    in_memory = "/dev/shm"  # noqa: S108 # each makes a folder of its own there
    return in_memory if os.access(in_memory, os.W_OK) else tempfile.gettempdir()


def is_within(folder: Path, most_bytes: int) -> bool:
    """Tell whether a folder holds no more than that, and nothing that it shouldn't."""
    size = count = 0
    try:
        with os.scandir(folder) as found:
            for each in found:
                about = each.stat(follow_symlinks=False)
                count += 1
                size += about.st_size
                if not stat.S_ISREG(about.st_mode) or count > MOST_FILES or size > most_bytes:
                    return False
    except FileNotFoundError:  # a file that was there a moment ago, or all of it
        return True
    except OSError:
        return False
    return True


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it."""
    with contextlib.suppress(OSError):
        folder.chmod(stat.S_IRWXU)
    shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    """Remove what bots that were killed have left behind."""
    for folder in Path(_place()).glob(f"{_NAME}*"):
        name = _OURS.fullmatch(folder.name)
        if name is not None and not _is_alive(int(name[1])):
            remove(folder)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):  # another user's; no process at all, and not ours
        return True
    return True
