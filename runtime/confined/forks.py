"""The zygote as the bot sees it: forks on demand, kills, and exit codes."""

import itertools
import os
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence

from runtime.confined.channel import BadMessageError, receive, send

MOST_CODES = 100
"""Exit codes that are kept."""
SPEAK_SECONDS = 1
"""For it to hear a word: it does nothing else."""
END_SECONDS = 10.0
"""For the zygote to tell how a fork ended."""

_NOTHING_KEPT = "retain:false,narenas:1,dirty_decay_ms:0,muzzy_decay_ms:0"
"""For jemalloc, which polars brings along: memory that it keeps for later counts as taken."""

Launch = Callable[[socket.socket, Sequence[str]], Callable[[], None]]
"""Starts a zygote at the other end of a socket, with these modules; gives what ends it."""


def launch_process(control: socket.socket, modules: Sequence[str]) -> Callable[[], None]:
    """A zygote of its own, with none of our keys in its environment."""
    environment = {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "MALLOC_ARENA_MAX": "2",  # a heap for each thread would eat into the bound on memory
        "POLARS_MAX_THREADS": "2",
        "_RJEM_MALLOC_CONF": _NOTHING_KEPT,
    }
    # -P: the folder that it is started in is none that it may import from, or read.
    words = [sys.executable, "-P", "-m", "runtime.confined.zygote", str(control.fileno()), *modules]
    process = subprocess.Popen(  # noqa: S603 # our own program
        words, env=environment, pass_fds=[control.fileno()], stdin=subprocess.DEVNULL, cwd="/"
    )

    def end() -> None:
        process.kill()
        process.wait()

    return end


class Zygote:
    """The process that others are forked from. Used from several threads."""

    def __init__(self, launch: Launch, modules: Sequence[str]) -> None:
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._codes: dict[int, int] = {}
        self._news = threading.Condition()
        self.is_gone = False
        self._control, theirs = socket.socketpair()
        patience = struct.pack("ll", SPEAK_SECONDS, 0)
        self._control.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, patience)
        self._end = launch(theirs, modules)
        theirs.close()
        self._listener = threading.Thread(target=self._listen, name="zygote", daemon=True)
        self._listener.start()

    def fork(self) -> tuple[int, socket.socket]:
        """A process that waits for work at the other end of this socket, and its number."""
        ours, theirs = socket.socketpair()
        number = next(self._numbers)
        try:
            self._tell({"fork": number}, [theirs.fileno()])
        finally:
            theirs.close()
        return number, ours

    def kill(self, number: int) -> None:
        """End this fork now."""
        self._tell({"kill": number})

    def code(self, number: int) -> int | None:
        """Wait for the exit code of a fork that ends; None where nobody can tell any more."""
        with self._news:
            self._news.wait_for(lambda: number in self._codes or self.is_gone, END_SECONDS)
            found = self._codes.pop(number, None)
            self.is_gone = self.is_gone or found is None  # it hangs
            return found

    def _tell(self, text: dict[str, int], files: Sequence[int] = ()) -> None:
        try:
            with self._lock:
                send(self._control, text, files)
        except OSError:  # it died, or hangs
            self._gone()

    def _listen(self) -> None:
        while True:
            try:
                heard = receive(self._control)
            except (OSError, BadMessageError):
                heard = None
            if heard is None:
                self._gone()
                return
            if "ended" in heard[0]:
                with self._news:
                    self._codes[heard[0]["ended"]] = heard[0]["code"]
                    while len(self._codes) > MOST_CODES:  # nobody asks how an answered one ended
                        del self._codes[next(iter(self._codes))]
                    self._news.notify_all()

    def _gone(self) -> None:
        with self._news:
            self.is_gone = True
            self._news.notify_all()

    def close(self) -> None:
        """End it and all its forks."""
        self._control.shutdown(socket.SHUT_RDWR)
        self._end()
        self._listener.join()
        self._control.close()
