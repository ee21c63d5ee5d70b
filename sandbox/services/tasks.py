"""A task at a pretend service: what it costs, how far it is, what it answers in the end."""

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
    """How fast a service works, by the world's clock; change it at any time."""

    per_second: float = 500.0
    """Numbers a second; 0 stands still."""
    pending: float = 1.0
    """Seconds before the first number."""
    export: float = 1.0
    """Seconds between the last number and the result file."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is."""

    status: str
    total: int
    done: int


@dataclass(slots=True)
class Post:
    """One create request, whatever came of it."""

    time: float
    path: str
    task_type: str = ""
    numbers: list[str] = field(default_factory=list)
    file_name: str = ""
    task_id: str | None = None
    charged: bool = False
    outcome: str = ""
    """What was answered: an HTTP status, or the fault that happened."""


@dataclass(eq=False)
class Task:
    """One list that a service took."""

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
    """Set it to let the task be exported at once."""
    downloads: int = 0
    _seconds: float = 0.0

    @property
    def details(self) -> bool:
        """Whether it is of the flavour "WhatsApp details"."""
        return self.task_type == DETAILS

    @cached_property
    def result_bytes(self) -> bytes:
        """The result file, the same bytes at each download."""
        return result_file(self.task_type, self.numbers, self.seed, self.known)

    @property
    def result_name(self) -> str:
        """The name of the result file."""
        return f"{self.task_id}.{'xlsx' if self.details else 'zip'}"

    def progress(self, now: float) -> Progress:
        """Tell how far it is; a clock that goes back doesn't undo anything."""
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


def rfc3339(seconds: float, digits: int = 9) -> str:
    """Write a moment as the services do, with up to nine digits of a second."""
    moment = datetime.fromtimestamp(seconds, UTC)
    nanoseconds = f"{moment.microsecond:06}{int(seconds * 7919) % 1000:03}"
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{nanoseconds[:digits]}Z"
