"""A confined process: takes one piece of work, does it within its bounds, and ends."""

import errno
import importlib
import os
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from runtime.confined import kernel
from runtime.confined.bounds import Bounds, settle
from runtime.confined.channel import receive, send
from runtime.confined.files import close, file_of, read

Bytes = bytes | memoryview
Work = Callable[..., tuple[Any, Sequence[Bytes | Iterator[bytes]]]]
"""Called with the request's values and its files; gives values for JSON, and files.

A file may come piece by piece, so that it never stands in memory as a whole.
"""

_held: list[str] = []


def held() -> tuple[list[str], Sequence[Bytes]]:
    """Work for the doctor: tell which means of Linux keep this process from all else."""
    return _held, ()


def live(job: socket.socket) -> None:
    """Wait for the work, do it, answer."""
    asked = receive(job)
    if asked is None:
        return
    request, files = asked
    _be_quiet()
    given = [read(file) for file in files]
    close(files)  # before its number of files is bounded: to be confined it needs some
    settle(Bounds.from_json(request["bounds"]))
    os.environ["TMPDIR"] = tempfile.tempdir = request["folder"]
    try:
        _held.extend(kernel.confine(_needed(), Path(request["folder"])))
    except kernel.NotConfinedError as error:
        send(job, {"begun": False, "why": str(error)})
        return
    send(job, {"begun": True})
    module, _, name = request["work"].rpartition(".")
    work: Work = getattr(importlib.import_module(module), name)
    try:
        values, made = work(*given, **request["values"])
        out = [file_of(each) for each in made]
        answer = {"values": values}
    except MemoryError:
        answer, out = {"too_much": "out of memory"}, []
    except Exception as error:  # noqa: BLE001 # the bot decides
        is_large = isinstance(error, OSError) and error.errno == errno.EFBIG
        answer, out = {"too_much" if is_large else "broken": _where(error)}, []
    except BaseException as error:  # noqa: BLE001 # a library's panic, mostly for want of memory
        answer, out = {"too_much": _where(error)}, []
    send(job, answer, out)


def _be_quiet() -> None:
    """Let no library write to the log: its last words may hold what it read."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for place in (0, 1, 2):
        os.dup2(nothing, place)
    os.close(nothing)


def _needed() -> list[Path]:
    """The folders that Python and its libraries read while they work.

    Of what was imported the packages alone: beside ours there may be an .env and a database.
    """
    system = ("/usr/lib", "/usr/local/lib", "/lib", "/lib64", "/usr/share/zoneinfo", "/proc/self")
    packages = [
        folder
        for name, module in list(sys.modules.items())
        if "." not in name
        for folder in getattr(module, "__path__", ())
    ]
    return [Path(each) for each in (*packages, sys.prefix, sys.base_prefix, *system)]


def _where(error: BaseException) -> str:
    """The kind of an error and the lines it came through: no text of it, which may hold numbers."""
    lines, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        lines.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return f"{type(error).__name__} in {' < '.join(reversed(lines[-8:]))}"
