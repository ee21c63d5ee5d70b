"""Answers of a process that a file has taken over: none of them harms the bot."""

import os
import socket
import struct
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from runtime.confined.bounds import Bounds
from runtime.confined.channel import MOST_JSON, receive, send
from runtime.confined.exchange import Exchange, TooMuchError
from runtime.confined.files import file_of
from runtime.confined.forks import Zygote

MOST = 1000

Speak = Callable[[socket.socket], None]


class _NoZygote(Zygote):
    def __init__(self) -> None:
        """Nothing is forked."""

    def kill(self, number: int) -> None:
        """Nobody is there."""

    def code(self, number: int) -> int | None:
        """It ended itself."""
        del number
        return 0


def _asked(speak: Speak) -> object:
    """Let this speak as the process that works, after it has begun."""
    ours, theirs = socket.socketpair()

    def live() -> None:
        with theirs:
            receive(theirs)
            send(theirs, {"begun": True})
            speak(theirs)

    thread = threading.Thread(target=live)
    thread.start()
    try:
        with ours:
            return Exchange(_NoZygote(), 1, ours, Bounds(), MOST).run({"values": {}}, ())
    finally:
        thread.join()


def _pipe(job: socket.socket) -> None:
    """A file whose end never comes."""
    reading, writing = os.pipe()
    send(job, {"values": None}, [reading])
    os.close(reading)
    os.close(writing)


def _folder(job: socket.socket) -> None:
    folder = os.open("/", os.O_RDONLY)
    send(job, {"values": None}, [folder])
    os.close(folder)


def _large(job: socket.socket) -> None:
    """A file that is large, and holds nothing."""
    file = file_of(b"")
    os.truncate(file, 1 << 40)
    send(job, {"values": None}, [file])
    os.close(file)


def _long_text(job: socket.socket) -> None:
    job.sendall(struct.pack("!Q", MOST_JSON + 1) + b" " * 100)


def _no_object(job: socket.socket) -> None:
    job.sendall(struct.pack("!Q", 2) + b"[]")


def _deep(job: socket.socket) -> None:
    text = b"[" * 100_000
    job.sendall(struct.pack("!Q", len(text)) + text)


def _half(job: socket.socket) -> None:
    job.sendall(struct.pack("!Q", 100) + b"{")


ANSWERS = [_pipe, _folder, _large, _long_text, _no_object, _deep, _half]


@pytest.mark.parametrize("speak", ANSWERS, ids=lambda each: each.__name__)
def test_a_hostile_answer_is_too_much_to_read(speak: Speak) -> None:
    """Protects the bot where a file has found a fault in a library."""
    before = set(Path("/proc/self/fd").iterdir())
    with pytest.raises(TooMuchError):
        _asked(speak)
    assert set(Path("/proc/self/fd").iterdir()) == before
