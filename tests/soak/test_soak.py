"""A short soak: people, faults and deaths for some seconds, and nothing lost, doubled or unsaid."""

from pathlib import Path

import pytest

from soak.__main__ import Plan, soak
from tests.support.databases.engines import server
from tests.support.processes.nesting import prepare_nest


@pytest.mark.timeout(400)  # at worst everybody waits as long as they may
async def test_a_short_soak_finds_nothing(tmp_path: Path) -> None:
    """Protects the promise as a whole, where several things go wrong at once."""
    prepare_nest()
    report = await soak(Plan(seconds=6, people=10, seed=11, error=None), tmp_path)
    assert report.findings == []
    assert report.kills
    assert report.faults
    assert report.outcomes["delivered"]


@pytest.mark.timeout(400)
async def test_replicas_take_each_others_work_over(tmp_path: Path) -> None:
    """Protects the promise where several bots share a PostgreSQL: they die and stand still."""
    server()  # skips, where there is none
    prepare_nest()
    report = await soak(Plan(seconds=8, people=8, seed=3, error=None, replicas=3), tmp_path)
    assert report.findings == []
    assert report.kills
    assert report.outcomes["delivered"]
