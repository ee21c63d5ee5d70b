"""The files on pretend Telegram's servers, with their ids and download links."""

import mimetypes
import random
import string
import struct
from functools import cached_property
from pathlib import Path

from sandbox.telegram.store.chats import Document

LINK_SECONDS = 3600
"""Lifetime of a link from getFile (Bot API, getFile: at least one hour)."""
_ALPHABET = string.ascii_letters + string.digits + "-_"


class Files:
    """Files by file id."""

    def __init__(self, chance: random.Random) -> None:
        self.home: Path | None = None
        """The folder of a local Bot API server (--local), which hands files out on its disk."""
        self._chance = chance
        self._by_id: dict[str, Document] = {}
        self._links: dict[str, float] = {}

    def keep(self, name: str, data: bytes, kind: str = "document") -> Document:
        """Store a file under new ids. The size of a picture is read from its header."""
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        width, height = picture_size(data) or (0, 0)
        number = len(self._by_id)
        suffix = "".join(c for c in name[-5:].rpartition(".")[2] if c.isalnum()) or "bin"
        kept = Document(
            file_id="BQAC" + self._letters(64),
            file_unique_id="AgAD" + self._letters(11),
            kind=kind,
            name=name,
            mime=mime,
            data=data,
            path=f"{kind}s/file_{number}.{suffix}",
            width=width,
            height=height,
        )
        self._by_id[kept.file_id] = kept
        return kept

    @cached_property
    def icon(self) -> Document:
        """A small file that every bot may have."""
        return self.keep("icon.tgs", b"pretend sticker", "sticker")

    def find(self, file_id: str) -> Document | None:
        """Return a file by its file id."""
        return self._by_id.get(file_id)

    def link(self, file: Document, now: float, token: str) -> str:
        """Return the path of a file, valid for an hour; on the disk, of a local server."""
        if self.home is not None:
            place = self.home / token / file.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.data)
            return str(place)
        self._links[file.path] = now + LINK_SECONDS
        return file.path

    def open(self, path: str, now: float) -> Document | None:
        """Return the file at a path; None if the link has expired."""
        if self._links.get(path, 0) <= now:
            return None
        return next((file for file in self._by_id.values() if file.path == path), None)

    def _letters(self, count: int) -> str:
        return "".join(self._chance.choices(_ALPHABET, k=count))


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Read width and height in pixels from a PNG or JPEG; None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - each segment starts with FF
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if marker in {0xC0, 0xC1, 0xC2}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
