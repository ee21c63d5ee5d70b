import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import health
from bot.gauges import Gauges
from bot.health import TURN_SECONDS, UPDATES_SECONDS, Health
from checking.metrics import Metrics
from runtime.worker import Worker
from storage.engines import sqlite
from tests.support.clocks import StoryClock
from tests.support.databases.temporary import opened
from tests.support.processes.ports import free_port


@dataclass
class Still:
    """A source of updates that has stopped delivering."""

    fetched_at: float
    silence: str = "no answer from Telegram"

    async def run(self) -> None:
        """Receive nothing."""

    def stop(self) -> None:
        """Do nothing."""


class Nurse:
    """Asks for the health of a program that stands still."""

    def __init__(self, health: Health, worker: Worker, address: str) -> None:
        self.health, self.worker, self.address = health, worker, address

    async def asks(self) -> tuple[int, list[str]]:
        """Return the status and the lines of the answer."""
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.get(f"{self.address}/healthz")
        return answer.status_code, answer.text.splitlines()


@pytest.fixture
async def nurse(
    tmp_path: Path, clock: StoryClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Nurse]:
    """A program whose Telegram answered, and whose only loop ran, at the start."""
    quick = ("PRAGMA busy_timeout=20", *sqlite._PRAGMAS[1:])
    monkeypatch.setattr(sqlite, "_PRAGMAS", quick)

    async def step() -> None:
        return None

    worker, began = Worker("poll", step, clock), clock.now()
    port = free_port()
    async with opened(tmp_path) as database:
        common: Any = {
            "database": database,
            "clock": clock,
            "workers": [worker],
            "source": Still(began),
        }
        metrics = Metrics()
        metrics.watch(database)
        made = Health(
            **common,
            gauges=Gauges(**common, metrics=metrics, folder=tmp_path),
            host="127.0.0.1",
            port=port,
        )
        async with made.serve():
            yield Nurse(made, worker, f"http://127.0.0.1:{port}")


async def test_all_is_well(nurse: Nurse) -> None:
    """Protects a healthy program from a restart by its container."""
    assert await nurse.asks() == (200, ["ok"])


async def test_what_is_wrong_is_said(nurse: Nurse, clock: StoryClock) -> None:
    """Protects the operator: a silent Telegram and a hanging loop are reported, one a line."""
    clock.jump(max(UPDATES_SECONDS, TURN_SECONDS) + 1)
    status, said = await nurse.asks()
    assert status == 503
    assert said == [
        "no answer from Telegram for 121 s",
        "the poll loop has not turned for 121 s",
    ]
    nurse.worker.turned_at = clock.now()
    assert len((await nurse.asks())[1]) == 1


async def test_a_clock_set_back_is_no_illness(nurse: Nurse, clock: StoryClock) -> None:
    """Protects a healthy program from a restart because of its clock."""
    clock.jump(-24 * 3600)
    assert (await nurse.asks())[0] == 200


async def test_a_database_that_does_not_write_is_told(nurse: Nurse, tmp_path: Path) -> None:
    """Protects against a bot that looks alive but can't store anything."""
    with closing(sqlite3.connect(tmp_path / "numberdesk.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        status, said = await nurse.asks()
    assert (status, said) == (503, ["the database doesn't write: OperationalError"])
    assert (await nurse.asks())[0] == 200


async def test_a_full_disk_is_told(nurse: Nurse) -> None:
    """Protects against a full disk that goes unnoticed."""
    async with nurse.health._database.read() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count=1")
    assert (await nurse.asks())[0] == 503


async def test_a_database_that_does_not_answer_is_told_in_time(
    nurse: Nurse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects whoever asks: a hanging database is an answer, too, and nobody queues behind it."""
    monkeypatch.setattr(health, "DATABASE_SECONDS", 0.2)
    async with nurse.health._database.read():  # the only connection
        answers = await asyncio.gather(*(nurse.asks() for _ in range(3)))
        assert answers == [(503, ["the database hasn't answered for 0.2 s"])] * 3
        probes = [task for task in asyncio.all_tasks() if task.get_name() == "health"]
        assert len(probes) == 1
    assert (await nurse.asks())[0] == 200


async def test_metrics_are_told_in_trouble(nurse: Nurse, clock: StoryClock) -> None:
    """Protects the graphs in an outage: a failing database is counted, not answered with 500."""
    clock.jump(77)
    async with nurse.health._database.read() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count=1")
    assert (await nurse.asks())[0] == 503
    async with nurse.health._database.write() as connection:
        await connection.exec_driver_sql("ALTER TABLE inbox RENAME TO gone")
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{nurse.address}/metrics")
    assert answer.status_code == 200
    assert 'numberdesk_database_errors_total{kind="OperationalError"} 2.0' in answer.text
    assert 'numberdesk_loop_turn_age_seconds{loop="poll"} 77.0' in answer.text
    assert "numberdesk_updates_flow_age_seconds 77.0" in answer.text
