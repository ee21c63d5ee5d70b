"""What a process leaves on its machine: nothing of its memory, and files for its user alone."""

import contextlib
import ctypes
import os
import resource
from pathlib import Path

_PR_SET_DUMPABLE = 4
_FOR_OURSELVES = 0o077


def leave_no_traces() -> None:
    """Never dump memory into a core file, nor let others of our user read it; keep new files ours.

    Memory holds keys and numbers. Sources: core(5), prctl(2), umask(2).
    """
    with contextlib.suppress(ValueError, OSError):  # lower already
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    prctl = getattr(ctypes.CDLL(None), "prctl", None)  # Linux alone has it
    if prctl is not None:
        prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    os.umask(_FOR_OURSELVES)


def keep_from_others(*paths: Path) -> None:
    """Take from everybody else what they may do with these: they may have been made without us."""
    for path in paths:
        with contextlib.suppress(OSError):  # not there, or its owner's to decide
            path.chmod(path.stat().st_mode & 0o7777 & ~_FOR_OURSELVES)


def open_for_ourselves(path: str, flags: int) -> int:
    """Open a file that nobody else may read, whatever the umask; an `opener` for `open`."""
    return os.open(path, flags, 0o666 & ~_FOR_OURSELVES)
