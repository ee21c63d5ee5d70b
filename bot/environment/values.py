"""Values as people write them: with quotes and blanks around, lists in any notation."""

import re

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from storage.engines.postgres_address import PostgresAddress

# Straight ones from a shell or JSON, the others from a word processor or a messenger.
_QUOTES = "\"'`´“”„‟‘’‚‛«»‹›"  # noqa: RUF001 # meant as they are
# No width, so nobody sees them: marks of direction and of byte order, and joiners.
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_BETWEEN = re.compile(r"[\s,;|，；、،]+")  # noqa: RUF001 # people's commas
_BRACKETS = {"[": "]", "(": ")", "{": "}"}

_SQLITE, _POSTGRES = "sqlite+aiosqlite", "postgresql+asyncpg"
# What other programs call the two databases. A driver that isn't listed may do what ours doesn't.
_SCHEMES = {
    _SQLITE: ("sqlite", "sqlite3", "sqlite+pysqlite"),
    _POSTGRES: (
        *("postgres", "postgresql", "pgsql"),
        *("postgresql+psycopg", "postgresql+psycopg2", "postgresql+pg8000", "postgres+asyncpg"),
    ),
}
_KNOWN = {name: ours for ours, names in _SCHEMES.items() for name in (ours, *names)}


def tidied(text: str) -> str:
    """Return `text` without the blanks, line ends and quotes around it."""
    while True:
        before = text
        text = text.strip().strip(_INVISIBLE)
        if len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES:
            text = text[1:-1]
        if text == before:
            return text


def parts(text: str) -> list[str]:
    """Return the entries of a list: `1,2`, `1;2`, `1 2`, `[1, 2]` or `["1", "2"]`."""
    text = tidied(text)
    if text and _BRACKETS.get(text[0]) == text[-1]:
        text = text[1:-1]
    # Here a quote may be alone: those at both ends of the list went with what is around it.
    entries = (part.strip(_QUOTES + _INVISIBLE) for part in _BETWEEN.split(text))
    return [entry for entry in entries if entry]


def database_address(text: str) -> str:
    """Return a DATABASE_URL with the driver that we use. Raises ValueError, without the text."""
    scheme, _, rest = text.partition("://")
    ours = _KNOWN.get(scheme.lower())
    if ours is None or not rest:
        raise ValueError(f"must begin with {_SQLITE}:/// or {_POSTGRES}://")
    address = f"{ours}://{rest}"
    if ours == _SQLITE:
        if not rest.startswith("/"):
            raise ValueError("needs three slashes and a path, such as sqlite:///data/numberdesk.db")
        if rest[1:].partition("?")[0] in ("", ":memory:"):
            raise ValueError("names no file")
        return address
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):  # its text may hold the password
        raise ValueError(f"is no address: write {_POSTGRES}://user:password@host/name") from None
    PostgresAddress(url)
    return address
