"""DATABASE_URL of PostgreSQL: its parameters are libpq's, and each is kept to or refused.

Source: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
"""

import contextlib
import socket
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
# The driver's own. What else it is given it would take for a setting of the server.
_DRIVER = frozenset(
    [
        "host",
        "port",
        "user",
        "password",
        "dbname",
        "passfile",
        "service",
        "servicefile",
        "target_session_attrs",
        "krbsrvname",
        "gsslib",
        "sslmode",
        "sslcert",
        "sslkey",
        "sslrootcert",
        "sslcrl",
        "sslpassword",
        "sslnegotiation",
        "ssl_min_protocol_version",
        "ssl_max_protocol_version",
        "application_name",
        "options",
    ]
)
_SOCKET = {  # and how long a server may be silent before it counts as gone
    "keepalives": 1,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # milliseconds; the others are seconds
}
_SECONDS = {"connect_timeout": 5}
# These ask for nothing that is not so anyway.
_SO_ANYWAY = {
    "channel_binding": {"disable", "prefer"},
    "gssencmode": {"disable", "prefer"},
    "client_encoding": {"utf8", "UTF8", "utf-8", "auto"},
    "load_balance_hosts": {"disable"},
    "sslcompression": {"0"},
    "sslsni": {"1"},
}
_OPTIONS = {
    "keepalives_idle": "TCP_KEEPIDLE",
    "keepalives_interval": "TCP_KEEPINTVL",
    "keepalives_count": "TCP_KEEPCNT",
    "tcp_user_timeout": "TCP_USER_TIMEOUT",
}


class PostgresAddress:
    """What a DATABASE_URL says. Raises ValueError for a parameter that can't be kept to."""

    def __init__(self, url: sa.URL) -> None:
        query = {name: _single(name, value) for name, value in url.query.items()}
        if "ssl" in query:  # the driver's word for it
            query.setdefault("sslmode", query.pop("ssl"))
        numbers = _SOCKET | _SECONDS
        self._numbers = dict(numbers)
        for name, value in query.items():
            if name in numbers:
                if not value.isdecimal():
                    raise ValueError(f"the parameter {name} must be a whole number")
                self._numbers[name] = int(value)
            elif name not in _DRIVER and value not in _SO_ANYWAY.get(name, ()):
                what = f"{name}={value}" if name in _SO_ANYWAY else name
                raise ValueError(f"the parameter {what} can't be kept to; leave it out")
        if query.get("sslmode", "prefer") not in SSL_MODES:
            raise ValueError(f"the parameter sslmode must be one of {', '.join(SSL_MODES)}")
        self.libpq = url.set(drivername="postgresql", query=query)
        """The same address as PostgreSQL's own programs take it."""
        kept = {name: value for name, value in query.items() if name in _DRIVER}
        self._dsn = self.libpq.set(query=kept).render_as_string(hide_password=False)
        self._is_named = "application_name" in kept

    def arguments(self, settings: Mapping[str, str]) -> dict[str, Any]:
        """Return the arguments of asyncpg's `connect`; `settings` are the server's."""
        name = {} if self._is_named else {"application_name": "numberdesk"}
        noticing = {  # for the other end: we may be what vanishes
            option if option.startswith("tcp_") else f"tcp_{option}": str(self._numbers[option])
            for option in _OPTIONS
            if self._numbers["keepalives"]
        }
        return {
            "dsn": self._dsn,
            "timeout": self._numbers["connect_timeout"] or None,
            "server_settings": {**name, **noticing, **settings},
        }

    def keep_alive(self, connection: socket.socket) -> None:
        """Let the kernel notice a server that went away without a word."""
        if connection.family == getattr(socket, "AF_UNIX", None) or not self._numbers["keepalives"]:
            return
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, option in _OPTIONS.items():
            with contextlib.suppress(AttributeError, OSError):  # not every system has them all
                connection.setsockopt(
                    socket.IPPROTO_TCP, getattr(socket, option), self._numbers[name]
                )


def _single(name: str, value: str | tuple[str, ...]) -> str:
    # Several hosts are written as one list, as libpq has it.
    if isinstance(value, str):
        return value
    if name not in {"host", "port"}:
        raise ValueError(f"the parameter {name} stands there twice")
    return ",".join(value)
