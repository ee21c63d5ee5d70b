"""What a hostile file is, and helpers to make one."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

FIRST = 447_400_000_000
"""The numbers of Britain's mobile ranges begin here."""
MOST_BYTES = 20_000_000
"""What Telegram hands to bots."""


@dataclass(frozen=True, slots=True)
class Case:
    """A file; `attacks` says in a few words what. The bytes are made when they are needed."""

    name: str
    attacks: str
    make: Callable[[], bytes]


def number(place: int) -> str:
    """Return a number; those of different places differ, and none follows another."""
    return f"+{FIRST + place * 7}"


def lines(count: int, start: int = 0) -> bytes:
    """Return numbers, one a line."""
    return "".join(f"{number(place)}\n" for place in range(start, start + count)).encode()


def filled(piece: bytes, size: int = MOST_BYTES, end: bytes = b"") -> bytes:
    """Return a piece repeated up to a size, with an end."""
    return (piece * (size // len(piece) + 1))[: size - len(end)] + end


def say(text: str) -> None:
    """Print a line at once: it is the product of these scripts."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
