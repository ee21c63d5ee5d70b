"""A short soak: people, faults and kills for some seconds; nothing is lost or duplicated."""

from pathlib import Path

import pytest

from soak.__main__ import Plan, soak
from tests.support.databases.engines import server
from tests.support.processes.fork_server import start_fork_server


@pytest.mark.timeout(400)  # at worst everybody waits as long as they may
async def test_a_short_soak_finds_nothing(tmp_path: Path) -> None:
    """Protects the promises as a whole, where several faults happen at once."""
    start_fork_server()
    report = await soak(Plan(seconds=6, people=10, seed=11, error=None), tmp_path)
    assert report.findings == []
    assert report.kills
    assert report.faults
    assert report.outcomes["delivered"]


@pytest.mark.timeout(400)
async def test_replicas_take_each_others_work_over(tmp_path: Path) -> None:
    """Protects the promises where several bots share a PostgreSQL: they die and stand still."""
    server()  # skips if there is none
    start_fork_server()
    report = await soak(Plan(seconds=8, people=8, seed=3, error=None, replicas=3), tmp_path)
    assert report.findings == []
    assert report.kills
    assert report.outcomes["delivered"]
