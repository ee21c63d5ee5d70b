"""What passes between the bot and a confined process: a small JSON text, and files for the rest.

A message is eight bytes of length, that many bytes of JSON, and file descriptors beside them
(`runtime.confined.files`).
"""

import json
import socket
import struct
from collections.abc import Sequence
from typing import Any

from runtime.confined.files import close

MOST_JSON = 1 << 20
"""Bytes of a message's JSON."""
MOST_FILES = 64
"""Files beside one message."""

_LENGTH = struct.Struct("!Q")


class BadMessageError(Exception):
    """The other side said something that no honest one says, or ended in the middle of it."""


def send(to: socket.socket, text: dict[str, Any], files: Sequence[int] = ()) -> None:
    """Send a message; the files stay open here."""
    body = json.dumps(text).encode()
    if len(body) > MOST_JSON or len(files) > MOST_FILES:
        raise BadMessageError(f"{len(body)} bytes of JSON, {len(files)} files")
    socket.send_fds(to, [_LENGTH.pack(len(body))], list(files))
    to.sendall(body)


def receive(source: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """The next message and its files, which are ours to close; None when the other side is gone.

    Blocks, as long as the socket does. Raises BadMessageError.
    """
    try:
        head, files, _, _ = socket.recv_fds(source, _LENGTH.size, MOST_FILES)
    except ConnectionResetError:  # it went without reading what we had sent
        return None
    if not head and not files:
        return None
    try:
        (length,) = _LENGTH.unpack(head + _exactly(source, _LENGTH.size - len(head)))
        text = json.loads(_exactly(source, length)) if length <= MOST_JSON else None
    except (ValueError, RecursionError):
        text = None
    except BadMessageError:
        close(files)
        raise
    if not isinstance(text, dict):
        close(files)
        raise BadMessageError("no JSON object, or a long one")
    return text, files


def _exactly(source: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        piece = source.recv(min(count - len(found), 1 << 16))
        if not piece:
            raise BadMessageError("cut off")
        found += piece
    return found
