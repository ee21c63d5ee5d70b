"""The folder of its own that a confined process may write to."""

import contextlib
import os
import re
import shutil
import stat
from pathlib import Path

MOST_FILES = 1_000
"""In a folder; a confined process can make plain files alone."""

_OURS = re.compile(r"numberdesk-(\d+)-\w+")


def in_memory() -> str | None:
    """Where files lie in memory, so that no number gets onto a disk; None: the usual folder."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 # a folder of its own


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
    place = Path(in_memory() or os.environ.get("TMPDIR", "/tmp"))  # noqa: S108 # as above
    for folder in place.glob("numberdesk-*-*"):
        name = _OURS.fullmatch(folder.name)
        if name is not None and not Path("/proc", name[1]).exists():
            remove(folder)
