"""Encrypted files on disk: results hold people's answers.

A file is a random prefix of eight bytes, then pieces of up to PIECE bytes, each sealed with
AES-256-GCM under the prefix, its place in the file, whether it is the last, and the task whose
result it is: a missing, moved or altered piece is noticed, and so is the file of another task.
"""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from cryptography.exceptions import InvalidTag

from runtime.traces import open_for_ourselves
from storage.sealing.vault import Vault, WrongKeyError

PIECE = 1 << 18  # bytes
TAG = 16
PREFIX = 8


class SealedWriter:
    """Writes a sealed file; it is complete and on disk after `close`."""

    def __init__(self, path: Path, vault: Vault, task_id: str) -> None:
        self._vault = vault
        self._task_id = task_id
        self._prefix = secrets.token_bytes(PREFIX)
        self._place = 0
        self._waiting = bytearray()
        self._file = open(path, "wb", opener=open_for_ourselves)  # noqa: SIM115 # closed below
        self._file.write(self._prefix)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, data: bytes) -> None:
        """Add bytes. Raises OSError if the disk is full."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def close(self) -> None:
        """Write the rest, and sync it to disk."""
        self._put(bytes(self._waiting), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def _put(self, piece: bytes, *, last: bool) -> None:
        nonce = self._prefix + self._place.to_bytes(4, "big")
        mark = self._vault.place(_mark(last=last), self._task_id)
        self._file.write(self._vault.file_box.encrypt(nonce, piece, mark))
        self._place += 1


def read_sealed(path: Path, vault: Vault, task_id: str) -> Iterator[bytes]:
    """Yield the content in pieces. Raises WrongKeyError, also for a truncated file."""
    with path.open("rb") as file:
        prefix = file.read(PREFIX)
        piece = file.read(PIECE + TAG)
        place = 0
        while True:
            following = file.read(PIECE + TAG)
            nonce = prefix + place.to_bytes(4, "big")
            try:
                mark = vault.place(_mark(last=not following), task_id)
                yield vault.file_box.decrypt(nonce, piece, mark)
            except (InvalidTag, ValueError):
                raise WrongKeyError(f"{path.name} can't be opened with this DATA_KEY") from None
            if not following:
                return
            piece, place = following, place + 1


def is_sound(path: Path, vault: Vault, task_id: str) -> bool:
    """Tell whether a sealed file can be opened from start to end. Blocks."""
    try:
        for _ in read_sealed(path, vault, task_id):
            pass
    except WrongKeyError:
        return False
    return True


def _mark(*, last: bool) -> str:
    return "last" if last else "more"
