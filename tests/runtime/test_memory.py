"""What is large is given back."""

import subprocess
import sys

import pytest

_FRESH = """
import sys
from pathlib import Path
from runtime.memory import give_back_what_is_large

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

if sys.argv[1] == "given back":
    give_back_what_is_large()
before = resident()
kept = []
for _ in range(8):
    large = [bytes(12 << 20) for _ in range(4)]
    kept.append(bytes(100_000))  # lies above the large ones, where these come from the heap
    del large
print((resident() - before) >> 20)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc alone keeps large blocks")
def test_large_blocks_are_given_back() -> None:
    """Protects a small server: what a large list took is not kept for the next one."""
    grown = {}
    for way in ("given back", "kept"):
        words = [sys.executable, "-c", _FRESH, way]
        ran = subprocess.run(words, check=True, capture_output=True, text=True)  # noqa: S603 # ours
        grown[way] = int(ran.stdout)
    assert grown["given back"] < 5 < grown["kept"]
