"""Setup of all tests: shared work is done once a process, and slow machines fail no test."""

import pytest
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


def pytest_collection_finish() -> None:
    """Exclude all imported objects from garbage collection."""
    spare_the_collector()
