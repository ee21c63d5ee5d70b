"""A short soak: people, faults and deaths for some seconds, and nothing lost, doubled or unsaid."""

from pathlib import Path

import pytest
from nesting import prepare_nest

from soak.__main__ import Plan, soak


@pytest.mark.timeout(400)  # at worst everybody waits as long as they may
async def test_a_short_soak_finds_nothing(tmp_path: Path) -> None:
    """Protects the promise as a whole, where several things go wrong at once."""
    prepare_nest()
    report = await soak(Plan(seconds=6, people=10, seed=11, error=None), tmp_path)
    assert report.findings == []
    assert report.kills
    assert report.faults
    assert report.outcomes["delivered"]
