"""The process that every bot with a process of its own is forked from."""

import multiprocessing
import os
import sys
from multiprocessing.forkserver import ensure_running


def prepare_nest() -> None:
    """Have one that has imported everything, which alone takes seconds; one for all tests."""
    multiprocessing.set_forkserver_preload(["tests.support.processes.nest"])
    path = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)  # Python 3.11 preloads without our path
    try:
        ensure_running()
    finally:
        del os.environ["PYTHONPATH"]
        if path is not None:
            os.environ["PYTHONPATH"] = path
