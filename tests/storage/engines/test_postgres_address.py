"""The parameters of a PostgreSQL DATABASE_URL: each is kept to, or refused by its name."""

import socket
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.database import CannotOpenError, Database
from storage.engines import postgres
from storage.engines.postgres_address import PostgresAddress
from storage.sealing.vault import Vault
from tests.support.databases.silent_server import silent_server

HOST = "postgresql+asyncpg://me:s3cr3t@127.0.0.1:5433/desk"


def read(query: str) -> PostgresAddress:
    """Return what an address with these parameters says."""
    return PostgresAddress(sa.make_url(f"{HOST}?{query}"))


@pytest.mark.parametrize(
    ("query", "dsn"),
    [
        ("sslmode=verify-full&sslrootcert=/ca.pem", "sslmode=verify-full&sslrootcert=%2Fca.pem"),
        ("ssl=require", "sslmode=require"),
        ("channel_binding=prefer&gssencmode=disable&sslmode=disable", "sslmode=disable"),
        ("target_session_attrs=read-write", "target_session_attrs=read-write"),
        ("keepalives=0&keepalives_idle=5&connect_timeout=2&application_name=x",
         "application_name=x"),
    ],
)  # fmt: skip
def test_what_libpq_knows_is_kept_to(query: str, dsn: str) -> None:
    """Protects an address that was copied from a provider: the driver gets what it can keep to."""
    given = read(query).arguments({"jit": "off"})
    assert given["dsn"] == f"postgresql://me:s3cr3t@127.0.0.1:5433/desk?{dsn}"
    assert given["timeout"] == (2 if "connect_timeout" in query else 5)
    assert given["server_settings"]["jit"] == "off"
    assert ("application_name" in given["server_settings"]) is ("application_name" not in query)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("channel_binding=require", "channel_binding=require"),
        ("gssencmode=require", "gssencmode=require"),
        ("sslmode=on", "sslmode"),
        ("keepalives_idle=soon", "keepalives_idle"),
        ("statement_cache_size=0", "statement_cache_size"),
        ("sslmode=require&sslmode=disable", "sslmode"),
    ],
)
def test_what_cannot_be_kept_to_is_named(query: str, named: str) -> None:
    """Protects an operator who relies on a parameter: it is not passed over in silence."""
    with pytest.raises(ValueError, match=f"the parameter {named} ") as refused:
        read(query)
    assert "s3cr3t" not in str(refused.value)


def test_the_kernel_notices_a_dead_server() -> None:
    """Protects a connection that nothing is sent on from waiting for ever."""
    with socket.socket() as connection:
        read("keepalives_idle=7").keep_alive(connection)
        assert connection.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 7
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 30_000
    with socket.socket() as connection:
        read("keepalives=0").keep_alive(connection)
        assert connection.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 0


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("sslmode=require", "can't be used"),  # this server has no TLS
        ("options=-c%20synchronous_commit%3Doff", "synchronous_commit is off"),
    ],
)
async def test_what_the_server_lacks_is_refused_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str, says: str
) -> None:
    """Protects money and passwords: no commit that may be lost, no clear text where TLS is due."""
    monkeypatch.setattr(postgres, "AWAY_SECONDS", 0.0)
    async with silent_server(tmp_path) as server:
        database = Database(f"{server.url}?{query}", Vault(bytes(32)))
        try:
            with pytest.raises(CannotOpenError, match=says):
                await database.open()
        finally:
            await database.close()
