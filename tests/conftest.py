"""What is the same for every test: made once in a process, and no test of the machine's speed."""

import pytest
from hypothesis import HealthCheck, settings

from runtime.collector import spare_the_collector
from tests.support.thrift import spare

# These start processes. One worker begins with them, so that only it needs what they are forked
# from, and a browser; the other comes to its help at the end, when only short ones are left.
FIRST = (
    "tests/kills/",
    "tests/page/",
    "tests/soak/",
    "tests/bot/operations/test_backup.py",
    "tests/bot/playground/test_supervisor.py",
    "tests/bot/test_program.py",
    "tests/conversations/faults/test_start.py",
)

spare()
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.hookimpl(trylast=True)  # when they were shuffled
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring what takes long to the front."""
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what was imported for all tests."""
    spare_the_collector()
