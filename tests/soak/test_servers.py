"""PostgreSQL servers of soaks and tests: none outlives whoever started it."""

import os
import select
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.support.databases.engines import server

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # real seconds for a server to end
RUN = """
import os, signal, sys
from pathlib import Path
from soak.servers import running

home = Path(sys.argv[1])
with running(home, removed=True):
    (home.parent / "pid").write_text((home / "postmaster.pid").read_text().split()[0])
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="Linux alone can wait for any process")
def test_a_server_ends_with_whoever_runs_it() -> None:
    """Protects the machine from servers that a killed run leaves behind."""
    server()  # skips if there is none
    with tempfile.TemporaryDirectory() as folder:  # pytest's are too long for a socket's path
        words = [sys.executable, "-c", RUN, f"{folder}/data"]
        killed = subprocess.run(words, cwd=ROOT, check=False)  # noqa: S603 # our own words
        assert killed.returncode == -signal.SIGKILL
        assert _ends(int(Path(folder, "pid").read_text())), "it still runs"


def _ends(pid: int) -> bool:
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    with os.fdopen(process) as ended:
        return bool(select.select([ended], [], [], PATIENCE)[0])
