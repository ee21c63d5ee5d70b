"""Work that confined processes are asked to do in tests of their bounds."""

import ctypes
import os
import platform
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

Made = tuple[object, list[bytes]]


def echo(*files: bytes, **values: object) -> Made:
    """Give everything back."""
    return values, list(files)


def fork_by_one_name() -> None:
    """A kind of escape that has an argument of its own."""
    os.fork()


_SHMGET = {"x86_64": 29, "aarch64": 194}
_ESCAPES: dict[str, Callable[[], object]] = {
    "a connection": lambda: socket.create_connection(("127.0.0.1", 9), timeout=1),
    "a socket": socket.socket,
    "a process": fork_by_one_name,
    "a program": lambda: subprocess.run([sys.executable, "-V"], check=True),
    "a signal": lambda: os.kill(os.getppid(), 0),
    "passwords": lambda: Path("/etc/passwd").read_bytes(),
    "an .env beside the code": lambda: Path(__file__).parents[2].joinpath("README.md").read_bytes(),
    "the bounds of the bot": lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1)),
    "memory that stays": lambda: _called(_SHMGET[platform.machine()], 0, 1 << 20, 0o1600),
    "a folder of its own making": lambda: Path(tempfile.gettempdir(), "deep").mkdir(),
    "a file elsewhere": lambda: Path("/tmp/numberdesk-escaped").write_bytes(b"x"),  # noqa: S108
}


def escape(*, into: str) -> Made:
    """Try to get out; give the name of the error that met it."""
    try:
        _ESCAPES[into]()
    except (OSError, subprocess.SubprocessError) as error:
        return type(error).__name__, []
    return "escaped", []


def _called(number: int, *values: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(number, *values) < 0:
        raise OSError(ctypes.get_errno(), "refused")


def escape_with(*files: bytes, into: str) -> Made:
    """Try to get out, having been given files."""
    del files
    return escape(into=into)


def answer_and_stay() -> Made:
    """Answer at once, then stay for ever."""
    threading.Thread(target=linger).start()
    os._exit = lambda _: threading.Event().wait()  # type: ignore[assignment, return-value]
    return None, []


def look_around() -> Made:
    """Give the names of the environment, the niceness, and what its folder may be used for."""
    with tempfile.TemporaryFile() as file:
        file.write(b"fits")
    return {"environment": sorted(os.environ), "nice": os.getpriority(os.PRIO_PROCESS, 0)}, []


def grow(*, megabytes: int) -> Made:
    """Take memory."""
    return len(bytearray(megabytes << 20)), []


def spin() -> Made:
    """Use a processor for ever."""
    while True:
        pass


AT_WORK = "at-work"
"""A file in the folder of a process that lingers, with its number."""


def linger() -> Made:
    """Wait for ever."""
    Path(tempfile.gettempdir(), AT_WORK).write_text(str(os.getpid()))
    while True:
        time.sleep(1)


def linger_over_nothing(file: bytes) -> Made:
    """Wait for ever if the file is empty; else tell its size."""
    return (len(file), []) if file else linger()


def fill_folder(*, count: int, megabytes: int) -> Made:
    """Write into its folder, then wait for ever."""
    for place in range(count):
        Path(tempfile.gettempdir(), str(place)).write_bytes(bytes(megabytes << 20))
    return linger()


def answer_at_length(*, megabytes: int) -> Made:
    """Give a large file."""
    return None, [bytes(megabytes << 20)]


def talk_at_length() -> Made:
    """Give more JSON than a message may have."""
    return "x" * (2 << 20), []


def say(*, text: str) -> Made:
    """Fail with a text that may hold numbers."""
    os.write(1, text.encode())
    os.write(2, text.encode())
    raise ValueError(text)


class PanicError(BaseException):
    """As a library in Rust raises it."""


def panic() -> Made:
    """Fail as such a library does when it gets no memory."""
    raise PanicError


def die(*, with_code: int) -> Made:
    """End at once."""
    os._exit(with_code)
