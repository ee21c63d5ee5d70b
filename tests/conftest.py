"""Setup of all tests: shared work is done once a process, and slow machines fail no test."""

import logging
from collections.abc import Generator

import pytest
import structlog
from hypothesis import HealthCheck, settings

from runtime.memory import spare_the_collector
from tests.support.shared_setup import share_setup

# These start processes. One worker begins with them, so that only it needs the fork server and
# a browser; the other helps at the end, when only short tests are left.
FIRST = (
    "tests/kills/",
    "tests/page/",
    "tests/soak/",
    "tests/bot/operations/test_backup.py",
    "tests/bot/playground/test_supervisor.py",
    "tests/bot/test_program.py",
    "tests/conversations/faults/test_start.py",
)

share_setup()
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.hookimpl(trylast=True)  # when they were shuffled
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Move tests that take long to the front."""
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))


@pytest.fixture(autouse=True)
def restored_logging() -> Generator[None]:
    """Leave to the next test no logging that this one has set up, as each program of ours does."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    yield
    if structlog.is_configured():
        root.handlers[:] = before[0]
        root.setLevel(before[1])
        structlog.reset_defaults()


def pytest_collection_finish() -> None:
    """Exclude all imported objects from garbage collection."""
    spare_the_collector()
