"""What a process leaves on its machine."""

import subprocess
import sys

ASKED = """
import ctypes, os, resource
from runtime.traces import leave_no_traces
leave_no_traces()
dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)  # PR_GET_DUMPABLE
print(resource.getrlimit(resource.RLIMIT_CORE), dumpable, oct(os.umask(0)))
"""


def test_no_dump_and_no_file_for_others() -> None:
    """Protects keys and numbers, which stand in memory, and what is written to disk."""
    done = subprocess.run(  # noqa: S603 # our own program
        [sys.executable, "-c", ASKED], check=True, capture_output=True, text=True
    )
    assert done.stdout.split("\n")[0] == "(0, 0) 0 0o77"
