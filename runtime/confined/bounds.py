"""How much a confined process may take; the kernel keeps these bounds."""

import contextlib
import os
import resource
from dataclasses import asdict, dataclass
from typing import Any, Self

MAPPED_BYTES = 512 << 20
"""Address space besides data: programs and libraries, and files that both sides map."""
NICENESS = 5
OPEN_FILES = 64


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of one piece of work.

    memory: bytes of data (RLIMIT_DATA).
    cpu_seconds: of a processor, over all threads.
    wall_seconds: real ones, from when the work begins.
    file_bytes: of each file it writes, and of its folder.
    """

    memory: int = 768 << 20
    cpu_seconds: int = 60
    wall_seconds: float = 90.0
    file_bytes: int = 256 << 20

    def to_json(self) -> dict[str, Any]:
        """For the way to the child."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """What `to_json` wrote."""
        return cls(**values)


def settle(bounds: Bounds) -> None:
    """Take these bounds upon this process, for good."""
    _limit(resource.RLIMIT_DATA, bounds.memory)
    _limit(resource.RLIMIT_AS, bounds.memory + MAPPED_BYTES)
    _limit(resource.RLIMIT_CPU, bounds.cpu_seconds)
    _limit(resource.RLIMIT_FSIZE, bounds.file_bytes)
    _limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    with contextlib.suppress(OSError):  # where a filter of system calls refuses it
        os.nice(NICENESS)


def _limit(kind: int, most: int) -> None:
    with contextlib.suppress(ValueError, OSError):  # lower already, or not known here (macOS)
        resource.setrlimit(kind, (most, most))
