"""A PostgreSQL server that vanishes without a word, and comes back."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from sandbox.http.silent_server import SilentServer
from storage.database import AwayError, Database, proves_writing
from storage.engines import postgres, standstill
from storage.engines.notify import NotifyListener
from storage.replicas.leases import Replica
from tests.support.databases.silent_server import silent_server
from tests.support.databases.temporary import opened_at

NOTICED = 60.0  # seconds, with the timeouts of production
FASTER = 1.0
"""Seconds for a statement here, in place of COMMAND_SECONDS."""


@pytest.fixture
async def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[SilentServer]:
    """A server whose silence is noticed soon."""
    assert postgres.COMMAND_SECONDS + postgres.AWAY_SECONDS + postgres.UNDO_SECONDS < NOTICED
    for name in ("COMMAND_SECONDS", "AWAY_SECONDS", "UNDO_SECONDS"):
        monkeypatch.setattr(postgres, name, FASTER)
    async with silent_server(tmp_path) as made:
        yield made


@pytest.fixture
async def database(server: SilentServer) -> AsyncGenerator[Database]:
    """A database on it, of which each connection has been used."""
    async with opened_at(server.url) as made:
        await asyncio.gather(*(reads(made) for _ in range(postgres.READERS)), writes(made))
        yield made


async def writes(database: Database) -> None:
    """Write something."""
    async with database.write() as connection:
        await proves_writing(connection)


async def reads(database: Database) -> None:
    """Read something."""
    async with database.read() as connection:
        await connection.execute(sa.text("SELECT 1"))


async def goes_on(database: Database) -> None:
    """Wait until everything works again, as the loops do."""
    async with asyncio.timeout(30):
        while True:
            with contextlib.suppress(AwayError):
                await asyncio.gather(
                    *(reads(database) for _ in range(postgres.READERS)), writes(database)
                )
                return


@pytest.mark.parametrize("work", [writes, reads])
async def test_it_is_noticed_and_work_goes_on(
    server: SilentServer, database: Database, work: Callable[[Database], Awaitable[None]]
) -> None:
    """Protects everybody who waits: a silent server is away, and its dead connections unused."""
    server.vanishes()
    async with asyncio.timeout(30):
        with pytest.raises(AwayError):
            await work(database)
    server.is_back()
    await goes_on(database)


async def test_it_vanishes_in_the_middle_of_a_transaction(
    server: SilentServer, database: Database
) -> None:
    """Protects the one writing connection: a transaction that can't end gives it back."""

    async def vanishes_meanwhile() -> None:
        async with database.write() as connection:
            server.vanishes()
            await proves_writing(connection)

    async with asyncio.timeout(30):
        with pytest.raises(AwayError):
            await vanishes_meanwhile()
    server.is_back()
    await goes_on(database)


async def test_whoever_gives_up_waiting_is_not_held(
    server: SilentServer, database: Database
) -> None:
    """Protects a stop of the program: a cancelled statement ends, though nobody confirms it."""
    server.vanishes()
    work = asyncio.create_task(writes(database))
    await asyncio.sleep(FASTER / 3)
    work.cancel()
    async with asyncio.timeout(30):
        await asyncio.wait([work])
    assert work.cancelled()


async def test_a_lease_is_not_waited_for_longer_than_it_lasts(
    server: SilentServer, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects a replica from a renewal that hangs: it is tried again on a new connection."""
    replica = Replica(database, 2 * FASTER)
    await replica.join()
    monkeypatch.setattr(postgres, "COMMAND_SECONDS", 600.0)
    patient = Database(server.url, database.vault)
    try:
        replica._database = patient
        await replica.renew()
        server.vanishes()
        async with asyncio.timeout(30):
            with pytest.raises(AwayError, match="in time"):
                await replica.renew()
        server.is_back()
        await goes_on(patient)
        await replica.renew()
    finally:
        await patient.close()


async def others_go_on_after(
    server: SilentServer,
    database: Database,
    first: Callable[[AsyncConnection], Awaitable[None]] | None = None,
    *,
    patient: bool = False,
) -> None:
    """Let somebody vanish with the writers' lock, after `first`; wait until others work again."""
    vanished, held = Database(server.url, database.vault), asyncio.Event()

    async def vanishes() -> None:
        async with vanished.write(patient=patient) as connection:
            if first is not None:
                await first(connection)
            server.vanishes()
            held.set()
            await asyncio.Event().wait()

    work = asyncio.create_task(vanishes())
    await held.wait()
    server.is_back()  # for others: who was connected stays cut off
    await goes_on(database)
    work.cancel()
    await asyncio.wait([work])
    await vanished.close()


async def test_who_vanishes_in_a_migration_holds_up_nobody_for_long(
    server: SilentServer, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects all replicas from one whose machine died with the only writer's lock in its hand."""
    monkeypatch.setattr(postgres, "PATIENT_IDLE_MILLISECONDS", 500)
    await others_go_on_after(server, database, patient=True)


async def test_who_vanishes_in_a_statement_holds_up_nobody_for_long(
    server: SilentServer, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects all replicas where no timeout of the server's works: in half a statement."""
    monkeypatch.setattr(standstill, "STANDSTILL_SECONDS", 0.2)
    monkeypatch.setattr(postgres, "LOCK_SECONDS", FASTER / 2)

    async def begins_a_statement(connection: AsyncConnection) -> None:
        raw = await connection.get_raw_connection()
        assert raw.driver_connection is not None
        await raw.driver_connection.prepare("SELECT 2")  # the server waits for its values

    await others_go_on_after(server, database, begins_a_statement)


async def test_an_ordinary_start_waits_no_longer_than_others(
    server: SilentServer, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects replicas that start: only a migration may hold the lock, or wait for it, so long."""
    patience: list[bool] = []
    connect = postgres.PostgresEngine._connect

    async def noted(self: postgres.PostgresEngine, *, patient: bool) -> object:
        patience.append(patient)
        return await connect(self, patient=patient)

    monkeypatch.setattr(postgres.PostgresEngine, "_connect", noted)
    async with opened_at(server.url) as started:
        await writes(started)
    assert patience
    assert not any(patience)
    await writes(database)


async def test_it_vanishes_before_we_listen(
    server: SilentServer, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects the renewal of leases, and wake-ups once the server is back."""
    engine = database.engine
    assert isinstance(engine, postgres.PostgresEngine)
    heard = asyncio.Event()
    listener = NotifyListener(engine, heard.set)
    with monkeypatch.context() as patched:
        connect = engine.connect

        async def and_vanishes() -> object:
            made = await connect()
            server.vanishes()
            return made

        patched.setattr(engine, "connect", and_vanishes)
        await listener.listen()
    server.is_back()
    async with asyncio.timeout(30):
        while not heard.is_set():
            await listener.listen()
            await listener.tell("somebody")
            await asyncio.sleep(0)
    await listener.close()
