"""Ports for the bot's own servers."""

import socket
from contextlib import closing


def free_port() -> int:
    """Return a port that no server listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number
