"""The fork server of all bots that run in their own process."""

import multiprocessing
import os
import sys
from multiprocessing.forkserver import ensure_running


def start_fork_server() -> None:
    """Start one server for all tests, with all imports done, which alone take seconds."""
    multiprocessing.set_forkserver_preload(["tests.support.processes.preload"])
    path = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)  # Python 3.11 preloads without our path
    try:
        ensure_running()
    finally:
        del os.environ["PYTHONPATH"]
        if path is not None:
            os.environ["PYTHONPATH"] = path
