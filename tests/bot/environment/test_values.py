"""Values as people write them."""

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.environment.values import database_address, parts, tidied
from storage.engines import is_shared

AROUND = st.text(" \t\r\n\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\ufeff", max_size=3)
QUOTES = st.sampled_from(["''", '""', "``", "“”", "„“", "«»", "‘’"])
PLAIN = st.text("abcXYZ019:_-/.", min_size=1)
IDS = st.lists(st.integers(min_value=1, max_value=10**12), max_size=5)
BETWEEN = st.sampled_from([",", ";", " ", ", ", " ; ", "\n", "\r\n", "|", "\N{FULLWIDTH COMMA}"])


@given(text=PLAIN, quotes=QUOTES, before=AROUND, after=AROUND, inside=AROUND)
def test_what_is_around_a_value_is_no_part_of_it(
    text: str, quotes: str, before: str, after: str, inside: str
) -> None:
    """Protects values that came with quotes, blanks, line ends or marks that nobody sees."""
    assert tidied(before + quotes[0] + inside + text + after + quotes[1] + inside) == text


@given(text=st.text())
def test_tidying_is_done_at_once(text: str) -> None:
    """Protects from values that change when they are read again; it never fails."""
    once = tidied(text)
    assert tidied(once) == once
    assert once in text


@given(ids=IDS, between=BETWEEN, brackets=st.sampled_from(["", "[]", "()"]), quote=QUOTES)
def test_lists_of_any_notation(ids: list[int], between: str, brackets: str, quote: str) -> None:
    """Protects owners from being locked out by a semicolon, a blank or JSON."""
    plain = between.join(map(str, ids))
    quoted = between.join(f"{quote[0]}{each}{quote[1]}" for each in ids)
    for text in (plain, quoted, plain + between):
        whole = f"{brackets[:1]}{text}{brackets[1:]}"
        assert parts(whole) == [str(each) for each in ids]


@given(text=st.text())
def test_entries_are_never_empty(text: str) -> None:
    """Protects from an owner without an id; it never fails."""
    assert all(entry == entry.strip() != "" for entry in parts(text))


@pytest.mark.parametrize(
    "scheme",
    [
        *("postgres", "postgresql", "Postgres", "POSTGRESQL", "pgsql"),
        *("postgresql+asyncpg", "postgresql+psycopg", "postgresql+psycopg2", "postgresql+pg8000"),
    ],
)
def test_each_name_of_postgresql_is_understood(scheme: str) -> None:
    """Protects addresses that were copied from a provider or another program."""
    address = database_address(f"{scheme}://me:p%40ss@db:5433/desk?sslmode=require")
    assert address == "postgresql+asyncpg://me:p%40ss@db:5433/desk?sslmode=require"
    assert is_shared(address)


@pytest.mark.parametrize("scheme", ["sqlite", "SQLite", "sqlite3", "sqlite+aiosqlite"])
def test_each_name_of_sqlite_is_understood(scheme: str) -> None:
    """Protects addresses that were copied from another program."""
    assert database_address(f"{scheme}:////data/x.db") == "sqlite+aiosqlite:////data/x.db"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("mysql://me:hunter2@host/name", "must begin with"),
        ("postgresql+hunter2://host/name", "must begin with"),
        ("postgres:hunter2", "must begin with"),
        ("data/hunter2.db", "must begin with"),
        ("sqlite://data/hunter2.db", "three slashes"),
        ("sqlite:///", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("postgres://me:hunter2@host:many/name", "is no address"),
        ("postgres://me:hunter2@host/name?speed=high", "speed can't be kept to"),
    ],
)
def test_an_address_that_leads_nowhere_is_named(address: str, told: str) -> None:
    """Protects the data from a database that is not meant, or forgets everything."""
    with pytest.raises(ValueError, match=told) as caught:
        database_address(address)
    assert "hunter2" not in str(caught.value)


@given(text=st.text() | st.from_regex(re.compile(r"(postgres|sqlite)(ql)?://\S*")))
def test_no_address_breaks_the_start(text: str) -> None:
    """Protects the operator from a traceback: each text is an address, or has a fault."""
    with contextlib.suppress(ValueError):
        address = database_address(text)
        assert address == database_address(address)
