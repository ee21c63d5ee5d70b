"""A task of a pretend service: its speed, progress and result."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from sandbox.services.results import result_file

PENDING = "pending"
PROCESSING = "processing"
COMPLETED = "completed"
EXPORTED = "exported"
DETAILS = "wa_detail"


@dataclass(slots=True)
class Pace:
    """How fast a service works, on the world's clock; may be changed at any time."""

    per_second: float = 500.0
    """Numbers per second; 0 never finishes."""
    pending: float = 1.0
    """Seconds before the first number."""
    export: float = 1.0
    """Seconds between the last number and the result file."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a task, as the service reports it."""

    status: str
    total: int
    done: int


@dataclass(slots=True)
class Post:
    """One create request and its outcome."""

    time: float
    path: str
    task_type: str = ""
    numbers: list[str] = field(default_factory=list)
    file_name: str = ""
    task_id: str | None = None
    charged: bool = False
    outcome: str = ""
    """The HTTP status of the answer, or the name of the fault."""


@dataclass(eq=False)
class Task:
    """One list that a service accepted."""

    task_id: str
    task_type: str
    numbers: list[str]
    file_name: str
    created: float
    user_id: str
    seed: int
    pace: Pace
    charged: bool = True
    known: dict[str, str] = field(default_factory=dict)
    updated: float = 0.0
    finished: bool = False
    """Set it to export the task at once."""
    downloads: int = 0
    _seconds: float = 0.0

    @property
    def details(self) -> bool:
        """True for the "WhatsApp details" API."""
        return self.task_type == DETAILS

    @cached_property
    def result_bytes(self) -> bytes:
        """The result file; each download gets the same bytes."""
        return result_file(self.task_type, self.numbers, self.seed, self.known)

    @property
    def result_name(self) -> str:
        """The file name of the result."""
        return f"{self.task_id}.{'xlsx' if self.details else 'zip'}"

    def progress(self, now: float) -> Progress:
        """Return the progress; a clock that goes back undoes nothing."""
        self._seconds = max(self._seconds, now - self.created)
        self.updated = max(self.updated, now)
        count = len(self.numbers)
        if self.finished:
            return Progress(EXPORTED, count, count)
        worked = self._seconds - self.pace.pending
        if worked < 0:
            return Progress(PENDING, 0 if self.details else count, 0)
        if worked * self.pace.per_second < count:
            return Progress(PROCESSING, count, int(worked * self.pace.per_second))
        if worked < count / self.pace.per_second + self.pace.export:
            return Progress(COMPLETED if self.details else PROCESSING, count, count)
        self.finished = True
        return Progress(EXPORTED, count, count)


def rfc3339(seconds: float) -> str:
    """Format a time as the services do, to the nanosecond."""
    moment = datetime.fromtimestamp(seconds, UTC)
    nanoseconds = f"{moment.microsecond:06}{int(seconds * 7919) % 1000:03}"
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{nanoseconds}Z"
