"""What SIGTERM and SIGINT do before `run` listens to them itself.

The imports alone take seconds. A process with the id 1, such as a container's, never hears of a
signal that it doesn't handle, and would be killed for it later; any other would end with an error.
"""

import os
import signal
import sys
from typing import Any


def end_at_once_if_told() -> None:
    """End `numberdesk run` with 0 when it is stopped; other commands keep the usual signals."""
    if sys.argv[1:2] == ["run"]:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, _end)
        if os.getpid() == 1:
            # Processes that read files may outlive the one they are forked from, for a moment.
            # They are left to us then, and Linux buries them if we say that we don't ask for them.
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)


def _end(*_: Any) -> None:
    os._exit(0)  # nothing was begun; an exception could be lost in the middle of an import
