"""Answers to paid POSTs, kept in a file of DATA_DIR until the database has them.

A line each, behind a checksum: ids only, no numbers. It is read at the start; a line that was cut
or damaged is passed over. Lines are wiped when none of them is waited for any more: one that is
read twice does no harm.
"""

import json
import os
import threading
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

import structlog

FILE = "numberdesk.answers"
ROOM = 4096  # bytes, taken at the start: there is room for answers on a full disk, too

log = structlog.get_logger("answers")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a POST: `posts` says which one of the task, from 1.

    remote_id: The service's task; None: nothing was charged.
    """

    task_id: str
    posts: int
    service: str
    remote_id: str | None

    def as_line(self) -> bytes:
        """Return what is written to the file."""
        body = json.dumps(asdict(self)).encode()
        # A line feed comes first as well: the line before may have been cut.
        return b"\n%08x %s\n" % (zlib.crc32(body), body)

    @classmethod
    def from_line(cls, line: bytes) -> "Answer | None":
        """Read a line; return None if it was cut or damaged."""
        checksum, _, body = line.partition(b" ")
        if checksum != b"%08x" % zlib.crc32(body):
            return None
        return cls(**json.loads(body))


class Answers:
    """The answers that the database doesn't have yet. All methods but `waiting` block."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: dict[Answer, None] = {}
        self._end = 0  # of the lines; zeros follow
        self._lock = threading.Lock()

    def waiting(self) -> list[Answer]:
        """Return the answers that wait for the database, oldest first."""
        return list(self._waiting)

    def load(self) -> None:
        """Read what the last process kept. Raises OSError."""
        with self._lock:
            found = self._path.read_bytes() if self._path.exists() else b""
            lines = found.rstrip(b"\0")
            for line in filter(None, lines.split(b"\n")):
                answer = Answer.from_line(line)
                if answer is None:
                    log.warning("kept answer damaged", file=self._path.name, bytes=len(line))
                else:
                    self._waiting[answer] = None
            self._end = len(lines)
            self._write(len(found), bytes(max(ROOM - len(found), 0)))

    def keep(self, answer: Answer) -> None:
        """Keep an answer, on disk when this returns. Raises OSError: in memory it is kept then."""
        with self._lock:
            self._waiting[answer] = None
            line = answer.as_line()
            self._write(self._end, line)
            self._end += len(line)

    def forget(self, answer: Answer) -> None:
        """Forget an answer that the database has. Raises OSError: it may be read once more then."""
        with self._lock:
            self._waiting.pop(answer, None)
            if not self._waiting:
                self._write(0, bytes(self._end))
                self._end = 0

    def _write(self, at: int, data: bytes) -> None:
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            file.seek(at)
            file.write(data)
            file.flush()
            os.fsync(descriptor)
