"""Work in a child process: what kills it affects one person's file only."""

import os
import signal
import time
from pathlib import Path

import pytest

from sheets.base import child_process


def die(times_left: str) -> str:
    """End the process, as long as the file says so."""
    counter = Path(times_left)
    left = int(counter.read_text("ascii"))
    counter.write_text(str(left - 1), "ascii")
    if left > 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def grab(size: int) -> int:
    """Allocate that much memory."""
    return len(bytearray(size))


def test_a_child_that_dies_takes_nothing_along(tmp_path: Path) -> None:
    """Protects the bot and other jobs: a deadly file is refused, one beside it is retried."""
    counter = tmp_path / "left"
    counter.write_text("1")
    assert child_process.run(die, str(counter)) == "done"
    counter.write_text("9")
    with pytest.raises(child_process.CrashedError, match="died"):
        child_process.run(die, str(counter))
    assert child_process.run(abs, -7) == 7


def test_memory_is_bounded() -> None:
    """Protects the machine: an allocation over MOST_MEMORY fails, and the child lives on."""
    with pytest.raises(MemoryError):
        child_process.run(grab, child_process.MOST_MEMORY)
    assert child_process.run(grab, 1000) == 1000


def test_work_without_an_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects against a file that is read for ever."""
    monkeypatch.setattr(child_process, "MOST_SECONDS", 0.05)
    with pytest.raises(child_process.CrashedError, match="no end"):
        child_process.run(time.sleep, 60)
    monkeypatch.undo()
    assert child_process.run(abs, -7) == 7
