"""One piece of work: handed to a fork, watched, and its answer taken."""

import contextlib
import os
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runtime.confined.bounds import Bounds
from runtime.confined.channel import BadMessageError, receive, send
from runtime.confined.files import close, read, size_of
from runtime.confined.forks import Zygote

START_SECONDS = 60.0
"""For a fork to take its work: long enough for the zygote to import everything first."""
WATCH_SECONDS = 0.5  # between two looks at the time and at the folder of a child
LONGEST_TRACE = 500  # characters of where our own fault was


class TooMuchError(Exception):
    """The work died, or overran its bounds: too much for one file. The text says how."""


class BrokenWorkError(Exception):
    """The work ran into a fault of ours. The text says where, and holds none of its data."""


class ZygoteDiedError(Exception):
    """The process that we fork from died, which is no fault of the work."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What work gave: values as JSON has them, and files."""

    values: Any
    files: list[bytes]


class Exchange:
    """Blocks, so it is run in a thread.

    most: Bytes that the files of the answer may have together.
    """

    def __init__(
        self, zygote: Zygote, number: int, job: socket.socket, bounds: Bounds, most: int
    ) -> None:
        self._zygote = zygote
        self._number = number
        self._job = job
        self._bounds = bounds
        self._most = most
        self._over = threading.Event()
        self._overran = ""

    def run(self, request: dict[str, Any], files: Sequence[int]) -> Answer:
        """Raises TooMuchError, BrokenWorkError and ZygoteDiedError."""
        folder = tempfile.mkdtemp(prefix="numberdesk-", dir=_in_memory())
        request |= {"bounds": self._bounds.to_json(), "folder": folder}
        watcher = threading.Thread(target=self._watch, args=(Path(folder),), daemon=True)
        try:
            self._job.settimeout(START_SECONDS)
            send(self._job, request, files)
            begun = receive(self._job)
            self._job.settimeout(None)
            watcher.start()
            heard = receive(self._job) if begun else None
        except (OSError, BadMessageError) as error:
            raise self._reason(str(error)) from None
        finally:
            self._over.set()
            shutil.rmtree(folder, ignore_errors=True)
        if heard is None:
            raise self._reason("ended without an answer")
        return self._taken(*heard)

    def give_up(self) -> None:
        """Make `run` end soon, from another thread."""
        self._overran = "given up"
        self._zygote.kill(self._number)
        with contextlib.suppress(OSError):  # it has ended already
            self._job.shutdown(socket.SHUT_RDWR)

    def _taken(self, text: dict[str, Any], files: list[int]) -> Answer:
        try:
            sizes = self._checked(text, files)
            given = [read(*each) for each in zip(files, sizes, strict=True)]
        except OSError as error:
            raise TooMuchError(f"files that can't be read: {error}") from None
        finally:
            close(files)
        return Answer(text.get("values"), given)

    def _checked(self, text: dict[str, Any], files: list[int]) -> list[int]:
        """Return how many bytes of each file to read."""
        if "too_much" in text:
            raise TooMuchError(str(text["too_much"])[:LONGEST_TRACE])
        if "broken" in text:
            raise BrokenWorkError(str(text["broken"])[:LONGEST_TRACE])
        sizes = [size_of(file) for file in files]
        if sum(sizes) > self._most:
            raise TooMuchError(f"an answer of {sum(sizes)} bytes")
        return sizes

    def _reason(self, why: str) -> TooMuchError | ZygoteDiedError:
        """Why there is no answer. What still runs is killed."""
        self._zygote.kill(self._number)
        code = self._zygote.code(self._number)
        if self._overran:
            return TooMuchError(self._overran)
        return ZygoteDiedError() if code is None else TooMuchError(f"{why}, exit code {code}")

    def _watch(self, folder: Path) -> None:
        ends_at = time.monotonic() + self._bounds.wall_seconds
        while not self._over.wait(WATCH_SECONDS):
            if time.monotonic() > ends_at:
                self._overran = f"no end after {self._bounds.wall_seconds:g} s"
            elif _size(folder) > self._bounds.file_bytes:
                self._overran = f"its folder has more than {self._bounds.file_bytes} bytes"
            if self._overran:
                self._zygote.kill(self._number)
                return


def _in_memory() -> str | None:
    """Where files lie in memory, so that no number gets onto a disk; None: the usual folder."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 # a folder of its own


def _size(folder: Path) -> int:
    try:
        return sum(each.stat().st_size for each in folder.rglob("*"))
    except OSError:  # it changes while we look
        return 0
