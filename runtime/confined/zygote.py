"""The process that confined ones are forked from.

It has imported what work needs, holds no key, opens no connection, and does nothing itself: each
piece of work gets a fork of its own, which ends with the work. `runtime.confined.forks` starts it
as `python -m runtime.confined.zygote FD MODULE…`; it ends when the other side of FD is closed.
"""

import contextlib
import gc
import importlib
import os
import select
import signal
import socket
import sys
import warnings
from pathlib import Path
from typing import NoReturn

from runtime.confined import child, kernel
from runtime.confined.channel import receive, send
from runtime.confined.files import close
from runtime.traces import leave_no_traces


def main(control: socket.socket, modules: list[str]) -> None:
    """Fork whenever asked to, and tell how each fork ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bot, which then ends us
    with contextlib.suppress(OSError):  # where the machine runs out of memory, its forks go first
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    leave_no_traces()
    # From 3.12 on Python warns of forks beside threads: polars and its allocator have one each,
    # which hold nothing that a fork needs.
    warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
    for module in modules:
        importlib.import_module(module)
    gc.collect()
    gc.freeze()  # a fork's collector need not look at it, nor copy its pages by doing so
    running: dict[int, int] = {}
    wakes, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    while True:
        ready, _, _ = select.select([control.fileno(), wakes], [], [])
        if wakes in ready:
            os.read(wakes, 512)
            _bury(control, running)
        if control.fileno() in ready:
            asked = receive(control)
            if asked is None:
                return
            _obey(*asked, control, running, (wakes, waker))


def _obey(
    asked: dict[str, int],
    files: list[int],
    control: socket.socket,
    running: dict[int, int],
    ours: tuple[int, int],
) -> None:
    if "kill" in asked:
        for pid, number in running.items():
            if number == asked["kill"]:
                os.kill(pid, signal.SIGKILL)
        return
    (place,) = files
    try:
        pid = os.fork()
    except OSError:  # too many processes: the other side sees its socket close
        os.close(place)
        return
    if pid == 0:
        control.close()
        close(ours)  # a hostile file could keep us from hearing of the others' ends
        _live(socket.socket(fileno=place))
    os.close(place)
    running[pid] = asked["fork"]


def _live(job: socket.socket) -> NoReturn:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    kernel.die_with_parent(signal.SIGKILL)
    code = 1
    try:
        child.live(job)
        code = 0
    finally:
        os._exit(code)  # nothing of the zygote's is to be run again at this end


def _bury(control: socket.socket, running: dict[int, int]) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        number = running.pop(pid, None)
        if number is not None:
            send(control, {"ended": number, "code": os.waitstatus_to_exitcode(status)})


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), sys.argv[2:])
