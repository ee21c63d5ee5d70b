"""Parse a lock file: pinned versions and their hashes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^ ;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Pin:
    """One package, with the hashes of all its files, of which one is installed."""

    name: str
    version: str
    hashes: tuple[str, ...]


def pins(lock: Path) -> Iterator[Pin]:
    """Yield the pins of a lock file, in order.

    Raises:
        ValueError: An entry is not pinned.
    """
    for entry in re.split(r"\n(?=\S)", lock.read_text("utf-8")):
        if not entry.strip() or entry.startswith("#"):
            continue
        found = _PIN.match(entry)
        if found is None:
            raise ValueError(f"{entry.splitlines()[0]} is not pinned")
        yield Pin(found["name"], found["version"], tuple(_HASH.findall(entry)))
