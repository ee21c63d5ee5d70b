"""One piece of work: handed to a fork, watched, and its answer taken."""

import contextlib
import re
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runtime.confined import folders
from runtime.confined.bounds import Bounds
from runtime.confined.channel import BadMessageError, receive, send
from runtime.confined.files import Files, close, read, size_of
from runtime.confined.forks import Zygote

START_SECONDS = 60.0
"""For a fork to take its work: long enough for the zygote to import everything first."""
WATCH_SECONDS = 0.5  # between two looks at the time and at the folder of a child
_TRACE = re.compile(r"[\w.]+ in [\w.]+:\d{1,5} [\w<>]+(?: < [\w.<>]+:\d{1,5} [\w<>]+)*")
LONGEST_TRACE = 500  # characters of where our own fault was


class TooMuchError(Exception):
    """The work died, or overran its bounds: too much for one file. The text says how."""


class BrokenWorkError(Exception):
    """The work ran into a fault of ours. The text says where, and holds none of its data."""


class NotBegunError(Exception):
    """There was no process for the work, or what it was forked from died: no fault of the work."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What work gave: values as JSON has them, and files: their bytes, or open descriptors."""

    values: Any
    files: list[bytes]
    descriptors: Sequence[int] = ()


class Exchange:
    """Blocks, so it is run in a thread.

    most: Bytes that the files of the answer may have together.
    keep: What the files of the answer stay open in; without it they are read.
    """

    def __init__(
        self,
        zygote: Zygote,
        number: int,
        job: socket.socket,
        bounds: Bounds,
        most: int,
        *,
        keep: Files | None = None,
    ) -> None:
        self._zygote = zygote
        self._number = number
        self._job = job
        self._bounds = bounds
        self._most = most
        self._keep = keep
        self._over = threading.Event()
        self._overran = ""
        self._has_begun = False

    def run(self, request: dict[str, Any], files: Sequence[int]) -> Answer:
        """Raises TooMuchError, BrokenWorkError and NotBegunError."""
        folder = folders.new()
        try:
            heard = self._heard(request | {"folder": str(folder)}, files, folder)
            if heard is None:
                raise self._reason("ended without an answer")
            return self._taken(*heard)
        finally:
            self._over.set()
            self._zygote.kill(self._number)  # it may live on with what it read, having answered
            folders.remove(folder)

    def _heard(
        self, request: dict[str, Any], files: Sequence[int], folder: Path
    ) -> tuple[dict[str, Any], list[int]] | None:
        request = request | {"bounds": self._bounds.to_json()}
        try:
            self._job.settimeout(START_SECONDS)
            send(self._job, request, files)
            heard = receive(self._job)
            if heard is None or not heard[0]["begun"]:
                raise NotBegunError(str(heard[0]["why"]) if heard else "it ended")
            self._has_begun = True
            self._job.settimeout(None)
            threading.Thread(target=self._watch, args=(folder,), daemon=True).start()
            return receive(self._job)
        except (OSError, BadMessageError) as error:
            if isinstance(error, TimeoutError):
                self._zygote.is_gone = True  # it hangs, or imports for ever
            raise self._reason(str(error)) from None

    def give_up(self) -> None:
        """Make `run` end soon, from another thread."""
        self._overran = "given up"
        self._zygote.kill(self._number)
        with contextlib.suppress(OSError):  # it has ended already
            self._job.shutdown(socket.SHUT_RDWR)

    def _taken(self, text: dict[str, Any], files: list[int]) -> Answer:
        if self._keep is not None:
            self._keep.adopt(files)
            self._zygote.kill(self._number)  # nothing grows any more
            self._checked(text, files)
            return Answer(text.get("values"), [], files)
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
            where = str(text["too_much"])[:LONGEST_TRACE]
            raise TooMuchError(where if _TRACE.fullmatch(where) else "out of memory")
        if "broken" in text:
            where = str(text["broken"])[:LONGEST_TRACE]
            raise BrokenWorkError(where if _TRACE.fullmatch(where) else "untold")
        sizes = [size_of(file) for file in files]
        if sum(sizes) > self._most:
            raise TooMuchError(f"an answer of {sum(sizes)} bytes")
        return sizes

    def _reason(self, why: str) -> TooMuchError | NotBegunError:
        """Why there is no answer. What still runs is killed."""
        if not self._has_begun:
            return NotBegunError(why)
        self._zygote.kill(self._number)
        if self._overran:
            return TooMuchError(self._overran)
        code = self._zygote.code(self._number)
        return NotBegunError(why) if code is None else TooMuchError(f"{why}, exit code {code}")

    def _watch(self, folder: Path) -> None:
        ends_at = time.monotonic() + self._bounds.wall_seconds
        while not self._over.wait(WATCH_SECONDS):
            if time.monotonic() > ends_at:
                self._overran = f"no end after {self._bounds.wall_seconds:g} s"
            elif not folders.is_within(folder, self._bounds.file_bytes):
                self._overran = f"its folder has more than {self._bounds.file_bytes} bytes"
            if self._overran:
                self._zygote.kill(self._number)
                return
