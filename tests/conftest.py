"""Setup of all tests: shared work is done once a process, and slow machines fail no test."""

import logging
from collections.abc import Generator
from pathlib import Path
from typing import Any

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

# What `make test-fast` leaves out, besides these and PostgreSQL: programs of their own.
SLOW = (*FIRST, "tests/house/test_packaging.py", "tests/house/test_commands.py")
EXAMPLES, FEW_EXAMPLES = 25, 5
"""The most of each property; `--thorough` has as many as it asks for."""

share_setup()
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the choice of what is run."""
    parser.addoption("--thorough", action="store_true", help="all engines, and all examples")
    parser.addoption("--fast", action="store_true", help="SQLite alone, and no processes")


@pytest.hookimpl(trylast=True)  # when they were shuffled
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what isn't wanted, and move tests that take long to the front."""
    is_fast = config.getoption("fast")
    if is_fast:
        # One story of each file: another one each time, since they were shuffled.
        stories = {item.path: item for item in items if not _is_slow(item)}
        left_out = [item for item in items if _is_slow(item) or _is_another(item, stories)]
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))
    if not config.getoption("thorough"):
        for item in items:
            _bound(getattr(item, "function", None), FEW_EXAMPLES if is_fast else EXAMPLES)


def _is_slow(item: pytest.Item) -> bool:
    called = getattr(item, "callspec", None)
    on_postgres = called is not None and "postgresql" in map(str, called.params.values())
    return on_postgres or item.nodeid.startswith(SLOW)


def _is_another(item: pytest.Item, stories: dict[Path, pytest.Item]) -> bool:
    return item.nodeid.startswith("tests/conversations/") and item is not stories[item.path]


def _bound(test: Any, most: int) -> None:
    """Give a property no more examples than this. Hypothesis has no other way to do so."""
    wanted = getattr(test, "_hypothesis_internal_use_settings", None)
    if wanted is not None and wanted.max_examples > most:
        test._hypothesis_internal_use_settings = settings(wanted, max_examples=most)


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
